/// Extension health_check: tells over HTTP whether everything runs.
@NullMarked
package dev.pharos.components.healthcheck;

import org.jspecify.annotations.NullMarked;
