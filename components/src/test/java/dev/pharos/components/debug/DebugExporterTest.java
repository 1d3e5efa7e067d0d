package dev.pharos.components.debug;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.model.Batch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Exporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugExporterTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final String SPAN =
      """
      {"resourceSpans":[{"schemaUrl":"https://r","resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
        "scopeSpans":[{"scope":{"name":"lib","version":"1"},"spans":[
          {"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708","name":"GET","kind":3,
           "startTimeUnixNano":"1581452772000000321","endTimeUnixNano":"1581452773000000000",
           "attributes":[{"key":"a","value":{"intValue":"7"}}],"status":{"code":2,"message":"bad"},
           "events":[{"timeUnixNano":"1581452773000000123","name":"ev","droppedAttributesCount":2,
             "attributes":[{"key":"e","value":{"boolValue":true}}]}],
           "links":[{"traceId":"0102030405060708090a0b0c0d0e0f11","spanId":"0102030405060709"}]}]}]}]}""";

  private static String text(String verbosity, Batch batch) {
    var config = config(DebugConfig.SCHEMA, "verbosity: " + verbosity);
    return new DebugExporter("debug", config, CLOCK).text(batch);
  }

  @Test
  void printsALineABatch() {
    assertThat(text("basic", Samples.spans(0, 3)))
        .isEqualTo("Traces {\"resource spans\": 1, \"spans\": 3}");
    assertThat(text("basic", Samples.logs(0, 2)))
        .isEqualTo("Logs {\"resource logs\": 1, \"log records\": 2}");
    assertThat(text("basic", Samples.gauge(0, 4)))
        .isEqualTo("Metrics {\"resource metrics\": 1, \"metrics\": 1, \"data points\": 4}");
  }

  @Test
  void printsALineAnItem() {
    assertThat(text("normal", Samples.spans(SPAN)))
        .isEqualTo(
            """
        Traces {"resource spans": 1, "spans": 1}
        ResourceTraces #0 [https://r] service.name=shop
        ScopeTraces #0 lib@1
        GET 0102030405060708090a0b0c0d0e0f10 0102030405060708 a=7""");
    assertThat(text("normal", Samples.gauge(5, 1))).endsWith("ScopeMetrics #0\ng{} 5");
    assertThat(text("normal", Samples.logs(5, 1))).endsWith("ScopeLogs #0\nline 5");
  }

  @Test
  void printsEveryFieldOfSpans() {
    assertThat(text("detailed", Samples.spans(SPAN)))
        .isEqualTo(
            """
        Traces {"resource spans": 1, "spans": 1}
        ResourceSpans #0
        Resource SchemaURL: https://r
        Resource attributes:
             -> service.name: Str(shop)
        ScopeSpans #0
        ScopeSpans SchemaURL:\s
        InstrumentationScope lib 1
        Span #0
            Trace ID       : 0102030405060708090a0b0c0d0e0f10
            Parent ID      :\s
            ID             : 0102030405060708
            Name           : GET
            Kind           : Client
            Start time     : 2020-02-11 20:26:12.000000321 +0000 UTC
            End time       : 2020-02-11 20:26:13 +0000 UTC
            Status code    : Error
            Status message : bad
        Attributes:
             -> a: Int(7)
        Events:
        SpanEvent #0
             -> Name: ev
             -> Timestamp: 2020-02-11 20:26:13.000000123 +0000 UTC
             -> DroppedAttributesCount: 2
             -> Attributes::
                  -> e: Bool(true)
        Links:
        SpanLink #0
             -> Trace ID: 0102030405060708090a0b0c0d0e0f11
             -> ID: 0102030405060709
             -> TraceState:\s
             -> DroppedAttributesCount: 0""");
  }

  @Test
  void printsEveryFieldOfLogs() {
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1581452773000000789","severityNumber":9,
          "severityText":"Info","body":{"stringValue":"hello"},"traceId":"08040201000000000000000000000000",
          "spanId":"0102040800000000","attributes":[{"key":"app","value":{"stringValue":"server"}}]}]}]}]}""";
    assertThat(text("detailed", Samples.logs(json)))
        .isEqualTo(
            """
        Logs {"resource logs": 1, "log records": 1}
        ResourceLog #0
        Resource SchemaURL:\s
        ScopeLogs #0
        ScopeLogs SchemaURL:\s
        InstrumentationScope \s
        LogRecord #0
        ObservedTimestamp: 1970-01-01 00:00:00 +0000 UTC
        Timestamp: 2020-02-11 20:26:13.000000789 +0000 UTC
        SeverityText: Info
        SeverityNumber: Info(9)
        Body: Str(hello)
        Attributes:
             -> app: Str(server)
        Trace ID: 08040201000000000000000000000000
        Span ID: 0102040800000000
        Flags: 0""");
  }

  @Test
  void printsEveryFieldOfMetrics() {
    String json =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
          {"name":"h","unit":"ms","histogram":{"aggregationTemporality":2,"dataPoints":[
            {"timeUnixNano":"1","count":"3","sum":15,"bucketCounts":["1","2"],"explicitBounds":[1]}]}},
          {"name":"s","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"1","asDouble":1.5}]}},
          {"name":"e","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
            {"timeUnixNano":"1","count":"4","zeroCount":"1","scale":0,"positive":{"offset":0,"bucketCounts":["1","2"]}}]}},
          {"name":"q","summary":{"dataPoints":[
            {"timeUnixNano":"1","count":"2","sum":5,"quantileValues":[{"quantile":0.5,"value":2}]}]}}]}]}]}""";
    assertThat(text("detailed", Samples.metrics(json)))
        .contains(
            """
            Metric #0
            Descriptor:
                 -> Name: h
                 -> Description:\s
                 -> Unit: ms
                 -> DataType: Histogram
                 -> AggregationTemporality: Cumulative
            HistogramDataPoints #0
            StartTimestamp: 1970-01-01 00:00:00 +0000 UTC
            Timestamp: 1970-01-01 00:00:00.000000001 +0000 UTC
            Count: 3
            Sum: 15.000000
            ExplicitBounds #0: 1.000000
            Buckets #0, Count: 1
            Buckets #1, Count: 2
            Metric #1
            """)
        .contains(
            "-> IsMonotonic: true\n     -> AggregationTemporality: Delta\nNumberDataPoints #0\n")
        .contains("Value: 1.500000\n")
        .contains(
            "Bucket [0, 0], Count: 1\nBucket (1.000000, 2.000000], Count: 1\nBucket (2.000000, 4.000000], Count: 2\n")
        .endsWith(
            "SummaryDataPoints #0\nStartTimestamp: 1970-01-01 00:00:00 +0000 UTC\n"
                + "Timestamp: 1970-01-01 00:00:00.000000001 +0000 UTC\nCount: 2\nSum: 5.000000\n"
                + "QuantileValue #0: Quantile 0.500000, Value 2.000000");
  }

  @Test
  void takesEverythingAndPrintsASample(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("out.txt");
    var config =
        config(
            DebugConfig.SCHEMA,
            "{sampling_initial: 2, sampling_thereafter: 3, use_internal_logger: false, output_paths: ['"
                + file
                + "']}");
    Exporter exporter = DebugFactory.debug().create(setup("debug", new Registry(), CLOCK), config);
    exporter.start();
    for (int i = 0; i < 10; i++) {
      var answer = new Answer();
      exporter
          .sinks()
          .logs()
          .orElseThrow()
          .accept(
              Parcel.of(
                  Samples.logs(0, i + 1),
                  Tenant.DEFAULT,
                  RequestKey.NONE,
                  answer.acknowledgement()));
      assertThat(answer.get()).isEqualTo(Outcome.ACCEPTED);
    }
    exporter.stop();
    assertThat(Files.readAllLines(file))
        .map(line -> line.replaceAll("\\D+", " ").strip())
        .containsExactly("1 1", "1 2", "1 5", "1 8");
  }
}
