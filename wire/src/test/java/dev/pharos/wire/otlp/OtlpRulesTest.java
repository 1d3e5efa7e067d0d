package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is refused alone, what is mended and counted, and what is kept as it is.
class OtlpRulesTest {
  /// Stands for bytes that are not UTF-8; the generated classes would not write them.
  private static final String BAD = "?BAD?";

  @Test
  void leavesOutSpansWithInvalidIdsAndSaysWhy() {
    assertThat(spans(span().setTraceId(bytes(24)), span()).reason())
        .isEqualTo("trace id has 48 hex digits, 32 expected");
    assertThat(spans(span().setTraceId(ByteString.EMPTY)).reason())
        .isEqualTo("trace id has 0 hex digits, 32 expected");
    assertThat(spans(span().setTraceId(ByteString.copyFrom(new byte[16]))).reason())
        .isEqualTo("trace id is all zero");
    assertThat(spans(span().setSpanId(bytes(7))).reason())
        .isEqualTo("span id has 14 hex digits, 16 expected");
    assertThat(spans(span().setSpanId(ByteString.copyFrom(new byte[8]))).reason())
        .isEqualTo("span id is all zero");
    Decoded<SpanBatch> mixed =
        spans(
            span().setName("a"),
            span().setSpanId(bytes(3)),
            span().setName("b"),
            span().clearSpanId());
    assertThat(mixed.invalidIds()).isEqualTo(2);
    assertThat(mixed.rejectedItems()).isEqualTo(2);
    assertThat(mixed.batch().rows()).isEqualTo(2);
    assertThat(mixed.batch().symbols().text(mixed.batch().name()[1])).isEqualTo("b");
  }

  @Test
  void leavesNothingOfALeftOutSpanInTheTables() {
    Decoded<SpanBatch> decoded =
        spans(
            span()
                .clearTraceId()
                .addAttributes(pair("k", "v"))
                .addEvents(Span.Event.newBuilder().addAttributes(pair("k", "v")))
                .addLinks(Span.Link.newBuilder().addAttributes(pair("k", "v"))),
            span().addEvents(Span.Event.newBuilder().setName("kept")));
    assertThat(decoded.batch().rows()).isOne();
    assertThat(decoded.batch().attributes().size()).isZero();
    assertThat(decoded.batch().events().rows()).isOne();
    assertThat(decoded.batch().links().rows()).isZero();
    assertThat(decoded.batch().symbols().text(decoded.batch().events().name()[0]))
        .isEqualTo("kept");
  }

  @Test
  void keepsLinksLogRecordsAndExemplarsWithoutTheirInvalidIds() {
    Decoded<SpanBatch> spans =
        spans(span().addLinks(Span.Link.newBuilder().setTraceId(bytes(3)).setSpanId(bytes(8))));
    assertThat(spans.batch().links().rows()).isOne();
    assertThat(spans.batch().links().traceLo()[0]).isZero();
    assertThat(spans.batch().links().spanId()[0]).isNotZero();
    assertThat(spans.droppedIds()).isOne();

    Decoded<LogBatch> logs =
        logs(
            LogRecord.newBuilder().setTraceId(bytes(16)).setSpanId(bytes(4)),
            LogRecord.newBuilder());
    assertThat(logs.batch().rows()).isEqualTo(2);
    assertThat(logs.batch().traceLo()[0]).isNotZero();
    assertThat(logs.batch().spanId()[0]).isZero();
    assertThat(logs.droppedIds()).isOne();
    assertThat(logs.rejectedItems()).isZero();

    var exemplar =
        Exemplar.newBuilder()
            .setTraceId(ByteString.copyFrom(new byte[16]))
            .setSpanId(bytes(8))
            .setAsInt(3);
    Decoded<MetricBatch> metrics = gauge(NumberDataPoint.newBuilder().addExemplars(exemplar));
    assertThat(metrics.batch().points().exemplars().rows()).isOne();
    assertThat(metrics.batch().points().exemplars().spanId()[0]).isNotZero();
    assertThat(metrics.droppedIds()).isOne();
  }

  @Test
  void aRootsParentIsNoInvalidId() {
    Decoded<SpanBatch> decoded =
        spans(
            span().setParentSpanId(ByteString.copyFrom(new byte[8])),
            span(),
            span().setParentSpanId(bytes(5)));
    assertThat(decoded.batch().rows()).isEqualTo(3);
    assertThat(decoded.batch().parentSpanId()).startsWith(0, 0, 0);
    assertThat(decoded.droppedIds()).isOne();
  }

  @Test
  void keepsWhatIsOddButUsable() {
    Decoded<SpanBatch> decoded =
        spans(
            span().setStartTimeUnixNano(10).setEndTimeUnixNano(5).setKindValue(77).setName(""),
            span().setKindValue(1000));
    assertThat(decoded.rejectedItems()).isZero();
    assertThat(decoded.batch().endNanos()[0]).isEqualTo(5);
    assertThat(decoded.batch().kind()).startsWith(77, 0);
    assertThat(decoded.batch().name()[0]).isZero();
    Decoded<MetricBatch> empty =
        OtlpCodec.METRICS.decode(metric(Metric.newBuilder().setName("none")));
    assertThat(empty.batch().kind()[0]).isEqualTo(MetricBatch.NONE);
    Decoded<MetricBatch> unmatched =
        OtlpCodec.METRICS.decode(
            metric(
                Metric.newBuilder()
                    .setHistogram(
                        Histogram.newBuilder()
                            .addDataPoints(
                                HistogramDataPoint.newBuilder()
                                    .addBucketCounts(4)
                                    .addExplicitBounds(1)
                                    .addExplicitBounds(2)))));
    assertThat(unmatched.batch().histograms().bounds().size()).isEqualTo(2);
  }

  @Test
  void mendsValuesThatAreNotUtf8AndCountsThem() {
    Decoded<SpanBatch> decoded =
        OtlpCodec.TRACES.decode(
            broken(
                traces(
                    span()
                        .setName("n" + BAD)
                        .addAttributes(pair("k", BAD))
                        .addAttributes(pair("same", BAD)),
                    span()
                        .addAttributes(
                            KeyValue.newBuilder()
                                .setKey("nested")
                                .setValue(
                                    AnyValue.newBuilder()
                                        .setKvlistValue(
                                            KeyValueList.newBuilder()
                                                .addValues(pair("inner", "x" + BAD))))))));
    assertThat(decoded.rejectedItems()).isZero();
    assertThat(decoded.repairedTexts()).isEqualTo(4);
    SpanBatch batch = decoded.batch();
    assertThat(batch.symbols().text(batch.name()[0])).isEqualTo("n\ufffd\ufffd\ufffd\ufffd\ufffd");
    assertThat(batch.symbols().bytes()).doesNotContain((byte) 0xFF);
    assertThat(batch.attributes().type(2)).isEqualTo(ValueType.MAP);
    assertThat(batch.symbols().text((int) batch.attributes().value(2))).contains("x\ufffd");
  }

  @Test
  void refusesItemsWithAKeyThatIsNotUtf8Alone() {
    var badNested =
        KeyValue.newBuilder()
            .setKey("map")
            .setValue(
                AnyValue.newBuilder()
                    .setKvlistValue(KeyValueList.newBuilder().addValues(pair(BAD, "v"))))
            .build();
    Decoded<SpanBatch> spans =
        OtlpCodec.TRACES.decode(
            broken(
                traces(
                    span().addAttributes(pair("k" + BAD, "v")),
                    span().addEvents(Span.Event.newBuilder().addAttributes(pair(BAD, "v"))),
                    span().addLinks(Span.Link.newBuilder().addAttributes(pair(BAD, "v"))),
                    span().addAttributes(badNested),
                    span().setName("good"))));
    assertThat(spans.invalidKeys()).isEqualTo(4);
    assertThat(spans.batch().rows()).isOne();
    assertThat(
            spans.batch().events().rows()
                + spans.batch().links().rows()
                + spans.batch().attributes().size())
        .isZero();
    assertThat(spans.reason())
        .isEqualTo("attribute key \"k\ufffd\ufffd\ufffd\ufffd\ufffd\" is not UTF-8");

    Decoded<LogBatch> logs =
        OtlpCodec.LOGS.decode(
            broken(
                logData(
                    LogRecord.newBuilder().addAttributes(pair(BAD, "v")),
                    LogRecord.newBuilder().setBody(badNested.getValue()),
                    LogRecord.newBuilder().setSeverityText("good"))));
    assertThat(logs.invalidKeys()).isEqualTo(2);
    assertThat(logs.batch().rows()).isOne();

    var histogram =
        Histogram.newBuilder()
            .addDataPoints(HistogramDataPoint.newBuilder().setCount(1).addBucketCounts(1))
            .addDataPoints(
                HistogramDataPoint.newBuilder()
                    .setCount(2)
                    .addBucketCounts(2)
                    .addAttributes(pair(BAD, "v")))
            .addDataPoints(
                HistogramDataPoint.newBuilder()
                    .setCount(3)
                    .addBucketCounts(3)
                    .addExemplars(Exemplar.newBuilder().addFilteredAttributes(pair(BAD, "v"))))
            .addDataPoints(HistogramDataPoint.newBuilder().setCount(4).addBucketCounts(4));
    Decoded<MetricBatch> metrics =
        OtlpCodec.METRICS.decode(broken(metric(Metric.newBuilder().setHistogram(histogram))));
    assertThat(metrics.invalidKeys()).isEqualTo(2);
    assertThat(metrics.batch().items()).isEqualTo(2);
    assertThat(metrics.batch().histograms().count()).startsWith(1, 4);
    assertThat(metrics.batch().points().detail()).startsWith(0, 1);
    assertThat(metrics.batch().histograms().buckets().size()).isEqualTo(2);
    assertThat(metrics.batch().points().exemplars().rows()).isZero();
  }

  @Test
  void refusesTheItemsOfAResourceWithAKeyThatIsNotUtf8() {
    var data =
        TracesData.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(Resource.newBuilder().addAttributes(pair(BAD, "v")))
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(span()).addSpans(span())))
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(span().setName("good"))))
            .build();
    Decoded<SpanBatch> decoded = OtlpCodec.TRACES.decode(broken(data.toByteArray()));
    assertThat(decoded.invalidKeys()).isEqualTo(2);
    assertThat(decoded.batch().rows()).isOne();
    assertThat(decoded.batch().resources().size()).isOne();
    assertThat(OtlpCodec.TRACES.decode(OtlpCodec.TRACES.encode(decoded.batch())).batch().rows())
        .isOne();
  }

  @Test
  void theLastKindOfAMetricCountsAndLeavesNothingOfTheOthers() {
    byte[] histogram =
        Metric.newBuilder()
            .setHistogram(
                Histogram.newBuilder()
                    .addDataPoints(HistogramDataPoint.newBuilder().setCount(1).addBucketCounts(9)))
            .build()
            .toByteArray();
    byte[] gauge =
        Metric.newBuilder()
            .setGauge(Gauge.newBuilder().addDataPoints(NumberDataPoint.newBuilder().setAsInt(5)))
            .build()
            .toByteArray();
    byte[] both = new byte[histogram.length + gauge.length];
    System.arraycopy(histogram, 0, both, 0, histogram.length);
    System.arraycopy(gauge, 0, both, histogram.length, gauge.length);
    byte[] scope = field(2, both);
    MetricBatch batch = OtlpCodec.METRICS.decode(field(1, field(2, scope))).batch();
    assertThat(batch.kind()[0]).isEqualTo(MetricBatch.GAUGE);
    assertThat(batch.items()).isOne();
    assertThat(batch.points().value()[0]).isEqualTo(5);
    assertThat(batch.histograms().rows()).isZero();
  }

  @Test
  void findsEqualResourcesAndScopesAgainAcrossTheRequest() {
    var group =
        ResourceSpans.newBuilder()
            .setSchemaUrl("u")
            .setResource(Resource.newBuilder().addAttributes(pair("service.name", "a")))
            .addScopeSpans(ScopeSpans.newBuilder().addSpans(span()));
    var other = group.clone().setSchemaUrl("other");
    SpanBatch batch =
        OtlpCodec.TRACES
            .decode(
                TracesData.newBuilder()
                    .addResourceSpans(group)
                    .addResourceSpans(other)
                    .addResourceSpans(group)
                    .build()
                    .toByteArray())
            .batch();
    assertThat(batch.resources().size()).isEqualTo(2);
    assertThat(batch.resource()).startsWith(0, 1, 0);
    assertThat(batch.scopes().size()).isOne();
  }

  private static Span.Builder span() {
    return Span.newBuilder().setTraceId(bytes(16)).setSpanId(bytes(8));
  }

  private static ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) 7);
    return ByteString.copyFrom(bytes);
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static byte[] traces(Span.Builder... spans) {
    var scope = ScopeSpans.newBuilder();
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return TracesData.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static Decoded<SpanBatch> spans(Span.Builder... spans) {
    return OtlpCodec.TRACES.decode(traces(spans));
  }

  private static byte[] logData(LogRecord.Builder... records) {
    var scope = ScopeLogs.newBuilder();
    for (LogRecord.Builder record : records) {
      scope.addLogRecords(record);
    }
    return LogsData.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static Decoded<LogBatch> logs(LogRecord.Builder... records) {
    return OtlpCodec.LOGS.decode(logData(records));
  }

  private static byte[] metric(Metric.Builder metric) {
    return MetricsData.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }

  private static Decoded<MetricBatch> gauge(NumberDataPoint.Builder point) {
    return OtlpCodec.METRICS.decode(
        metric(Metric.newBuilder().setGauge(Gauge.newBuilder().addDataPoints(point))));
  }

  private static byte[] field(int number, byte[] value) {
    assertThat(value.length).isLessThan(128);
    byte[] bytes = new byte[value.length + 2];
    bytes[0] = (byte) (number << 3 | 2);
    bytes[1] = (byte) value.length;
    System.arraycopy(value, 0, bytes, 2, value.length);
    return bytes;
  }

  /// The request with the stand-in replaced by bytes that are no UTF-8.
  private static byte[] broken(byte[] request) {
    String latin = new String(request, StandardCharsets.ISO_8859_1);
    assertThat(latin).contains(BAD);
    return latin.replace(BAD, "\u00ff".repeat(BAD.length())).getBytes(StandardCharsets.ISO_8859_1);
  }
}
