package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.pharos.model.Batch;
import dev.pharos.model.proto.DecodeException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Requests that are odd, cut off, damaged or made to hurt.
class OtlpHostileTest {
  private static final int ROUNDS = 150;

  @Test
  void readsFieldsInAnyOrderAndFormAlike() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var shuffled = new ShuffledProto(new Random(seed));
      var random = new RandomOtlp(seed);
      TracesData traces = random.traces();
      assertThat(
              Regrouped.of(
                  read(TracesData.parser(), again(OtlpCodec.TRACES, shuffled.encode(traces)))))
          .as("seed %d", seed)
          .isEqualTo(
              Regrouped.of(
                  read(TracesData.parser(), again(OtlpCodec.TRACES, traces.toByteArray()))));
      LogsData logs = random.logs();
      assertThat(
              Regrouped.of(read(LogsData.parser(), again(OtlpCodec.LOGS, shuffled.encode(logs)))))
          .as("seed %d", seed)
          .isEqualTo(
              Regrouped.of(read(LogsData.parser(), again(OtlpCodec.LOGS, logs.toByteArray()))));
      MetricsData metrics = random.metrics();
      assertThat(
              Regrouped.of(
                  read(MetricsData.parser(), again(OtlpCodec.METRICS, shuffled.encode(metrics)))))
          .as("seed %d", seed)
          .isEqualTo(
              Regrouped.of(
                  read(MetricsData.parser(), again(OtlpCodec.METRICS, metrics.toByteArray()))));
    }
  }

  /// Nested values keep unknown fields; they do not matter.
  private static <M extends Message> M read(Parser<M> parser, byte[] bytes)
      throws InvalidProtocolBufferException {
    return DiscardUnknownFieldsParser.wrap(parser).parseFrom(bytes);
  }

  private static <B extends Batch> byte[] again(OtlpCodec<B> codec, byte[] request) {
    return codec.encode(codec.decode(request).batch());
  }

  @Test
  void refusesTruncatedRequestsWhereTheGeneratedClassesDo() {
    for (long seed = 0; seed < 4; seed++) {
      var random = new RandomOtlp(seed);
      truncate(OtlpCodec.TRACES, random.traces().toByteArray(), TracesData::parseFrom);
      truncate(OtlpCodec.LOGS, random.logs().toByteArray(), LogsData::parseFrom);
      truncate(OtlpCodec.METRICS, random.metrics().toByteArray(), MetricsData::parseFrom);
    }
  }

  private interface Oracle {
    Object parse(byte[] bytes) throws InvalidProtocolBufferException;
  }

  private static <B extends Batch> void truncate(
      OtlpCodec<B> codec, byte[] request, Oracle oracle) {
    for (int length = 0; length < Math.min(request.length, 6000); length++) {
      byte[] cut = Arrays.copyOf(request, length);
      assertThat(accepts(codec, cut))
          .as("cut at %d of %d", length, request.length)
          .isEqualTo(accepts(oracle, cut));
    }
  }

  private static boolean accepts(Oracle oracle, byte[] bytes) {
    try {
      oracle.parse(bytes);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static <B extends Batch> boolean accepts(OtlpCodec<B> codec, byte[] bytes) {
    try {
      codec.decode(bytes);
      return true;
    } catch (DecodeException e) {
      assertThat(e).hasMessageContaining("byte ");
      return false;
    }
  }

  @Test
  void survivesDamageAndSendsOnlyWhatOthersCanRead() throws Exception {
    for (long seed = 0; seed < ROUNDS * 2; seed++) {
      var random = new Random(seed);
      var otlp = new RandomOtlp(seed);
      damaged(OtlpCodec.TRACES, otlp.traces().toByteArray(), random, TracesData::parseFrom, seed);
      damaged(OtlpCodec.LOGS, otlp.logs().toByteArray(), random, LogsData::parseFrom, seed);
      damaged(
          OtlpCodec.METRICS, otlp.metrics().toByteArray(), random, MetricsData::parseFrom, seed);
    }
  }

  private static <B extends Batch> void damaged(
      OtlpCodec<B> codec, byte[] request, Random random, Oracle oracle, long seed)
      throws Exception {
    if (request.length == 0) {
      return;
    }
    for (int round = 0; round < 4; round++) {
      byte[] damaged = request.clone();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        byte[] sent = codec.encode(codec.decode(damaged).batch());
        oracle.parse(sent);
        codec.encodeJson(codec.decode(damaged).batch());
      } catch (DecodeException e) {
        // Refused: as good as read.
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void survivesNoise() {
    var random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      accepts(OtlpCodec.TRACES, noise);
      accepts(OtlpCodec.METRICS, noise);
      try {
        OtlpCodec.LOGS.decodeJson(noise);
      } catch (DecodeException e) {
        // As it should be.
      }
    }
  }

  @Test
  void namesTheByteAndTheLengthThatLies() {
    byte[] huge = {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07};
    assertThatThrownBy(() -> OtlpCodec.TRACES.decode(huge))
        .isInstanceOf(DecodeException.class)
        .hasMessage("byte 1: length 2147483647 (expected: at most the 0 bytes left)");
    byte[] negative = {0x0A, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    assertThatThrownBy(() -> OtlpCodec.LOGS.decode(negative))
        .hasMessageContaining("length 18446744073709551615");
    byte[] endless = {0x0A, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> OtlpCodec.METRICS.decode(endless))
        .hasMessageContaining("more than 10 bytes");
    assertThatThrownBy(() -> OtlpCodec.METRICS.decode(new byte[] {0x00}))
        .hasMessageContaining("field number 0");
    assertThatThrownBy(() -> OtlpCodec.METRICS.decode(new byte[] {0x0E}))
        .hasMessageContaining("wire type 6");
  }

  @Test
  void refusesToGrowASmallRequestIntoAHugeBatch() {
    byte[] records = new byte[4_000_000];
    for (int i = 0; i < records.length; i += 2) {
      records[i] = 0x12;
    }
    assertThatThrownBy(() -> OtlpCodec.LOGS.decode(wrap(wrap(records, 0x12), 0x0A)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("bytes decoded (expected: fewer messages without content)");
    byte[] few = Arrays.copyOf(records, 100_000);
    assertThat(OtlpCodec.LOGS.decode(wrap(wrap(few, 0x12), 0x0A)).batch().rows()).isEqualTo(50_000);
  }

  @Test
  void refusesDeepValuesAndGroups() throws Exception {
    assertThat(OtlpCodec.LOGS.decode(nested(40)).batch().rows()).isOne();
    assertThatThrownBy(() -> OtlpCodec.LOGS.decode(nested(60)))
        .hasMessageContaining("nested deeper than 100");
    assertThatThrownBy(() -> OtlpCodec.LOGS.decode(nested(50_000)))
        .isInstanceOf(DecodeException.class);
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) (9 << 3 | 3));
    assertThatThrownBy(() -> OtlpCodec.LOGS.decode(groups))
        .hasMessageContaining("groups nested deeper than 100");
  }

  /// A log record whose body is so many arrays in each other.
  private static byte[] nested(int depth) {
    byte[] value = AnyValue.newBuilder().setBoolValue(true).build().toByteArray();
    byte[] body = new byte[value.length + depth * 12];
    int start = body.length - value.length;
    System.arraycopy(value, 0, body, start, value.length);
    for (int i = 0; i < depth; i++) {
      start = prefix(body, start, (byte) 0x0A);
      start = prefix(body, start, (byte) 0x2A);
    }
    byte[] any = Arrays.copyOfRange(body, start, body.length);
    byte[] record = new byte[any.length + 6];
    System.arraycopy(any, 0, record, 6, any.length);
    byte[] recordBytes = Arrays.copyOfRange(record, prefix(record, 6, (byte) 0x2A), record.length);
    return wrap(wrap(wrap(recordBytes, 0x12), 0x12), 0x0A);
  }

  private static byte[] wrap(byte[] message, int tag) {
    byte[] room = new byte[message.length + 6];
    System.arraycopy(message, 0, room, 6, message.length);
    return Arrays.copyOfRange(room, prefix(room, 6, (byte) tag), room.length);
  }

  /// Writes tag and length of what begins at `start` before it.
  private static int prefix(byte[] bytes, int start, byte tag) {
    int length = bytes.length - start;
    int size = 1 + (31 - Integer.numberOfLeadingZeros(length | 1)) / 7;
    int at = start - size;
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (length >>> 7 * i & 0x7f | (i < size - 1 ? 0x80 : 0));
    }
    bytes[at - 1] = tag;
    return at - 1;
  }

  @Test
  void dealsWithTheDeepestValueThatTheGeneratedClassesRead() throws Exception {
    AnyValue value = AnyValue.newBuilder().setStringValue("deep").build();
    for (int i = 0; i < 44; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    LogsData data =
        LogsData.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(LogRecord.newBuilder().setBody(value))))
            .build();
    LogsData read = LogsData.parseFrom(again(OtlpCodec.LOGS, data.toByteArray()));
    assertThat(read.getResourceLogs(0).getScopeLogs(0).getLogRecords(0).getBody()).isEqualTo(value);
  }
}
