package dev.pharos.query.logql;

import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.LogBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Counts the records of a block. One thread.
final class BlockCounting {
  /// Widths of cells, of which the least is taken that gives few.
  private static final long[] UNITS = {
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000L,
    60_000_000_000L
  };

  private final LogRows rows;
  private final UnaryOperator<ResourceLabels> shared;
  private final List<BlockCounts.Group> groups = new ArrayList<>();

  /// By Resource, the numbers of its groups.
  private final Map<Integer, List<Integer>> groupsOf = new HashMap<>();

  /// @param shared the one instance of equal Resources
  private BlockCounting(LogBlock block, UnaryOperator<ResourceLabels> shared) {
    this.rows = new LogRows(block);
    this.shared = shared;
  }

  /// @param fewCells what a block may have before its cells are made wider
  static BlockCounts of(LogBlock block, int fewCells, UnaryOperator<ResourceLabels> shared) {
    var counting = new BlockCounting(block, shared);
    Set<String> attributes =
        Stream.of(AttributeScope.SCOPE, AttributeScope.ITEM)
            .flatMap(scope -> block.attributeKeys(scope).stream())
            .map(LabelNames::sanitize)
            .collect(Collectors.toUnmodifiableSet());
    var streamRows = new StreamRows(counting.rows);
    BlockCounts.Cells cells = counting.cells(streamRows, fewCells);
    return new BlockCounts(
        block.rows(),
        List.copyOf(counting.groups),
        cells,
        counting.streams(streamRows),
        attributes);
  }

  private List<BlockCounts.StreamTimes> streams(StreamRows streamRows) {
    return streamRows.byStream().values().stream()
        .map(
            ordered ->
                new BlockCounts.StreamTimes(
                    shared.apply(rows.labels(rows.resource(ordered[0]))).stream(),
                    rows.timeNanos(ordered[0]),
                    rows.timeNanos(ordered[ordered.length - 1])))
        .toList();
  }

  private BlockCounts.Cells cells(StreamRows streamRows, int fewCells) {
    var repeats = new BitSet();
    var match = new RecordMatch();
    streamRows.byStream().values().forEach(each -> match.repeats(rows, each, repeats));
    var line = new Line();
    var times = new long[rows.rows()];
    var groupOf = new int[times.length];
    int count = 0;
    for (int row = 0; row < times.length; row++) {
      if (!repeats.get(row)) {
        line.reset(rows, row);
        times[count] = rows.timeNanos(row);
        groupOf[count++] = group(rows.resource(row), line.get(LabelNames.DETECTED_LEVEL));
      }
    }
    long[] kept = Arrays.copyOf(times, count);
    for (long unit : UNITS) {
      boolean last = unit == UNITS[UNITS.length - 1];
      Map<Cell, int[]> found = cells(kept, groupOf, unit, last ? Integer.MAX_VALUE : fewCells);
      if (!found.isEmpty() || count == 0) {
        return cells(found, unit);
      }
    }
    throw new IllegalStateException("no cells for " + count + " records");
  }

  private int group(int resource, String level) {
    List<Integer> known = groupsOf.computeIfAbsent(resource, r -> new ArrayList<>());
    for (int number : known) {
      if (groups.get(number).level().equals(level)) {
        return number;
      }
    }
    known.add(groups.size());
    groups.add(new BlockCounts.Group(shared.apply(rows.labels(resource)), level));
    return groups.size() - 1;
  }

  private record Cell(long end, int group) {}

  /// How many records each cell has; nothing if there are too many cells.
  private static Map<Cell, int[]> cells(long[] times, int[] groupOf, long unit, int most) {
    if (times.length == 0) {
      return Map.of();
    }
    long span = times[times.length - 1] / unit - times[0] / unit;
    if (Math.abs(span) > most * 16L) {
      return Map.of();
    }
    Map<Cell, int[]> cells = new LinkedHashMap<>();
    for (int i = 0; i < times.length; i++) {
      var cell = new Cell(Math.ceilDiv(times[i], unit) * unit, groupOf[i]);
      cells.computeIfAbsent(cell, c -> new int[1])[0]++;
      if (cells.size() > most) {
        return Map.of();
      }
    }
    return cells;
  }

  private static BlockCounts.Cells cells(Map<Cell, int[]> found, long unit) {
    var ends = new long[found.size()];
    var groups = new int[ends.length];
    var records = new int[ends.length];
    int at = 0;
    for (Map.Entry<Cell, int[]> entry : found.entrySet()) {
      ends[at] = entry.getKey().end();
      groups[at] = entry.getKey().group();
      records[at++] = entry.getValue()[0];
    }
    return new BlockCounts.Cells(unit, ends, groups, records);
  }
}
