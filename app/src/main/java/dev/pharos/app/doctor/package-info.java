/// `pharos doctor`: looks at a running Pharos from outside, and at the settings of OpenTelemetry SDKs, and says what is
/// wrong and what to do.
@NullMarked
package dev.pharos.app.doctor;

import org.jspecify.annotations.NullMarked;
