/// `pharos demo`: Pharos with a small shop to watch. The shop's services are processes under the OpenTelemetry Java
/// agent; this package starts them, sends them customers, and makes things go wrong.
@NullMarked
package dev.pharos.demo;

import org.jspecify.annotations.NullMarked;
