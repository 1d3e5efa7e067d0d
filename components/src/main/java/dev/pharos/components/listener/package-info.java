/// Listeners that components share: routes of several owners merged on one address.
@NullMarked
package dev.pharos.components.listener;

import org.jspecify.annotations.NullMarked;
