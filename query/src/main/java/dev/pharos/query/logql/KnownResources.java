package dev.pharos.query.logql;

import dev.pharos.store.read.LogBlock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts blocks, whose counts share what they know of a Resource. Any thread.
final class KnownResources {
  private static final int MAX_RESOURCES = 10_000;

  private final int fewCells;
  private final Map<ResourceLabels, ResourceLabels> known = new ConcurrentHashMap<>();

  /// @param fewCells as in [BlockCounting#of]
  KnownResources(int fewCells) {
    this.fewCells = fewCells;
  }

  BlockCounts count(LogBlock block) {
    return BlockCounting.of(block, fewCells, this::shared);
  }

  private ResourceLabels shared(ResourceLabels labels) {
    if (known.size() >= MAX_RESOURCES) {
      known.clear();
    }
    ResourceLabels same = known.putIfAbsent(labels, labels);
    return same == null ? labels : same;
  }
}
