/// Receiver `self`: Pharos's own metrics, log lines and spans as telemetry like any other.
@NullMarked
package dev.pharos.components.self;

import org.jspecify.annotations.NullMarked;
