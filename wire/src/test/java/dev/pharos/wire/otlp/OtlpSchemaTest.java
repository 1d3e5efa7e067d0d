package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import org.junit.jupiter.api.Test;

/// The JSON tables against protobuf's own JSON, where the two mappings agree: they differ in ids (hex or base64) and in
/// enums (numbers or names).
class OtlpSchemaTest {
  private static final int ROUNDS = 60;

  @Test
  void readsTheMetricsThatJsonFormatWrites() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      MetricsData data = withoutIds(new RandomOtlp(seed).metrics());
      String json = JsonFormat.printer().print(data);
      byte[] encoded =
          OtlpCodec.METRICS.encode(OtlpCodec.METRICS.decodeJson(json.getBytes("UTF-8")).batch());
      assertThat(MetricsData.parseFrom(encoded)).as("seed %d", seed).isEqualTo(Regrouped.of(data));
    }
  }

  @Test
  void writesMetricsThatJsonFormatReads() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      MetricsData data = withoutIds(new RandomOtlp(seed).metrics());
      byte[] json =
          OtlpCodec.METRICS.encodeJson(OtlpCodec.METRICS.decode(data.toByteArray()).batch());
      var read = MetricsData.newBuilder();
      JsonFormat.parser().merge(new String(json, "UTF-8"), read);
      assertThat(read.build())
          .as("seed %d", seed)
          .isEqualTo(reread(Regrouped.of(data), MetricsData.newBuilder()));
    }
  }

  @Test
  void readsAndWritesLogsAsJsonFormatDoes() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var builder = new RandomOtlp(seed).logs().toBuilder();
      builder
          .getResourceLogsBuilderList()
          .forEach(
              group ->
                  group
                      .getScopeLogsBuilderList()
                      .forEach(
                          inner ->
                              inner
                                  .getLogRecordsBuilderList()
                                  .forEach(record -> record.clearTraceId().clearSpanId())));
      LogsData data = builder.build();
      var batch =
          OtlpCodec.LOGS.decodeJson(JsonFormat.printer().print(data).getBytes("UTF-8")).batch();
      assertThat(LogsData.parseFrom(OtlpCodec.LOGS.encode(batch)))
          .as("seed %d", seed)
          .isEqualTo(Regrouped.of(data));
      var read = LogsData.newBuilder();
      JsonFormat.parser().merge(new String(OtlpCodec.LOGS.encodeJson(batch), "UTF-8"), read);
      assertThat(read.build())
          .as("seed %d", seed)
          .isEqualTo(reread(Regrouped.of(data), LogsData.newBuilder()));
    }
  }

  /// What JsonFormat makes of its own JSON: it reads -0.0 as 0.0.
  private static Message reread(Message data, Message.Builder into) throws Exception {
    JsonFormat.parser().merge(JsonFormat.printer().print(data), into);
    return into.build();
  }

  private static MetricsData withoutIds(MetricsData data) {
    var builder = data.toBuilder();
    for (var group : builder.getResourceMetricsBuilderList()) {
      for (var inner : group.getScopeMetricsBuilderList()) {
        inner.getMetricsBuilderList().forEach(OtlpSchemaTest::clearIds);
      }
    }
    return builder.build();
  }

  private static void clearIds(Metric.Builder metric) {
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric
              .getGaugeBuilder()
              .getDataPointsBuilderList()
              .forEach(
                  point ->
                      point
                          .getExemplarsBuilderList()
                          .forEach(exemplar -> exemplar.clearTraceId().clearSpanId()));
      case SUM ->
          metric
              .getSumBuilder()
              .getDataPointsBuilderList()
              .forEach(
                  point ->
                      point
                          .getExemplarsBuilderList()
                          .forEach(exemplar -> exemplar.clearTraceId().clearSpanId()));
      case HISTOGRAM ->
          metric
              .getHistogramBuilder()
              .getDataPointsBuilderList()
              .forEach(
                  point ->
                      point
                          .getExemplarsBuilderList()
                          .forEach(exemplar -> exemplar.clearTraceId().clearSpanId()));
      case EXPONENTIAL_HISTOGRAM ->
          metric
              .getExponentialHistogramBuilder()
              .getDataPointsBuilderList()
              .forEach(
                  point ->
                      point
                          .getExemplarsBuilderList()
                          .forEach(exemplar -> exemplar.clearTraceId().clearSpanId()));
      case SUMMARY, DATA_NOT_SET -> {
        // These have no exemplars.
      }
    }
  }
}
