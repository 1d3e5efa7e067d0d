package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Scan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
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

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void mergesBlocksOfFewStreamsWithoutLosingAnything(long seed) {
    var inputs = new ArrayList<OpenSegment<LogBlock>>();
    var expected = new ArrayList<String>();
    var counted = new TreeMap<String, Long>();
    for (int i = 0; i < 4; i++) {
      // Other Resources, scopes and keys come first in each input.
      LogBatch batch =
          new MeterLines(seed * 10 + i, RandomBatches.BASE, 1_000_000_000).next(15_000);
      LogBatch odd = new RandomBatches(seed * 10 + i).logs(10 + i * 40);
      inputs.add(i % 2 == 0 ? write("in" + i, batch, odd) : write("in" + i, odd, batch));
      expected.addAll(Rendered.rows(batch));
      expected.addAll(Rendered.rows(odd));
      count(inputs.getLast(), counted);
    }
    SegmentMeta once = format.merge(inputs.subList(0, 3), time -> true, storage, "once");
    SegmentMeta meta =
        format.merge(
            List.of(format.open(storage, once), inputs.get(3)), time -> true, storage, "twice");
    OpenSegment<LogBlock> merged = format.open(storage, meta);
    List<String> found = rows(merged);
    Collections.sort(found);
    Collections.sort(expected);
    assertThat(found.equals(expected)).as("seed %d", seed).isTrue();
    var after = new TreeMap<String, Long>();
    count(merged, after);
    assertThat(after).isEqualTo(counted);
    assertThat(blocks(merged)).isLessThan(14);
  }

  private static int blocks(OpenSegment<LogBlock> segment) {
    return segment.blocks(SpanFormatTest.ALL).size();
  }

  private static void count(OpenSegment<LogBlock> segment, TreeMap<String, Long> into) {
    for (LogStream stream : segment.streams()) {
      String name = Rendered.resource(stream.resources(), stream.resource(), stream.symbols());
      into.merge(name + " records", stream.records(), Long::sum);
      into.merge(name + " bytes", stream.bodyBytes(), Long::sum);
      into.merge(name + " min", stream.minNanos(), Math::min);
      into.merge(name + " max", stream.maxNanos(), Math::max);
    }
  }

  @Test
  void findsAWordOfABlockThatWasMerged() {
    var lines = new MeterLines(5, RandomBatches.BASE, 1_000_000_000);
    OpenSegment<LogBlock> first = write("a", lines.next(30_000));
    String needle = lines.lastNeedle();
    String hex = HexFormat.of().formatHex(needle.getBytes(StandardCharsets.UTF_8));
    OpenSegment<LogBlock> second = write("b", lines.next(30_000));
    SegmentMeta meta = format.merge(List.of(first, second), time -> true, storage, "c");
    OpenSegment<LogBlock> merged = format.open(storage, meta);
    long found =
        opened(merged, needle).stream()
            .filter(block -> Rendered.rows(all(block)).stream().anyMatch(r -> r.contains(hex)))
            .count();
    assertThat(found).isEqualTo(1);
  }

  private static List<LogBlock> opened(OpenSegment<LogBlock> segment, String needle) {
    var contains = new Condition.BodyContains(List.of(needle.getBytes(StandardCharsets.UTF_8)));
    var scan =
        new Scan(
            Tenant.DEFAULT,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Scan.Order.OLDEST_FIRST,
            List.of(contains));
    return segment.blocks(scan).stream().flatMap(ref -> ref.open().stream()).toList();
  }

  @Test
  void filtersBodiesThatAreNoTextByTheTextThatStandsForThem() {
    var batch = new LogBatch();
    batch.resources().add(0, 0, 0);
    batch.scopes().add(0, 0, 0, 0);
    for (int i = 0; i < 100; i++) {
      int row = batch.addRow();
      batch.timeNanos()[row] = 1000 + i;
      batch.bodyType()[row] = i % 2 == 0 ? ValueType.INT : ValueType.EMPTY;
      batch.body()[row] = i % 2 == 0 ? 1_234_567_890_123L + i : 0;
      batch.attributes().endParent();
    }
    OpenSegment<LogBlock> segment = write("s", batch);
    assertThat(opened(segment, "1234567890177")).hasSize(1);
    assertThat(opened(segment, "567890177")).hasSize(1);
    assertThat(opened(segment, "9234567890177")).isEmpty();
    assertThat(opened(segment, "no such word")).isEmpty();
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
      batch.bodyType()[row] = ValueType.INT;
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
