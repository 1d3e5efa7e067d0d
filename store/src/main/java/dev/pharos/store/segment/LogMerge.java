package dev.pharos.store.segment;

import dev.pharos.store.read.LogBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/// Merges segments of log records. Blocks that are at least half full and have few Resources are taken over as they
/// are: cuts come one after the other in time, so hardly a row would change its place. The rows of the others are
/// sorted into new blocks. One thread.
final class LogMerge {
  private static final int MAX_RESOURCES = 8;

  private record Whole(LogBlockCopy copy, BlockEntry block, int resource) {}

  private final List<Whole> wholes = new ArrayList<>();
  private final List<LogCursor> cursors = new ArrayList<>();
  private final StreamTally tally;
  private final StreamTables streams;
  private final SegmentWriter writer;
  private final LongPredicate keep;

  LogMerge(StreamTables streams, SegmentWriter writer, LongPredicate keep) {
    this.streams = streams;
    this.writer = writer;
    this.keep = keep;
    this.tally = new StreamTally(streams.tables().resources.size());
  }

  /// Adds the input that was added to the stream tables as number `source`.
  void add(SegmentView<LogBlock> input, int source) {
    Footer footer = input.footer();
    int[] resourceRows = streams.rows(source);
    int[] scopeRows = streams.tables().addScopes(footer.tables().scopes, footer.tables().symbols);
    boolean keepsAll = input.meta().rows() == 0 || keep.test(input.meta().minNanos());
    var loose = new ArrayList<BlockEntry>();
    var copy = new LogBlockCopy(footer, input.reader(), resourceRows, scopeRows, writer);
    for (BlockEntry block : footer.blocks()) {
      if (keepsAll && isWhole(block)) {
        wholes.add(new Whole(copy, block, resourceRows[block.bounds().minResource()]));
      } else {
        loose.add(block);
      }
    }
    if (keepsAll) {
      for (int resource = 0; resource < footer.streams().size(); resource++) {
        tally.add(resourceRows[resource], footer.streams().get(resource));
      }
    }
    cursors.add(
        new LogCursor(
            new LogCursor.Source(input, loose, resourceRows, scopeRows), streams, keep, !keepsAll));
  }

  /// Many rows, or a few that are as large.
  private static boolean isWhole(BlockEntry block) {
    Chunk body = block.chunk(Part.BODY);
    return block.bounds().maxResource() - block.bounds().minResource() < MAX_RESOURCES
        && (block.rows() >= LogFormat.BLOCK_ROWS / 2
            || body != null && body.length() >= LogFormat.BLOCK_TEXT_BYTES / 8);
  }

  SegmentMeta run() {
    wholes.sort(
        Comparator.comparingInt(Whole::resource)
            .thenComparingLong(whole -> whole.block.bounds().minNanos()));
    for (Whole whole : wholes) {
      whole.copy.copy(whole.block);
    }
    var stage = new LogStage(writer, tally);
    MergeCursor.mergeAll(
        cursors, cursor -> stage.add(cursor.copy(), cursor.row(), cursor.isCounted()));
    stage.finish();
    return writer.finish(tally.counts());
  }
}
