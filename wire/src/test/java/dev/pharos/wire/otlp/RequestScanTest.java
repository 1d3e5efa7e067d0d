package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.binary.Batches;
import dev.pharos.model.proto.DecodeException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The scan against the decoder: what passes as it is, the decoder would have taken whole, with as many items.
class RequestScanTest {
  private static final int ROUNDS = 300;

  @Test
  void passesWhatTheGeneratedClassesWrite() throws Exception {
    int passed = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomOtlp(seed);
      passed += agrees(OtlpCodec.TRACES, random.traces().toByteArray(), seed) ? 1 : 0;
      passed += agrees(OtlpCodec.LOGS, random.logs().toByteArray(), seed) ? 1 : 0;
      passed += agrees(OtlpCodec.METRICS, random.metrics().toByteArray(), seed) ? 1 : 0;
    }
    assertThat(passed).as("requests that pass as they are").isGreaterThan(ROUNDS * 3 / 2);
  }

  @Test
  void leavesDamageToTheDecoder() {
    for (long seed = 0; seed < 2 * ROUNDS; seed++) {
      var random = new Random(seed);
      var otlp = new RandomOtlp(seed);
      damaged(OtlpCodec.TRACES, otlp.traces().toByteArray(), random, seed);
      damaged(OtlpCodec.LOGS, otlp.logs().toByteArray(), random, seed);
      damaged(OtlpCodec.METRICS, otlp.metrics().toByteArray(), random, seed);
    }
  }

  @Test
  void leavesTruncatedRequestsToTheDecoder() {
    byte[] request = new RandomOtlp(3).traces().toByteArray();
    for (int length = 0; length < Math.min(request.length, 5000); length++) {
      agrees(OtlpCodec.TRACES, Arrays.copyOf(request, length), length);
    }
  }

  private static <B extends Batch> void damaged(
      OtlpCodec<B> codec, byte[] request, Random random, long seed) {
    for (int round = 0; round < 4 && request.length > 0; round++) {
      byte[] damaged = request.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      agrees(codec, damaged, seed);
    }
  }

  /// Checks that a request passes only if the decoder leaves nothing out and mends nothing, and tells whether it does.
  private static <B extends Batch> boolean agrees(OtlpCodec<B> codec, byte[] request, long seed) {
    Optional<Cargo<B>> cargo = codec.undecoded(request, 0, request.length);
    if (cargo.isEmpty()) {
      return false;
    }
    try {
      Decoded<B> decoded = codec.decode(request);
      assertThat(decoded.rejectedItems()).as("refused, seed %d", seed).isZero();
      assertThat(decoded.repairedTexts()).as("repaired, seed %d", seed).isZero();
      assertThat(decoded.droppedIds()).as("dropped, seed %d", seed).isZero();
      assertThat(cargo.get().items())
          .as("items, seed %d", seed)
          .isEqualTo(decoded.batch().items())
          .isEqualTo(cargo.get().batch().items());
      assertThat(codec.encode(codec.decode(encoded(codec, cargo.get())).batch()))
          .as("sent on, seed %d", seed)
          .isEqualTo(codec.encode(decoded.batch()));
    } catch (DecodeException e) {
      throw new AssertionError("passes, but is refused, seed " + seed, e);
    }
    return true;
  }

  private static <B extends Batch> byte[] encoded(OtlpCodec<B> codec, Cargo<B> cargo) {
    OtlpEncoder<B> encoder = codec.encoder();
    encoder.encode(cargo);
    return encoder.toByteArray();
  }

  @Test
  void sendsSeveralPartsInOneRequest() throws Exception {
    TracesData first = traces(span -> {});
    TracesData second = traces(span -> span.setName("second"));
    byte[] padded = new byte[second.getSerializedSize() + 7];
    System.arraycopy(second.toByteArray(), 0, padded, 3, second.getSerializedSize());
    Cargo<SpanBatch> undecoded =
        OtlpCodec.TRACES.undecoded(padded, 3, padded.length - 4).orElseThrow();
    Cargo<SpanBatch> rows = new Cargo.Rows<>(OtlpCodec.TRACES.decode(first.toByteArray()).batch());
    var joined = new Cargo.Joined<>(List.of(rows, undecoded), Batches::concat);
    assertThat(TracesData.parseFrom(encoded(OtlpCodec.TRACES, joined)))
        .isEqualTo(
            TracesData.newBuilder()
                .addAllResourceSpans(first.getResourceSpansList())
                .addAllResourceSpans(second.getResourceSpansList())
                .build());
    assertThat(joined.items()).isEqualTo(2);
    assertThat(joined.batch().items()).isEqualTo(2);
  }

  @Test
  void passesASpanOfTheUsualForm() {
    assertThat(passes(traces(span -> {}))).isTrue();
    assertThat(passes(traces(span -> span.setParentSpanId(bytes(8, 0))))).isTrue();
    assertThat(passes(traces(span -> span.setFlags(257).setName("näme")))).isTrue();
  }

  @Test
  void leavesInvalidIdsToTheDecoder() {
    assertThat(passes(traces(span -> span.setTraceId(bytes(16, 0))))).isFalse();
    assertThat(passes(traces(span -> span.setTraceId(bytes(15, 1))))).isFalse();
    assertThat(passes(traces(Span.Builder::clearTraceId))).isFalse();
    assertThat(passes(traces(span -> span.setSpanId(bytes(8, 0))))).isFalse();
    assertThat(passes(traces(Span.Builder::clearSpanId))).isFalse();
    assertThat(passes(traces(span -> span.setParentSpanId(bytes(7, 1))))).isFalse();
    assertThat(passes(traces(span -> span.addLinksBuilder().setTraceId(bytes(16, 1))))).isFalse();
    assertThat(passes(logs(log -> log.setSpanId(bytes(8, 1))))).isTrue();
    assertThat(passes(logs(log -> log.setSpanId(bytes(8, 0))))).isFalse();
    assertThat(passes(logs(log -> log.setTraceId(bytes(4, 1))))).isFalse();
  }

  @Test
  void leavesTextsThatAreNotUtf8ToTheDecoder() {
    ByteString text = ByteString.copyFrom(new byte[] {'g', 'o', 'o', 'd', ' ', (byte) 0xff});
    byte[] plain = traces(span -> span.setName("g00d x")).toByteArray();
    byte[] name = replaced(plain, ByteString.copyFromUtf8("g00d x"), text);
    assertThat(OtlpCodec.TRACES.undecoded(plain, 0, plain.length)).isPresent();
    assertThat(OtlpCodec.TRACES.undecoded(name, 0, name.length)).isEmpty();
    byte[] keyed =
        replaced(
            traces(span -> span.addAttributes(KeyValue.newBuilder().setKey("g00d x")))
                .toByteArray(),
            ByteString.copyFromUtf8("g00d x"),
            text);
    assertThat(OtlpCodec.TRACES.undecoded(keyed, 0, keyed.length)).isEmpty();
  }

  private static byte[] replaced(byte[] bytes, ByteString what, ByteString with) {
    byte[] made = bytes.clone();
    for (int at = 0; at + what.size() <= bytes.length; at++) {
      if (ByteString.copyFrom(bytes, at, what.size()).equals(what)) {
        System.arraycopy(with.toByteArray(), 0, made, at, with.size());
      }
    }
    return made;
  }

  @Test
  void leavesDeepNestingAndManyEmptyRowsToTheDecoder() {
    assertThat(passes(logs(log -> log.setBody(nested(5))))).isTrue();
    assertThat(passes(logs(log -> log.setBody(nested(20))))).isFalse();
    var many = ScopeLogs.newBuilder();
    for (int i = 0; i < 700_000; i++) {
      many.addLogRecords(LogRecord.getDefaultInstance());
    }
    assertThat(
            passes(
                LogsData.newBuilder()
                    .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(many))
                    .build()))
        .isFalse();
  }

  private static AnyValue nested(int depth) {
    AnyValue value = AnyValue.newBuilder().setIntValue(-1).build();
    for (int i = 0; i < depth; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    return value;
  }

  @Test
  void leavesAnotherSignalToTheDecoder() {
    byte[] traces = traces(span -> {}).toByteArray();
    assertThat(OtlpCodec.TRACES.undecoded(traces, 0, traces.length)).isPresent();
    assertThat(OtlpCodec.METRICS.undecoded(traces, 0, traces.length)).isEmpty();
    assertThat(OtlpCodec.LOGS.undecoded(traces, 0, traces.length)).isEmpty();
  }

  private static boolean passes(TracesData data) {
    byte[] request = data.toByteArray();
    return agrees(OtlpCodec.TRACES, request, 0);
  }

  private static boolean passes(LogsData data) {
    byte[] request = data.toByteArray();
    return agrees(OtlpCodec.LOGS, request, 0);
  }

  private static TracesData traces(Consumer<Span.Builder> change) {
    var span =
        Span.newBuilder()
            .setTraceId(bytes(16, 1))
            .setSpanId(bytes(8, 2))
            .setName("first")
            .setKindValue(2)
            .setStartTimeUnixNano(5);
    change.accept(span);
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.getDefaultInstance())
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.getDefaultInstance())
                        .addSpans(span)))
        .build();
  }

  private static LogsData logs(Consumer<LogRecord.Builder> change) {
    var log = LogRecord.newBuilder().setTimeUnixNano(5);
    change.accept(log);
    return LogsData.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
        .build();
  }

  private static ByteString bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return ByteString.copyFrom(bytes);
  }
}
