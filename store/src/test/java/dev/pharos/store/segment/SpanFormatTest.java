package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanFormatTest {
  private final SpanFormat format = new SpanFormat();
  private final MemoryStorage storage = new MemoryStorage();

  static final Scan ALL =
      new Scan(Tenant.DEFAULT, Long.MIN_VALUE, Long.MAX_VALUE, Scan.Order.OLDEST_FIRST, List.of());

  static SpanBatch all(SpanBlock block) {
    return block.materialize(IntStream.range(0, block.rows()).toArray(), block.rows());
  }

  static List<String> rows(OpenSegment<SpanBlock> segment) {
    var rows = new ArrayList<String>();
    for (BlockRef<SpanBlock> ref : segment.blocks(ALL)) {
      rows.addAll(Rendered.rows(all(ref.open().orElseThrow())));
    }
    return rows;
  }

  private OpenSegment<SpanBlock> write(String name, SpanBatch... batches) {
    return format.open(storage, format.write(List.of(batches), storage, name));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void keepsEverythingABatchHolds(long seed) {
    var random = new RandomBatches(seed);
    SpanBatch first = random.spans(3000);
    SpanBatch second = random.spans(9000);
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
    var inputs = new ArrayList<OpenSegment<SpanBlock>>();
    var expected = new ArrayList<String>();
    long cut = RandomBatches.BASE + 1_000_000_000_000L;
    for (int i = 0; i < 3; i++) {
      SpanBatch batch = random.spans(5000);
      for (int row = 0; row < batch.rows(); row++) {
        if (batch.startNanos()[row] >= cut) {
          expected.add(Rendered.row(batch, row));
        }
      }
      inputs.add(write("in" + i, batch));
    }
    SegmentMeta meta = format.merge(inputs, time -> time >= cut, storage, "out");
    assertThat(rows(format.open(storage, meta)))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(meta.rows()).isEqualTo(expected.size());
    assertThat(meta.minNanos()).isGreaterThanOrEqualTo(cut);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 10})
  void readsAFewRowsAsItReadsAll(long seed) {
    var random = new RandomBatches(seed);
    var meter = new MeterSpans(seed, RandomBatches.BASE, 1_000_000);
    List<OpenSegment<SpanBlock>> cuts =
        List.of(write("a", random.spans(1500), meter.next(3000)), write("b", random.spans(900)));
    var segments = new ArrayList<>(cuts);
    segments.add(format.open(storage, format.merge(cuts, time -> true, storage, "out")));
    var choice = new SplittableRandom(seed);
    for (OpenSegment<SpanBlock> segment : segments) {
      for (BlockRef<SpanBlock> ref : segment.blocks(ALL)) {
        SpanBlock whole = ref.open().orElseThrow();
        int count = whole.rows();
        int share = choice.nextBoolean() ? count : 5 * choice.nextInt(1, 100);
        int[] some =
            IntStream.range(0, count).filter(row -> choice.nextInt(share) < share / 5).toArray();
        SpanBlock few = ref.open().orElseThrow().only(some).orElseThrow();
        PickedRows.assertSame(whole, some, few);
        Runs.assertSameAsSpans(whole);
        Runs.assertSameAsSpans(few);
        assertThat(Rendered.rows(ref.open().orElseThrow().materialize(some, some.length)))
            .as("seed %d", seed)
            .isEqualTo(Rendered.rows(whole.materialize(some, some.length)));
      }
    }
  }

  /// Texts that were added without a look for equal ones have several symbols, keys too.
  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void givesTheRunsOfABatchAsItsSpansHaveThem(long seed) {
    SpanBatch batch = new RandomBatches(seed).spans(2000);
    Symbols symbols = batch.symbols();
    int[] keys = batch.attributes().keys();
    for (int i = 0; i < batch.attributes().size(); i += 3) {
      keys[i] = symbols.add(symbols.bytes(), symbols.offset(keys[i]), symbols.length(keys[i]));
    }
    Runs.assertSameAsSpans(format.head(batch).open().orElseThrow());
  }

  /// A column costs what it holds, not what the segment's dictionary does: one hostile span would fill the heap.
  @Test
  void writesThousandsOfColumnsInLittleMemory() {
    int keys = 2_000;
    var batch = new SpanBatch(20);
    Symbols symbols = batch.symbols();
    batch.resources().add(0, 0, 0);
    batch.scopes().add(0, 0, 0, 0);
    for (int i = 0; i < 20; i++) {
      int row = batch.addRow();
      batch.traceLo()[row] = 1;
      batch.spanId()[row] = i + 1;
      for (int key = 0; key < keys; key++) {
        String text = "value " + i + " of " + key;
        batch
            .attributes()
            .add(symbols.intern("key." + key), ValueType.STRING, symbols.intern(text));
      }
      batch.attributes().endParent();
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    OpenSegment<SpanBlock> segment = write("s", batch);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000_000);
    assertThat(rows(segment)).containsExactlyInAnyOrderElementsOf(Rendered.rows(batch));
  }

  @Test
  void storesTracesTogetherAndByStart() {
    var random = new RandomBatches(9);
    OpenSegment<SpanBlock> segment = write("s", random.spans(4000), random.spans(4000));
    var merged = new SpanBatch(0);
    for (BlockRef<SpanBlock> ref : segment.blocks(ALL)) {
      merged = all(ref.open().orElseThrow());
      for (int row = 1; row < merged.rows(); row++) {
        assertThat(TraceOrder.compare(merged, row - 1, merged, row)).isLessThanOrEqualTo(0);
      }
    }
    assertThat(merged.rows()).isPositive();
  }

  @Test
  void writesAndMergesNothing() {
    OpenSegment<SpanBlock> empty = write("s", new SpanBatch());
    assertThat(empty.blocks(ALL)).isEmpty();
    assertThat(format.merge(List.of(empty), time -> true, storage, "m").rows()).isZero();
  }

  @Test
  void readsOnlyTheColumnsAskedFor() {
    var spans = new MeterSpans(1, RandomBatches.BASE, 1_000_000);
    OpenSegment<SpanBlock> segment = write("s", spans.next(8192));
    SpanBlock block = segment.blocks(ALL).getFirst().open().orElseThrow();
    long before = storage.bytesRead();
    block.column(dev.pharos.store.read.Field.KIND);
    block.column(dev.pharos.store.read.Field.STATUS_CODE);
    assertThat(storage.bytesRead() - before).isBetween(1L, segment.meta().sizeBytes() / 20);
  }
}
