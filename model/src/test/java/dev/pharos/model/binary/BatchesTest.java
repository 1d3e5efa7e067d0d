package dev.pharos.model.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Batch;
import dev.pharos.model.BatchTexts;
import dev.pharos.model.LogBatch;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.SpanBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static <B extends Batch> void concatKeepsAll(long seed, IntFunction<B> make) {
    var random = new Random(seed);
    var sources = new ArrayList<B>();
    var expected = new ArrayList<String>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      B batch = make.apply(random.nextInt(20));
      sources.add(batch);
      expected.addAll(BatchTexts.of(batch));
    }
    B joined = Batches.concat(sources);
    assertThat(BatchTexts.of(joined)).as("seed %d", seed).isEqualTo(expected);
    var out = new BatchBuffer(0);
    BatchCodec.encode(joined, out);
    assertThat(BatchTexts.of(BatchCodec.decode(out.view())))
        .as("seed %d", seed)
        .isEqualTo(expected);
  }

  @Test
  void concatKeepsEveryItemInOrder() {
    for (long seed = 0; seed < 100; seed++) {
      var made = new RandomBatches(seed);
      concatKeepsAll(seed, made::spans);
      concatKeepsAll(seed, made::logs);
      concatKeepsAll(seed, made::metrics);
    }
  }

  @Test
  void appendTakesJustTheRangesAskedFor() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      SpanBatch source = new RandomBatches(seed).spans(30);
      List<String> texts = BatchTexts.of(source);
      var target = new SpanBatch();
      var appender = Batches.appender(target);
      var expected = new ArrayList<String>();
      for (int at = 0; at < 30; ) {
        int end = at + 1 + random.nextInt(30 - at);
        appender.append(source, at, end);
        expected.addAll(texts.subList(at, end));
        at = end + random.nextInt(3);
      }
      assertThat(BatchTexts.of(target)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void splitMetricStaysOneMetric() {
    var source = new RandomBatches(7).metrics(10);
    var target = new dev.pharos.model.MetricBatch();
    var appender = Batches.appender(target);
    for (int point = 0; point < source.items(); point++) {
      appender.append(source, point, point + 1);
    }
    assertThat(BatchTexts.of(target)).isEqualTo(BatchTexts.of(source));
    assertThat(target.rows()).isEqualTo(source.rows());
  }

  @Test
  void equalResourcesAndScopesAreJoined() {
    SpanBatch first = new RandomBatches(3).spans(50);
    SpanBatch second = new RandomBatches(3).spans(50);
    SpanBatch joined = Batches.concat(List.of(first, second));
    assertThat(joined.resources().size()).isLessThanOrEqualTo(first.resources().size());
    assertThat(joined.scopes().size()).isLessThanOrEqualTo(first.scopes().size());
  }

  @Test
  void bodiesAreAppendedAndKeysStayFindable() {
    var log = new LogBatch();
    byte[] text = "service.name".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    log.resources().add(0, 0, 0);
    log.scopes().add(0, 0, 0, 0);
    log.addRow();
    log.bodyType()[0] = dev.pharos.model.ValueType.STRING;
    log.body()[0] = log.symbols().intern("service.name");
    log.attributes().add(log.symbols().intern("service.name"), dev.pharos.model.ValueType.BOOL, 1);
    log.attributes().endParent();
    var target = new LogBatch();
    Batches.append(target, log, 0, 1);
    int key = target.symbols().find(text, 0, text.length);
    assertThat(target.attributes().find(0, key)).isZero();
  }

  @Test
  void decodedDictionaryFindsItsTexts() {
    var out = new BatchBuffer(0);
    SpanBatch batch = new RandomBatches(9).spans(30);
    BatchCodec.encode(batch, out);
    SpanBatch read =
        BatchCodec.decodeSpans(ByteBuffer.wrap(out.view().array(), 0, out.sizeBytes()));
    for (int id = 0; id < read.symbols().count(); id++) {
      assertThat(read.symbols().find(read.symbols().text(id))).isEqualTo(id);
    }
  }
}
