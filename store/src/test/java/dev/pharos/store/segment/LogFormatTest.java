package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.LogBatch;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  private final LogFormat format = new LogFormat();
  private final MemoryStorage storage = new MemoryStorage();

  static LogBatch all(LogBlock block) {
    return block.materialize(IntStream.range(0, block.rows()).toArray(), block.rows());
  }

  static List<String> rows(OpenSegment<LogBlock> segment) {
    var rows = new ArrayList<String>();
    for (BlockRef<LogBlock> ref : segment.blocks(SpanFormatTest.ALL)) {
      rows.addAll(Rendered.rows(all(ref.open().orElseThrow())));
    }
    return rows;
  }

  private OpenSegment<LogBlock> write(String name, LogBatch... batches) {
    return format.open(storage, format.write(List.of(batches), storage, name));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void keepsEverythingABatchHolds(long seed) {
    var random = new RandomBatches(seed);
    LogBatch first = random.logs(3000);
    LogBatch second = random.logs(9000);
    var expected = new ArrayList<String>(Rendered.rows(first));
    expected.addAll(Rendered.rows(second));
    assertThat(rows(write("s", first, second)))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void mergesToTheSameRows(long seed) {
    var random = new RandomBatches(seed);
    var inputs = new ArrayList<OpenSegment<LogBlock>>();
    var batches = new ArrayList<LogBatch>();
    for (int i = 0; i < 3; i++) {
      batches.add(random.logs(5000));
      inputs.add(write("in" + i, batches.getLast()));
    }
    long cut = RandomBatches.BASE + 1_000_000_000_000L;
    var expected = new ArrayList<String>();
    for (LogBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        if (LogCopy.time(batch, row) >= cut) {
          expected.add(Rendered.row(batch, row));
        }
      }
    }
    SegmentMeta meta = format.merge(inputs, time -> time >= cut, storage, "out");
    assertThat(rows(format.open(storage, meta)))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(meta.rows()).isEqualTo(expected.size());
  }

  @Test
  void mergesIntoTheSameOrderAsOneWrite() {
    var lines = new MeterLines(3, RandomBatches.BASE, 1_000_000_000);
    LogBatch first = lines.next(6000);
    LogBatch second = lines.next(6000);
    OpenSegment<LogBlock> one = write("one", first, second);
    SegmentMeta merged =
        format.merge(List.of(write("a", first), write("b", second)), time -> true, storage, "two");
    assertThat(rows(format.open(storage, merged))).isEqualTo(rows(one));
    assertThat(merged.sizeBytes()).isEqualTo(one.meta().sizeBytes());
  }

  @Test
  void countsStreams() {
    var lines = new MeterLines(4, RandomBatches.BASE, 1_000_000_000);
    OpenSegment<LogBlock> segment = write("s", lines.next(5000));
    assertThat(segment.streams()).hasSize(20);
    assertThat(segment.streams().stream().mapToLong(LogStream::records).sum()).isEqualTo(5000);
    assertThat(segment.streams().stream().mapToLong(LogStream::bodyBytes).sum() / 5000.0)
        .isBetween(230.0, 280.0);
  }

  @Test
  void keepsTheOrderOfEqualTimesWithinAStream() {
    var batch = new LogBatch();
    batch.resources().add(0, 0, 0);
    batch.scopes().add(0, 0, 0, 0);
    for (int i = 0; i < 100; i++) {
      int row = batch.addRow();
      batch.timeNanos()[row] = 1000 - i / 10;
      batch.bodyType()[row] = dev.pharos.model.ValueType.INT;
      batch.body()[row] = i;
      batch.attributes().endParent();
    }
    LogBatch stored =
        all(write("s", batch).blocks(SpanFormatTest.ALL).getFirst().open().orElseThrow());
    for (int i = 0; i < 100; i++) {
      assertThat(stored.body()[i]).isEqualTo((9 - i / 10) * 10 + i % 10);
    }
  }
}
