package dev.pharos.wire.otlp;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.Random;

/// The metrics of [RandomOtlp].
final class RandomMetrics {
  private final RandomOtlp otlp;
  private final Random random;

  RandomMetrics(RandomOtlp otlp) {
    this.otlp = otlp;
    this.random = otlp.random;
  }

  Metric metric() {
    var metric =
        Metric.newBuilder().setName(otlp.text()).setDescription(otlp.text()).setUnit(otlp.text());
    otlp.attributes().forEach(metric::addMetadata);
    int points = random.nextInt(4);
    switch (random.nextInt(6)) {
      case 0 -> {
        var gauge = Gauge.newBuilder();
        for (int i = 0; i < points; i++) {
          gauge.addDataPoints(number());
        }
        metric.setGauge(gauge);
      }
      case 1 -> {
        var sum =
            Sum.newBuilder()
                .setAggregationTemporalityValue(random.nextInt(4))
                .setIsMonotonic(random.nextBoolean());
        for (int i = 0; i < points; i++) {
          sum.addDataPoints(number());
        }
        metric.setSum(sum);
      }
      case 2 -> {
        var histogram = Histogram.newBuilder().setAggregationTemporalityValue(random.nextInt(4));
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(histogram());
        }
        metric.setHistogram(histogram);
      }
      case 3 -> {
        var histogram =
            ExponentialHistogram.newBuilder().setAggregationTemporalityValue(random.nextInt(4));
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(exponential());
        }
        metric.setExponentialHistogram(histogram);
      }
      case 4 -> {
        var summary = Summary.newBuilder();
        for (int i = 0; i < points; i++) {
          summary.addDataPoints(summary());
        }
        metric.setSummary(summary);
      }
      default -> metric.clearData();
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    var point =
        NumberDataPoint.newBuilder().setStartTimeUnixNano(otlp.time()).setTimeUnixNano(otlp.time());
    otlp.attributes().forEach(point::addAttributes);
    switch (random.nextInt(3)) {
      case 0 -> point.setAsInt(otlp.number());
      case 1 -> point.setAsDouble(otlp.real());
      default -> point.clearValue();
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      point.addExemplars(exemplar());
    }
    return point.setFlags(random.nextInt(3)).build();
  }

  private HistogramDataPoint histogram() {
    var point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(otlp.time())
            .setTimeUnixNano(otlp.time());
    otlp.attributes().forEach(point::addAttributes);
    point.setCount(otlp.number()).setFlags(random.nextInt(3));
    if (random.nextBoolean()) {
      point.setSum(otlp.real());
    }
    if (random.nextBoolean()) {
      point.setMin(otlp.real());
    }
    if (random.nextBoolean()) {
      point.setMax(otlp.real());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      point.addBucketCounts(otlp.number());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      point.addExplicitBounds(otlp.real());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      point.addExemplars(exemplar());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint exponential() {
    var point =
        ExponentialHistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(otlp.time())
            .setTimeUnixNano(otlp.time());
    otlp.attributes().forEach(point::addAttributes);
    point.setCount(otlp.number()).setFlags(random.nextInt(3)).setScale(random.nextInt(30) - 10);
    point.setZeroCount(otlp.number()).setZeroThreshold(otlp.real());
    if (random.nextBoolean()) {
      point.setSum(otlp.real()).setMin(otlp.real()).setMax(otlp.real());
    }
    if (random.nextBoolean()) {
      point.setPositive(buckets()).setNegative(buckets());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      point.addExemplars(exemplar());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint.Buckets buckets() {
    var buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(-1 - random.nextInt(500));
    for (int i = random.nextInt(5); i > 0; i--) {
      buckets.addBucketCounts(otlp.number());
    }
    return buckets.build();
  }

  private SummaryDataPoint summary() {
    var point =
        SummaryDataPoint.newBuilder()
            .setStartTimeUnixNano(otlp.time())
            .setTimeUnixNano(otlp.time());
    otlp.attributes().forEach(point::addAttributes);
    point.setCount(otlp.number()).setSum(otlp.real()).setFlags(random.nextInt(3));
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addQuantileValues(
          SummaryDataPoint.ValueAtQuantile.newBuilder()
              .setQuantile(random.nextDouble())
              .setValue(otlp.real()));
    }
    return point.build();
  }

  private Exemplar exemplar() {
    var exemplar = Exemplar.newBuilder().setTimeUnixNano(otlp.time());
    otlp.attributes().forEach(exemplar::addFilteredAttributes);
    if (random.nextBoolean()) {
      exemplar.setTraceId(otlp.id(16)).setSpanId(otlp.id(8));
    }
    return (random.nextBoolean()
            ? exemplar.setAsInt(otlp.number())
            : exemplar.setAsDouble(otlp.real()))
        .build();
  }
}
