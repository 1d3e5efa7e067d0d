/// The services of the demo's shop: storefront, orders and inventory, each a process of its own. They know nothing of
/// OpenTelemetry; what they tell of themselves is the agent's doing.
@NullMarked
package dev.pharos.demo.service;

import org.jspecify.annotations.NullMarked;
