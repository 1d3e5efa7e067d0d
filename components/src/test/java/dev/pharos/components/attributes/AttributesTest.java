package dev.pharos.components.attributes;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.components.Samples;
import dev.pharos.model.Acknowledgement;
import dev.pharos.model.AttributeRows;
import dev.pharos.model.Client;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Metadata;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.text.ValueText;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.transport.Headers;
import dev.pharos.wire.otlp.OtlpCodec;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {
  private static final String TYPES = "-sbidam*";

  private static String attributes(String json) {
    return "\"attributes\":[" + json + "]";
  }

  private static String text(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
  }

  private static SpanBatch span(String attributes) {
    return Samples.spans(
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"svcA"}},
           {"key":"host.type","value":{"stringValue":"n1"}}]},
         "scopeSpans":[{"scope":{"name":"mongo","version":"3.8"},"spans":[
           {"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"GET /x","kind":2,%s}]}]}]}"""
            .formatted(attributes(attributes)));
  }

  private static LogBatch log(String attributes) {
    return Samples.logs(
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","severityNumber":9,"severityText":"debug2",
          "body":{"stringValue":"AUTH ok"},%s}]}]}]}"""
            .formatted(attributes(attributes)));
  }

  private static MetricBatch point(String attributes) {
    return Samples.metrics(
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"svcA"}}]},
          "scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[
          {"timeUnixNano":"1","asInt":"1",%s}]}}]}]}]}"""
            .formatted(attributes(attributes)));
  }

  private static SpanBatch run(String yaml, SpanBatch batch) {
    return run(yaml, Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY))
        .batch();
  }

  private static Parcel<SpanBatch> run(String yaml, Parcel<SpanBatch> parcel) {
    List<Parcel<SpanBatch>> out = new ArrayList<>();
    new AttributesFactory()
        .traces(
            setup("attributes", new Registry()), config(AttributesConfig.SCHEMA, yaml), out::add)
        .accept(parcel);
    return out.get(0);
  }

  private static LogBatch run(String yaml, LogBatch batch) {
    List<Parcel<LogBatch>> out = new ArrayList<>();
    new AttributesFactory()
        .logs(setup("attributes", new Registry()), config(AttributesConfig.SCHEMA, yaml), out::add)
        .accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY));
    return out.get(0).batch();
  }

  private static MetricBatch run(String yaml, MetricBatch batch) {
    List<Parcel<MetricBatch>> out = new ArrayList<>();
    new AttributesFactory()
        .metrics(
            setup("attributes", new Registry()), config(AttributesConfig.SCHEMA, yaml), out::add)
        .accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY));
    return out.get(0).batch();
  }

  /// `a=s:x b=i:1`: key, kind and text of each attribute of the first row.
  private static String shown(Symbols symbols, AttributeRows rows) {
    var all = new StringJoiner(" ");
    for (int i = rows.from(0); i < rows.to(0); i++) {
      char type = TYPES.charAt(rows.type(i));
      all.add(
          symbols.text(rows.key(i))
              + "="
              + type
              + ":"
              + ValueText.of(symbols, rows.type(i), rows.value(i)));
    }
    return all.toString();
  }

  private static String edited(String action, String attributes) {
    SpanBatch batch = run("actions: [" + action + "]", span(attributes));
    return shown(batch.symbols(), batch.attributes());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{key: a, value: 123, action: insert}; a=s:x",
        "{key: b, value: 123, action: insert}; a=s:x b=i:123",
        "{key: b, value: 1.5, action: INSERT}; a=s:x b=d:1.5",
        "{key: b, value: true, action: insert}; a=s:x b=b:true",
        "{key: b, value: [1, two], action: insert}; a=s:x b=a:[1,\"two\"]",
        "{key: b, from_attribute: a, action: insert}; a=s:x b=s:x",
        "{key: b, from_attribute: c, action: insert}; a=s:x",
        "{key: a, value: y, action: update}; a=s:y",
        "{key: b, value: y, action: update}; a=s:x",
        "{key: a, value: y, action: upsert}; a=s:y",
        "{key: b, value: y, action: upsert}; a=s:x b=s:y",
        "{key: b, from_context: metadata.x, default_value: d, action: upsert}; a=s:x b=s:d",
        "{key: b, from_context: metadata.x, action: upsert}; a=s:x",
        "{key: a, action: delete}; ``",
        "{key: b, action: delete}; a=s:x",
        "{pattern: ^a, action: delete}; ``",
        "{pattern: ^b, action: delete}; a=s:x",
        "{key: a, action: hash}; a=s:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        "{pattern: 'a|b', action: hash}; a=s:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
      })
  void acts(String action, String expected) {
    assertThat(edited(action, text("a", "x"))).isEqualTo(expected);
  }

  private static Parcel<SpanBatch> ofClient(String... headers) throws Exception {
    var client =
        new Client(
            Optional.of(InetAddress.getByName("2001:db8:0:0::1")),
            Metadata.of(Headers.of(headers)::forEach));
    return Parcel.of(
            span(text("a", "x")), Tenant.DEFAULT, new RequestKey(1, 2), Acknowledgement.NOBODY)
        .with(client);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{key: b, from_context: metadata.x-shop, action: insert}; a=s:x b=s:north",
        "{key: a, from_context: metadata.x-shop, action: insert}; a=s:x",
        "{key: a, from_context: metadata.X-Shop, action: update}; a=s:north",
        "{key: b, from_context: metadata.X-Shop, action: update}; a=s:x",
        "{key: b, from_context: x-SHOP, action: upsert, default_value: d}; a=s:x b=s:north",
        "{key: b, from_context: metadata.twice, action: upsert}; `a=s:x b=s:1;2`",
        "{key: b, from_context: metadata.empty, action: upsert}; a=s:x b=s:",
        "{key: b, from_context: client.address, action: upsert}; a=s:x b=s:2001:db8::1",
        "{key: b, from_context: auth.x-shop, action: upsert}; a=s:x",
        "{key: b, from_context: auth.x-shop, action: upsert, default_value: d}; a=s:x b=s:d"
      })
  void setsWhatIsKnownOfTheClient(String action, String expected) throws Exception {
    Parcel<SpanBatch> given =
        ofClient("X-Shop", "north", "twice", "1", "Twice", "2", "empty", "", "other", "o");
    Parcel<SpanBatch> out = run("actions: [" + action + "]", given);
    assertThat(shown(out.batch().symbols(), out.batch().attributes())).isEqualTo(expected);
    assertThat(out.client()).isSameAs(given.client());
  }

  @Test
  void tellsAResendFromTheSameBodyOfAnotherClient() throws Exception {
    String yaml = "actions: [{key: b, from_context: metadata.x-shop, action: insert}]";
    RequestKey key = run(yaml, ofClient("x-shop", "north")).keys().get(0);
    assertThat(run(yaml, ofClient("x-shop", "north", "other", "o")).keys()).containsExactly(key);
    assertThat(run(yaml, ofClient("x-shop", "south")).keys().get(0)).isNotEqualTo(key);
    assertThat(run(yaml, ofClient()).keys()).containsExactly(new RequestKey(1, 2));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "int; {\"stringValue\":\"42\"}; a=i:42",
        "int; {\"stringValue\":\"4x\"}; a=s:4x",
        "int; {\"doubleValue\":2.9}; a=i:2",
        "int; {\"boolValue\":true}; a=i:1",
        "int; {\"intValue\":\"7\"}; a=i:7",
        "double; {\"stringValue\":\"1e3\"}; a=d:1000",
        "double; {\"stringValue\":\" 1\"}; a=s: 1",
        "double; {\"intValue\":\"7\"}; a=d:7",
        "string; {\"intValue\":\"7\"}; a=s:7",
        "string; {\"doubleValue\":0.5}; a=s:0.5",
        "string; {\"boolValue\":true}; a=b:true"
      })
  void converts(String to, String value, String expected) {
    String action = "{key: a, action: convert, converted_type: " + to + "}";
    assertThat(edited(action, "{\"key\":\"a\",\"value\":" + value + "}")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{\"boolValue\":true}; 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
        "{\"intValue\":\"1\"}; 7c9fa136d4413fa6173637e883b6998d32e1d675f88cddff9dcbcf331820f4b8",
        "{\"arrayValue\":{}}; ``",
        "{\"stringValue\":\"\"}; ``"
      })
  void hashesTheBytesOfEachKind(String value, String hash) {
    assertThat(edited("{key: a, action: hash}", "{\"key\":\"a\",\"value\":" + value + "}"))
        .isEqualTo("a=s:" + hash);
  }

  @Test
  void extractsNamedGroups() {
    String pattern =
        "^(?P<http_protocol>.*):\\/\\/(?P<http_domain>.*)\\/(?P<http_path>.*)(\\?|\\&)(?P<http_query>.*)";
    String action = "{key: http.url, pattern: '" + pattern + "', action: extract}";
    String url = text("http.url", "http://example.com/path?q=1") + "," + text("http_path", "old");
    assertThat(edited(action, url).split(" "))
        .containsExactlyInAnyOrder(
            "http.url=s:http://example.com/path?q=1",
            "http_path=s:path",
            "http_protocol=s:http",
            "http_domain=s:example.com",
            "http_query=s:q=1");
    assertThat(edited(action, text("http.url", "no match"))).isEqualTo("http.url=s:no match");
  }

  @Test
  void actsOnLogsAndPoints() {
    String yaml = "actions: [{key: a, action: delete}, {key: b, value: 1, action: insert}]";
    LogBatch log = run(yaml, log(text("a", "x")));
    assertThat(shown(log.symbols(), log.attributes())).isEqualTo("b=i:1");
    MetricBatch point = run(yaml, point(text("a", "x")));
    assertThat(shown(point.symbols(), point.points().attributes())).isEqualTo("b=i:1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "include: {match_type: strict, services: [svcA, svcB]}; true",
        "include: {match_type: strict, services: [svc]}; false",
        "include: {match_type: regexp, services: ['^svc']}; true",
        "include: {match_type: strict, span_names: [GET /x]}; true",
        "include: {match_type: regexp, span_names: [POST]}; false",
        "include: {match_type: strict, span_kinds: [SPAN_KIND_SERVER]}; true",
        "include: {match_type: strict, span_kinds: [SPAN_KIND_CLIENT]}; false",
        "include: {match_type: strict, attributes: [{key: a, value: x}]}; true",
        "include: {match_type: strict, attributes: [{key: a}, {key: b}]}; false",
        "include: {match_type: strict, attributes: [{key: a, value: 1}]}; false",
        "include: {match_type: regexp, attributes: [{key: a, value: '[w-y]'}]}; true",
        "include: {match_type: strict, resources: [{key: host.type, value: n1}]}; true",
        "include: {match_type: strict, libraries: [{name: mongo}]}; true",
        "include: {match_type: strict, libraries: [{name: mongo, version: '3.8'}]}; true",
        "include: {match_type: strict, libraries: [{name: mongo, version: ''}]}; false",
        "exclude: {match_type: strict, services: [svcA]}; false",
        "exclude: {match_type: strict, services: [svcB]}; true",
        "include: {match_type: strict, services: [svcA]} | exclude: {match_type: strict, span_names: [GET /x]}; false",
        "include: {match_type: strict, services: [svcA], span_names: [other]}; false"
      })
  void actsOnWhatIsMeant(String which, boolean acts) {
    SpanBatch batch =
        run(
            which.replace(" | ", "\n") + "\nactions: [{key: a, action: delete}]",
            span(text("a", "x")));
    assertThat(batch.attributes().size() == 0).isEqualTo(acts);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{match_type: regexp, log_bodies: ['AUTH.*']}; true",
        "{match_type: strict, log_bodies: [AUTH]}; false",
        "{match_type: regexp, log_severity_texts: ['debug.*']}; true",
        "{match_type: strict, log_severity_number: {min: 9}}; true",
        "{match_type: strict, log_severity_number: {min: 10}}; false"
      })
  void actsOnLogsThatAreMeant(String include, boolean acts) {
    LogBatch batch =
        run("include: " + include + "\nactions: [{key: a, action: delete}]", log(text("a", "x")));
    assertThat(batch.attributes().size() == 0).isEqualTo(acts);
  }

  @Test
  void refusesCriteriaThatASignalDoesNotHave() {
    String yaml =
        "include: {match_type: strict, services: [a]}\nactions: [{key: a, action: delete}]";
    assertThatThrownBy(() -> run(yaml, log(text("a", "x"))))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("attributes (test.yaml:1:1)")
        .hasMessageContaining("log_bodies");
  }

  @Test
  void leavesNothingOfWhatWasDeletedReplacedOrHashed() {
    String secret = "tell-nobody";
    String yaml =
        """
        actions:
          - {key: deleted, action: delete}
          - {pattern: ^by, action: delete}
          - {key: replaced, value: other, action: update}
          - {key: hashed, action: hash}
          - {key: twice, action: hash}
          - {key: again, value: '-', action: upsert}
        """;
    String attributes =
        String.join(
            ",",
            text("deleted", secret),
            text("bypattern", secret),
            text("replaced", secret),
            text("hashed", secret),
            text("twice", secret),
            text("twice", secret),
            text("again", secret),
            text("again", secret));
    SpanBatch spans = run(yaml, span(attributes));
    LogBatch logs = run(yaml, log(attributes));
    MetricBatch points = run(yaml, point(attributes));
    for (byte[] bytes :
        List.of(
            OtlpCodec.TRACES.encode(spans),
            OtlpCodec.LOGS.encode(logs),
            OtlpCodec.METRICS.encode(points),
            spans.symbols().bytes(),
            logs.symbols().bytes(),
            points.symbols().bytes())) {
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
    }
  }

  @Test
  void neverChangesWhatItWasGiven() {
    SpanBatch given = span(text("a", "x"));
    byte[] before = OtlpCodec.TRACES.encode(given);
    run("actions: [{key: a, action: delete}, {key: b, value: 1, action: insert}]", given);
    assertThat(OtlpCodec.TRACES.encode(given)).isEqualTo(before);
  }

  @Test
  void passesUnchangedBatchesOnAsTheyAre() {
    SpanBatch given = span(text("a", "x"));
    assertThat(run("actions: [{key: b, action: delete}]", given)).isSameAs(given);
  }
}
