/// The algebra on series over a grid of steps that PromQL, LogQL metric queries and TraceQL metrics share: columns of
/// step values, vector matching, aggregation, compensated sums, quantiles and histograms.
@org.jspecify.annotations.NullMarked
package dev.pharos.query.matrix;
