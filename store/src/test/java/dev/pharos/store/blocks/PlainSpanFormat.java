package dev.pharos.store.blocks;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.BatchBuffer;
import dev.pharos.model.binary.BatchCodec;
import dev.pharos.model.binary.Batches;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.segment.HeadBlock;
import dev.pharos.store.segment.OpenSegment;
import dev.pharos.store.segment.SegmentFormat;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.segment.SpanFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/// Segments that are one encoded batch each: the simplest format there can be, for tests of all that is around formats.
/// Has no columns of attributes.
public final class PlainSpanFormat implements SegmentFormat<SpanBatch, SpanBlock> {
  @Override
  public SegmentMeta write(List<SpanBatch> batches, SegmentStorage storage, String name) {
    return write(Batches.concat(batches), storage, name);
  }

  private static SegmentMeta write(SpanBatch all, SegmentStorage storage, String name) {
    var bytes = new BatchBuffer(1024);
    BatchCodec.encode(all, bytes);
    try (SegmentStorage.Upload upload = storage.create(name)) {
      ByteBuffer view = bytes.view();
      int half = view.limit() / 2;
      upload.write(view.slice(0, half));
      upload.write(view.slice(half, view.limit() - half));
      upload.commit();
    }
    PlainBlock block = new PlainBlock(all);
    return new SegmentMeta(name, bytes.sizeBytes(), all.rows(), block.minNanos(), block.maxNanos());
  }

  @Override
  public SegmentMeta merge(
      List<OpenSegment<SpanBlock>> inputs,
      LongPredicate keep,
      SegmentStorage storage,
      String name) {
    BatchAppender<SpanBatch> kept = Batches.appender(new SpanBatch());
    for (OpenSegment<SpanBlock> input : inputs) {
      SpanBatch batch = ((PlainSegment) input).block.batch;
      for (int row = 0; row < batch.rows(); row++) {
        if (keep.test(batch.startNanos()[row])) {
          kept.append(batch, row, row + 1);
        }
      }
    }
    return write(kept.target(), storage, name);
  }

  @Override
  public OpenSegment<SpanBlock> open(SegmentStorage storage, SegmentMeta meta) {
    ByteBuffer bytes = ByteBuffer.allocate((int) meta.sizeBytes());
    storage.read(meta.name(), List.of(new SegmentStorage.Range(0, bytes)));
    return new PlainSegment(meta, new PlainBlock(BatchCodec.decodeSpans(bytes.flip())));
  }

  @Override
  public HeadBlock<SpanBlock> head(SpanBatch batch) {
    return new PlainBlock(batch);
  }

  private record PlainSegment(SegmentMeta meta, PlainBlock block)
      implements OpenSegment<SpanBlock> {
    @Override
    public List<BlockRef<SpanBlock>> blocks(Scan scan) {
      return List.of(block);
    }

    @Override
    public List<LogStream> streams() {
      return List.of();
    }

    @Override
    public long heapBytes() {
      return block.batch.sizeBytes();
    }
  }

  private record PlainBlock(SpanBatch batch) implements SpanBlock, HeadBlock<SpanBlock> {
    @Override
    public int rows() {
      return batch.rows();
    }

    @Override
    public long minNanos() {
      long min = Long.MAX_VALUE;
      for (int row = 0; row < batch.rows(); row++) {
        min = Math.min(min, batch.startNanos()[row]);
      }
      return min;
    }

    @Override
    public long maxNanos() {
      long max = Long.MIN_VALUE;
      for (int row = 0; row < batch.rows(); row++) {
        max = Math.max(max, batch.startNanos()[row]);
      }
      return max;
    }

    @Override
    public Optional<SpanBlock> open() {
      return Optional.of(this);
    }

    @Override
    public Column column(Field field) {
      return new SpanFormat().head(batch).open().orElseThrow().column(field);
    }

    @Override
    public Column attribute(AttributeScope scope, String key) {
      return Column.absent(batch.rows());
    }

    @Override
    public Set<String> attributeKeys(AttributeScope scope) {
      return Set.of();
    }

    @Override
    public ResourceTable resources() {
      return batch.resources();
    }

    @Override
    public Symbols resourceSymbols() {
      return batch.symbols();
    }

    @Override
    public Block events() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Block links() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SpanBatch materialize(int[] rows, int count) {
      BatchAppender<SpanBatch> made = Batches.appender(new SpanBatch(count));
      for (int i = 0; i < count; i++) {
        made.append(batch, rows[i], rows[i] + 1);
      }
      return made.target();
    }
  }

  /// All spans that a plan shows, block by block.
  public static List<SpanBatch> all(StoredTraces reader, Scan scan) {
    var batches = new ArrayList<SpanBatch>();
    try (var plan = reader.plan(scan)) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        SpanBlock block = ref.open().orElseThrow();
        var rows = new int[block.rows()];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = i;
        }
        batches.add(block.materialize(rows, rows.length));
      }
    }
    return batches;
  }
}
