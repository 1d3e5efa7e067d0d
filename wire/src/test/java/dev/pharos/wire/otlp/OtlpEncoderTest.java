package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Batch;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.edit.LogEditor;
import dev.pharos.model.edit.SpanEditor;
import dev.pharos.wire.workload.SpanWorkload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtlpEncoderTest {
  private static final int ROUNDS = 80;

  @Test
  void partsTogetherMakeTheWhole() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomOtlp(seed);
      parts(OtlpCodec.TRACES, OtlpCodec.TRACES.decode(random.traces().toByteArray()).batch(), seed);
      parts(OtlpCodec.LOGS, OtlpCodec.LOGS.decode(random.logs().toByteArray()).batch(), seed);
    }
  }

  private static <B extends Batch> void parts(OtlpCodec<B> codec, B batch, long seed) {
    OtlpEncoder<B> encoder = codec.encoder();
    List<String> all = BatchTexts.of(batch);
    var random = new Random(seed);
    var found = new ArrayList<String>();
    for (int from = 0; from < batch.items(); ) {
      int to = from + 1 + random.nextInt(batch.items() - from);
      encoder.encode(batch, from, to);
      var part = BatchTexts.of(codec.decode(encoder.toByteArray()).batch());
      assertThat(part)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(all.subList(from, to));
      found.addAll(part);
      from = to;
    }
    assertThat(found).as("seed %d", seed).hasSize(all.size());
    int[] odd = IntStream.range(0, batch.items()).filter(i -> i % 2 == 1).toArray();
    encoder.encode(batch, odd, 0, odd.length);
    assertThat(BatchTexts.of(codec.decode(encoder.toByteArray()).batch()))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(IntStream.of(odd).mapToObj(all::get).toList());
  }

  @Test
  void partsOfMetricsHoldEachPointOnceAndEachEmptyMetricOnce() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      MetricBatch batch =
          OtlpCodec.METRICS.decode(new RandomOtlp(seed).metrics().toByteArray()).batch();
      OtlpEncoder<MetricBatch> encoder = OtlpCodec.METRICS.encoder();
      var random = new Random(seed);
      var found = new ArrayList<String>();
      int from = 0;
      do {
        int to = from + Math.min(1 + random.nextInt(4), batch.items() - from);
        encoder.encode(batch, from, to);
        found.addAll(BatchTexts.of(OtlpCodec.METRICS.decode(encoder.toByteArray()).batch()));
        from = to;
      } while (from < batch.items());
      assertThat(found)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(BatchTexts.of(batch));
      int[] odd = IntStream.range(0, batch.items()).filter(i -> i % 2 == 1).toArray();
      encoder.encode(batch, odd, 0, odd.length);
      assertThat(OtlpCodec.METRICS.decode(encoder.toByteArray()).batch().items())
          .as("seed %d", seed)
          .isEqualTo(odd.length);
    }
  }

  @Test
  void findsTheLongestRunThatFits() {
    SpanBatch batch = OtlpCodec.TRACES.decode(new SpanWorkload(3).request(60).body()).batch();
    OtlpEncoder<SpanBatch> encoder = OtlpCodec.TRACES.encoder();
    int from = 0;
    int parts = 0;
    while (from < batch.items()) {
      int to = encoder.fitting(batch, from, 6_000);
      assertThat(to).isGreaterThan(from);
      assertThat(encoder.sizeBytes(batch, from, to)).isLessThanOrEqualTo(6_000);
      if (to < batch.items()) {
        assertThat(encoder.sizeBytes(batch, from, to + 1)).isGreaterThan(6_000);
      }
      from = to;
      parts++;
    }
    assertThat(parts).isBetween(4, 12);
    assertThat(encoder.fitting(batch, 5, 10)).isEqualTo(6);
  }

  @Test
  void sendsNothingOfWhatWasDeletedOrReplaced() {
    String secret = "s3cr3t-4111-1111";
    SpanBatch spans = OtlpCodec.TRACES.decode(new SpanWorkload(1).request(20).body()).batch();
    SpanEditor planting = SpanEditor.over(spans);
    while (planting.next()) {
      planting.attributes().set("card", secret);
      planting.name(secret + " name");
    }
    SpanBatch planted = planting.finish();
    assertThat(text(OtlpCodec.TRACES.encode(planted))).contains(secret);
    SpanEditor redacting = SpanEditor.over(planted);
    while (redacting.next()) {
      redacting.attributes().remove("card");
      redacting.name("name");
    }
    SpanBatch clean = redacting.finish();
    assertThat(text(OtlpCodec.TRACES.encode(clean))).doesNotContain(secret);
    assertThat(text(clean.symbols().bytes())).doesNotContain(secret);
    assertThat(clean.rows()).isEqualTo(20);

    LogBatch logs = new RandomBatches(1).logs(3);
    LogEditor bodies = LogEditor.over(logs);
    while (bodies.next()) {
      bodies.bodyText(secret);
    }
    LogEditor dropping = LogEditor.over(bodies.finish());
    while (dropping.next()) {
      dropping.bodyText("***");
    }
    assertThat(text(OtlpCodec.LOGS.encode(dropping.finish())))
        .contains("***")
        .doesNotContain(secret);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
