package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import dev.pharos.store.read.BlockMemo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the blocks of a plan that may have a record in common with another one, which must not be counted twice; they
/// are read row by row. What two blocks were found to share is remembered with their counts. One thread.
final class SharedRecords {
  private static final int RECENT_BLOCKS = 32;

  /// Pairs for each block, on average, from which on counting row by row is taken to be quicker.
  private static final int PAIRS_PER_BLOCK = 16;

  /// Blocks without counts beside which the others are looked for.
  private static final int FEW_UNCOUNTED = 100;

  private record Times(BlockCounts.StreamTimes times, CountedBlock block, BlockCounts counts) {}

  private final QueryContext context;
  private final RecordMatch match = new RecordMatch();
  private final Map<Long, StreamRows> recent = new LinkedHashMap<>(64, 0.75f, true);
  private long pairsLeft;

  private SharedRecords(QueryContext context, long pairs) {
    this.context = context;
    this.pairsLeft = pairs;
  }

  static void mark(QueryContext context, List<CountedBlock> blocks) {
    markBesideUncounted(blocks);
    Map<Labels, List<Times>> byStream = new HashMap<>();
    for (CountedBlock block : blocks) {
      block
          .counts()
          .ifPresent(
              counts -> {
                for (BlockCounts.StreamTimes each : counts.streams()) {
                  byStream
                      .computeIfAbsent(each.stream(), s -> new ArrayList<>())
                      .add(new Times(each, block, counts));
                }
              });
    }
    var shared = new SharedRecords(context, (long) blocks.size() * PAIRS_PER_BLOCK);
    for (List<Times> times : byStream.values()) {
      if (!shared.markWithin(times)) {
        blocks.forEach(CountedBlock::readByRows);
        return;
      }
    }
  }

  /// Of a block without counts nothing is known but its times.
  private static void markBesideUncounted(List<CountedBlock> blocks) {
    List<CountedBlock> uncounted = blocks.stream().filter(b -> b.counts().isEmpty()).toList();
    for (CountedBlock block : blocks) {
      boolean beside =
          uncounted.size() > FEW_UNCOUNTED || uncounted.stream().anyMatch(block::overlaps);
      if (beside) {
        block.readByRows();
      }
    }
  }

  /// @return false if there are too many pairs
  private boolean markWithin(List<Times> ofStream) {
    ofStream.sort(Comparator.comparingLong(each -> each.times().minNanos()));
    var open = new ArrayList<Times>();
    for (Times next : ofStream) {
      open.removeIf(before -> before.times().maxNanos() < next.times().minNanos());
      for (Times before : open) {
        if (pairsLeft-- <= 0) {
          return false;
        }
        boolean decided = before.block().isByRows() && next.block().isByRows();
        if (!decided && share(before, next)) {
          before.block().readByRows();
          next.block().readByRows();
        }
      }
      open.add(next);
    }
    return true;
  }

  private boolean share(Times before, Times next) {
    Optional<BlockMemo> memo = before.block().ref().memo();
    Optional<BlockMemo> nextMemo = next.block().ref().memo();
    if (memo.isEmpty() || nextMemo.isEmpty()) {
      return true;
    }
    var other = new BlockCounts.Part(memo.get().number(), next.times().stream());
    Optional<Boolean> known = next.counts().shares(other);
    if (known.isPresent()) {
      return known.get();
    }
    context.check();
    Optional<StreamRows> a = rows(before.block(), memo.get().number());
    Optional<StreamRows> b = rows(next.block(), nextMemo.get().number());
    if (a.isEmpty() || b.isEmpty()) {
      // No record that this query wants, which says nothing of others.
      return false;
    }
    boolean any = look(before, a.get(), next, b.get());
    next.counts().shares(other, any);
    return any;
  }

  private boolean look(Times before, StreamRows a, Times next, StreamRows b) {
    long min = next.times().minNanos();
    long max = Math.min(before.times().maxNanos(), next.times().maxNanos());
    Labels stream = next.times().stream();
    return match.anyShared(
        a.rows(), a.between(stream, min, max), b.rows(), b.between(stream, min, max));
  }

  private Optional<StreamRows> rows(CountedBlock block, long number) {
    StreamRows known = recent.get(number);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StreamRows> opened = block.ref().open().map(LogRows::new).map(StreamRows::new);
    opened.ifPresent(rows -> recent.put(number, rows));
    if (recent.size() > RECENT_BLOCKS) {
      recent.remove(recent.keySet().iterator().next());
    }
    return opened;
  }
}
