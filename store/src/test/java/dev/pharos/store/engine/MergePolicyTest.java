package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Tenant;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.segment.SegmentMeta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergePolicyTest {
  private static final long MIB = 1 << 20;

  private static SegmentEntry segment(String name, String tenant, int day, long bytes) {
    return new SegmentEntry(
        new Tenant(tenant), day, 0, new SegmentMeta(name, bytes, bytes / 50, 0, 1));
  }

  @Test
  void joinsOnlySegmentsOfOneTenantAndDay() {
    var segments = new ArrayList<SegmentEntry>();
    for (int i = 0; i < MergePolicy.FAN_IN - 1; i++) {
      segments.add(segment("a" + i, "a", 1, MIB));
      segments.add(segment("b" + i, "b", 1, MIB));
      segments.add(segment("c" + i, "a", 2, MIB));
    }
    assertThat(MergePolicy.pick(segments)).isEmpty();
    segments.add(segment("last", "b", 1, MIB));
    assertThat(MergePolicy.pick(segments))
        .hasSize(MergePolicy.FAN_IN)
        .allMatch(s -> s.tenant().name().equals("b"));
  }

  @Test
  void tellsHowFarMergesAreBehind() {
    var segments = new ArrayList<SegmentEntry>();
    assertThat(MergePolicy.behind(segments)).isZero();
    for (int i = 0; i < 5 * MergePolicy.FAN_IN; i++) {
      segments.add(segment("a" + i, "a", 1, MIB));
      segments.add(segment("large" + i, "a", 1, 1L << 30));
    }
    assertThat(MergePolicy.behind(segments)).isEqualTo(5);
  }

  @Test
  void bytesOfLargeCutsAreRewrittenTwiceAndSegmentsStayFew() {
    for (long cutBytes : new long[] {50_000, 3 * MIB, 7 * MIB, 20 * MIB, 60 * MIB}) {
      var segments = new ArrayList<SegmentEntry>();
      long cut = 0;
      long rewritten = 0;
      for (int i = 0; i < 4000; i++) {
        segments.add(segment("s" + i, "a", 1, cutBytes));
        cut += cutBytes;
        for (List<SegmentEntry> inputs = MergePolicy.pick(segments);
            !inputs.isEmpty();
            inputs = MergePolicy.pick(segments)) {
          long bytes = inputs.stream().mapToLong(s -> s.meta().sizeBytes()).sum();
          segments.removeAll(inputs);
          segments.add(segment("m" + i + "-" + bytes, "a", 1, bytes));
          rewritten += bytes;
        }
      }
      assertThat((double) rewritten / cut)
          .as("cuts of %d bytes", cutBytes)
          .isLessThanOrEqualTo(cutBytes < 4 * MIB ? 4.0 : 2.0);
      long whole = cut / (1 << 30);
      assertThat(segments)
          .as("cuts of %d bytes", cutBytes)
          .hasSizeLessThan((int) (3 * whole + 5 * MergePolicy.FAN_IN));
    }
  }
}
