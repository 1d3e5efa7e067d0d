/// Connector forward: joins pipelines of one signal.
@NullMarked
package dev.pharos.components.forward;

import org.jspecify.annotations.NullMarked;
