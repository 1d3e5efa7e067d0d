/// The built-in receivers, processors, exporters, connectors and extensions, one package each.
@NullMarked
package dev.pharos.components;

import org.jspecify.annotations.NullMarked;
