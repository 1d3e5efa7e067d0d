/// JMH benchmarks of the parts: codecs, log, segments, scans. Data are those of the load tool, with fixed seeds.
@NullMarked
package dev.pharos.bench.micro;

import org.jspecify.annotations.NullMarked;
