package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Batch;
import dev.pharos.model.Ids;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.DecodeException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OtlpJsonTest {
  private static final int ROUNDS = 300;
  private static final String IDS =
      "\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"EEE19B7EC3C1B174\"";

  @Test
  void keepsAllThroughJson() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      roundTrip(OtlpCodec.TRACES, random.traces().toByteArray(), seed);
      roundTrip(OtlpCodec.LOGS, random.logs().toByteArray(), seed);
      roundTrip(OtlpCodec.METRICS, random.metrics().toByteArray(), seed);
    }
  }

  private static <B extends Batch> void roundTrip(OtlpCodec<B> codec, byte[] request, long seed) {
    B batch = codec.decode(request).batch();
    byte[] json = codec.encodeJson(batch);
    Decoded<B> again = codec.decodeJson(json);
    assertThat(again.rejectedItems()).as("seed %d", seed).isZero();
    assertThat(codec.encode(again.batch()))
        .as("seed %d: %s", seed, new String(json, StandardCharsets.UTF_8))
        .isEqualTo(codec.encode(batch));
  }

  @Test
  void takesWhatPeopleWriteByHand() {
    SpanBatch batch =
        span("""
                %s,"parentSpanId":"","name":null,"kind":"SPAN_KIND_SERVER","startTimeUnixNano":1544712660000000000,
                "end_time_unix_nano":"1544712661000000000","droppedAttributesCount":3.0,"unknown":{"deep":[1,{"x":2}]},
                "status":{"code":"2"},"attributes":[{"key":"i","value":{"intValue":7}},{"key":"s","value":{"intValue":"-8"}},
                {"key":"d","value":{"double_value":1}},{"key":"n","value":null}]"""
                .formatted(IDS))
            .batch();
    assertThat(batch.rows()).isOne();
    assertThat(Ids.traceHex(batch.traceHi()[0], batch.traceLo()[0]))
        .isEqualTo("5b8efff798038103d269b633813fc60c");
    assertThat(Ids.spanHex(batch.spanId()[0])).isEqualTo("eee19b7ec3c1b174");
    assertThat(batch.parentSpanId()[0]).isZero();
    assertThat(batch.kind()[0]).isEqualTo((byte) 2);
    assertThat(batch.startNanos()[0]).isEqualTo(1544712660000000000L);
    assertThat(batch.endNanos()[0]).isEqualTo(1544712661000000000L);
    assertThat(batch.droppedAttributes()[0]).isEqualTo(3);
    assertThat(batch.statusCode()[0]).isEqualTo((byte) 2);
    assertThat(batch.attributes().value(0)).isEqualTo(7);
    assertThat(batch.attributes().value(1)).isEqualTo(-8);
    assertThat(batch.attributes().value(2)).isEqualTo(Double.doubleToRawLongBits(1));
    assertThat(batch.attributes().type(3)).isEqualTo(ValueType.EMPTY);
  }

  @Test
  void refusesSpansWithOddIdsAloneAndCountsTheirDigits() {
    Decoded<SpanBatch> decoded =
        OtlpCodec.TRACES.decodeJson(
            bytes(
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                  {"traceId":"5b8efff798038103d269b633813fc60c5b8efff798038103","spanId":"eee19b7ec3c1b174"},
                  {"traceId":"5b8efff798038103d269b633813fc60","spanId":"eee19b7ec3c1b174"},
                  {"traceId":"5b8efff798038103d269b633813fc60x","spanId":"eee19b7ec3c1b174"},
                  {"spanId":"eee19b7ec3c1b174"},
                  {%s,"name":"good"}]}]}]}"""
                    .formatted(IDS)));
    assertThat(decoded.batch().rows()).isOne();
    assertThat(decoded.invalidIds()).isEqualTo(4);
    assertThat(decoded.reason()).isEqualTo("trace id has 48 hex digits, 32 expected");
  }

  @Test
  void namesOddDigitsAndForeignLetters() {
    assertThat(span("\"traceId\":\"123\",\"spanId\":\"eee19b7ec3c1b174\"").reason())
        .isEqualTo("trace id has 3 hex digits, 32 expected");
    assertThat(
            span("\"traceId\":\"5b8efff798038103d269b633813fc60x\",\"spanId\":\"eee19b7ec3c1b174\"")
                .reason())
        .isEqualTo("trace id \"5b8efff798038103d269b633813fc60x\" is not hexadecimal");
  }

  @Test
  void tellsLinePositionAndPathOfAWrongShape() {
    assertThatThrownBy(() -> OtlpCodec.TRACES.decodeJson(bytes("{\n \"resourceSpans\": {}}")))
        .isInstanceOf(DecodeException.class)
        .hasMessage("line 2, column 19, /resourceSpans: found an object (expected: an array)");
    assertThatThrownBy(() -> span("\"name\":5"))
        .hasMessageContaining("/resourceSpans/0/scopeSpans/0/spans/0/name: found the number 5");
    assertThatThrownBy(() -> span("\"kind\":\"SERVANT\""))
        .hasMessageContaining("\"SERVANT\" (expected: an enum's number or name)");
    assertThatThrownBy(() -> span("\"startTimeUnixNano\":1.5"))
        .hasMessageContaining("1.5 (expected: an integer)");
    assertThatThrownBy(() -> span("\"startTimeUnixNano\":\"1e999999999\""))
        .hasMessageContaining("(expected: an integer)");
    assertThatThrownBy(() -> span("\"startTimeUnixNano\":-1"))
        .hasMessageContaining("(expected: an integer from 0 to 184");
    assertThatThrownBy(() -> OtlpCodec.TRACES.decodeJson(bytes("{} x")))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> OtlpCodec.TRACES.decodeJson(bytes("")))
        .hasMessageContaining("found nothing");
    assertThatThrownBy(() -> OtlpCodec.TRACES.decodeJson(bytes("[]")))
        .hasMessageContaining("(expected: an object");
    assertThatThrownBy(() -> OtlpCodec.TRACES.decodeJson(bytes("{\"resourceSpans\":[{")))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void refusesAnItemWithAKeyThatIsNotUtf8Alone() {
    byte[] request =
        bytes(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
                + "{%1$s,\"attributes\":[{\"key\":\"k?\",\"value\":{\"stringValue\":\"v\"}}]},"
                    .formatted(IDS)
                + "{%1$s,\"name\":\"\u00e9 \ud83d\ude00 ?\"}]}]}]}".formatted(IDS));
    for (int i = 0; i < request.length; i++) {
      request[i] = request[i] == '?' ? (byte) 0xff : request[i];
    }
    Decoded<SpanBatch> decoded = OtlpCodec.TRACES.decodeJson(request);
    assertThat(decoded.invalidKeys()).isOne();
    assertThat(decoded.reason()).isEqualTo("attribute key \"k\ufffd\" is not UTF-8");
    assertThat(decoded.repairedTexts()).isOne();
    assertThat(decoded.batch().rows()).isOne();
    assertThat(decoded.batch().symbols().text(decoded.batch().name()[0]))
        .isEqualTo("\u00e9 \ud83d\ude00 \ufffd");
  }

  @Test
  void refusesDeepNestingWithoutOverflowingTheStack() {
    String open = "{\"arrayValue\":{\"values\":[";
    String deep = open.repeat(20_000) + "{}" + "]}}".repeat(20_000);
    assertThatThrownBy(() -> span(IDS + ",\"attributes\":[{\"key\":\"k\",\"value\":" + deep + "}]"))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(
            () -> OtlpCodec.LOGS.decodeJson(bytes("{\"unknown\":" + "[".repeat(100_000))))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void mendsTextThatIsNotUnicode() {
    byte[] json =
        bytes(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{"
                + IDS
                + ",\"name\":\"a?b\",\"traceState\":\"\\ud800\"}]}]}]}");
    json[new String(json, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xC0;
    Decoded<SpanBatch> decoded = OtlpCodec.TRACES.decodeJson(json);
    assertThat(decoded.batch().symbols().text(decoded.batch().name()[0])).isEqualTo("a\ufffdb");
    assertThat(decoded.batch().symbols().text(decoded.batch().traceState()[0])).isEqualTo("\ufffd");
    assertThat(decoded.repairedTexts()).isOne();
  }

  @Test
  void writesCanonicalJson() {
    SpanBatch batch =
        span(IDS
                + ",\"kind\":3,\"startTimeUnixNano\":5,\"attributes\":[{\"key\":\"b\",\"value\":{\"bytesValue\":\"AQI\"}}]")
            .batch();
    assertThat(new String(OtlpCodec.TRACES.encodeJson(batch), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"resourceSpans\":[{\"resource\":{},\"scopeSpans\":[{\"scope\":{},\"spans\":["
                + "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\",\"kind\":3,"
                + "\"startTimeUnixNano\":\"5\",\"attributes\":[{\"key\":\"b\",\"value\":{\"bytesValue\":\"AQI=\"}}]}]}]}]}");
  }

  @Test
  void readsTheExamplesOfTheSpecification() {
    SpanBatch spans =
        OtlpCodec.TRACES.decodeJson(Conformance.read("collector/otlp_examples/trace.json")).batch();
    assertThat(spans.symbols().text(spans.name()[0])).isEqualTo("I'm a server span");
    LogBatch logs =
        OtlpCodec.LOGS.decodeJson(Conformance.read("collector/otlp_examples/logs.json")).batch();
    assertThat(logs.symbols().text((int) logs.body()[0])).isEqualTo("Example log record");
    LogBatch events =
        OtlpCodec.LOGS.decodeJson(Conformance.read("collector/otlp_examples/events.json")).batch();
    assertThat(events.rows()).isPositive();
    MetricBatch metrics =
        OtlpCodec.METRICS
            .decodeJson(Conformance.read("collector/otlp_examples/metrics.json"))
            .batch();
    assertThat(metrics.rows()).isEqualTo(metrics.points().rows()).isGreaterThan(3);
  }

  private static Decoded<SpanBatch> span(String fields) {
    return OtlpCodec.TRACES.decodeJson(
        bytes("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" + fields + "}]}]}]}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
