package dev.pharos.store.engine;

import dev.pharos.model.Tenant;
import dev.pharos.store.manifest.SegmentEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which segments to merge next: those of one tenant and day whose sizes are of one tier. Stateless.
///
/// Tiers grow fourfold and a merge makes a segment twelve times as large as its inputs, up to 1 GiB. So a byte is
/// rewritten log 12 of 1 GiB over the size of a cut times: twice for cuts of some MiB, which is what a busy store
/// makes.
final class MergePolicy {
  static final int FAN_IN = 12;
  private static final int MAX_INPUTS = 48;
  private static final long TIER_BYTES = 32 << 10;
  private static final int TIER_GROWTH = 4;
  private static final long MAX_BYTES = 1L << 30;

  private record Group(Tenant tenant, int day, int tier) {}

  private MergePolicy() {}

  /// The inputs of the merge that saves most, or none. Oldest segments first.
  static List<SegmentEntry> pick(List<SegmentEntry> segments) {
    return groups(segments).values().stream()
        .filter(group -> group.size() >= FAN_IN)
        .max(Comparator.comparingInt(List::size))
        .map(MergePolicy::bounded)
        .orElse(List.of());
  }

  /// How many merges of [#FAN_IN] segments the largest group of segments is worth: what merges are behind by.
  static double behind(List<SegmentEntry> segments) {
    return groups(segments).values().stream().mapToInt(List::size).max().orElse(0)
        / (double) FAN_IN;
  }

  private static Map<Group, List<SegmentEntry>> groups(List<SegmentEntry> segments) {
    Map<Group, List<SegmentEntry>> groups = new LinkedHashMap<>();
    for (SegmentEntry segment : segments) {
      int tier = tier(segment.meta().sizeBytes());
      if (segment.meta().sizeBytes() < MAX_BYTES / 2) {
        groups
            .computeIfAbsent(
                new Group(segment.tenant(), segment.day(), tier), ignored -> new ArrayList<>())
            .add(segment);
      }
    }
    return groups;
  }

  private static List<SegmentEntry> bounded(List<SegmentEntry> group) {
    var inputs = new ArrayList<SegmentEntry>();
    long bytes = 0;
    for (SegmentEntry segment : group) {
      if (inputs.size() == MAX_INPUTS
          || bytes + segment.meta().sizeBytes() > MAX_BYTES && inputs.size() > 1) {
        break;
      }
      inputs.add(segment);
      bytes += segment.meta().sizeBytes();
    }
    return inputs;
  }

  static int tier(long bytes) {
    int tier = 0;
    for (long limit = TIER_BYTES; bytes >= limit; limit *= TIER_GROWTH) {
      tier++;
    }
    return tier;
  }
}
