package dev.pharos.insight.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.insight.trace.TraceAnalysis.Run;
import dev.pharos.insight.trace.TraceAnalysis.ServiceTime;
import dev.pharos.insight.trace.TraceAnalysis.Stretch;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceAnalysisTest {
  private static final long ZERO = 1_000_000_000L;

  private static SpanRecord span(
      long id, long parent, long from, long to, String service, String name, boolean error) {
    return new SpanRecord(
        1,
        id,
        parent,
        Map.of("service.name", service),
        "",
        name,
        1,
        error ? 2 : 0,
        "",
        ZERO + from,
        ZERO + to,
        Map.of(),
        List.of());
  }

  private static SpanRecord span(long id, long parent, long from, long to) {
    return span(id, parent, from, to, "s", "n" + id, false);
  }

  private static SpanRecord failed(long id, long parent, long from, long to) {
    return span(id, parent, from, to, "s", "n" + id, true);
  }

  private static TraceAnalysis analysis(List<SpanRecord> spans) {
    return TraceAnalysis.of(MemorySpans.batch(spans));
  }

  private static TraceAnalysis analysis(SpanRecord... spans) {
    return analysis(Arrays.asList(spans));
  }

  @Test
  void putsOnTheCriticalPathWhatTheEndWaitedFor() {
    TraceAnalysis found =
        analysis(span(1, 0, 0, 100), span(2, 1, 10, 30), span(3, 1, 10, 80), span(4, 3, 20, 70));
    assertThat(found.criticalPath())
        .containsExactlyInAnyOrder(
            new Stretch(1, 0, 10),
            new Stretch(1, 80, 100),
            new Stretch(3, 10, 20),
            new Stretch(3, 70, 80),
            new Stretch(4, 20, 70));
  }

  @Test
  void coversTheWholeTraceWhateverTheTree() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var spans = new ArrayList<SpanRecord>();
      spans.add(span(1, 0, 0, 1_000_000));
      for (int id = 2; id < 40; id++) {
        SpanRecord parent = spans.get(random.nextInt(spans.size()));
        long from = parent.startNanos() - ZERO;
        long room = parent.endNanos() - parent.startNanos();
        long start = from + random.nextLong(room + 1);
        long end = start + random.nextLong(from + room - start + 1);
        spans.add(span(id, parent.spanId(), start, end));
      }
      long sum =
          analysis(spans).criticalPath().stream()
              .mapToLong(stretch -> stretch.toNanos() - stretch.fromNanos())
              .sum();
      assertThat(sum).as("seed %d, round %d", seed, round).isEqualTo(1_000_000);
    }
  }

  @Test
  void findsTheFailedSpanThatNoFailedChildExplains() {
    TraceAnalysis found =
        analysis(
            failed(1, 0, 0, 9),
            failed(2, 1, 1, 8),
            failed(3, 2, 2, 7),
            span(4, 3, 3, 4),
            failed(5, 1, 1, 2));
    assertThat(found.errorOrigin()).hasValue(3);
    assertThat(found.errorPath()).containsExactly(1L, 2L, 3L);
    assertThat(analysis(span(1, 0, 0, 1)).errorOrigin()).isEmpty();
  }

  @Test
  void foldsTwentySiblingsAlikeAndKeepsOutTheSlowestAndTheFailed() {
    var spans = new ArrayList<SpanRecord>();
    spans.add(span(1, 0, 0, 100_000));
    for (int i = 0; i < 30; i++) {
      long from = i * 1_000L;
      spans.add(span(100 + i, 1, from, from + (i == 12 ? 900 : 100), "s", "SELECT", i == 20));
    }
    TraceAnalysis found = analysis(spans);
    assertThat(found.runs()).hasSize(1);
    Run run = found.runs().getFirst();
    assertThat(run.parent()).hasValue(1);
    assertThat(run.spans()).hasSize(28).doesNotContain(112L, 120L);
    assertThat(run.p50Nanos()).isEqualTo(100);
    assertThat(run.maxNanos()).isEqualTo(100);
  }

  @Test
  void countsSelfTimeWithoutWhatOverlappingChildrenCover() {
    TraceAnalysis found =
        analysis(
            span(1, 0, 0, 100),
            span(2, 1, 10, 40, "b", "x", false),
            span(3, 1, 30, 60, "b", "x", false),
            span(4, 1, 90, 120, "b", "x", true));
    ServiceTime own = found.services().getFirst();
    assertThat(own.service()).isEqualTo("s");
    assertThat(own.selfNanos()).isEqualTo(40);
    assertThat(found.services().get(1).spans()).isEqualTo(3);
    assertThat(found.services().get(1).errors()).isEqualTo(1);
  }

  @Test
  void movesAServiceWhoseClockIsBehindIntoItsParent() {
    TraceAnalysis found =
        analysis(
            span(1, 0, 100, 200, "front", "a", false),
            span(2, 1, 50, 90, "back", "b", false),
            span(3, 2, 60, 70, "back", "c", false));
    assertThat(found.durationNanos()).isEqualTo(150);
    assertThat(found.moves()).containsExactly(new Move(2, 80));
    assertThat(found.criticalPath()).contains(new Stretch(3, 90, 100), new Stretch(2, 80, 90));
  }

  @Test
  void saysWhatTheTraceWaitedForLongest() {
    TraceAnalysis found =
        analysis(
            span(1, 0, 0, 100, "shop", "a", false),
            span(2, 1, 5, 45, "pay", "charge", true),
            span(3, 1, 50, 90, "pay", "charge", true),
            span(4, 1, 92, 96, "pay", "note", false));
    assertThat(found.verdict()).contains(new Verdict("pay", "charge", 80, List.of(2L, 3L), 2, ""));
    assertThat(analysis(span(1, 0, 5, 5)).verdict()).isEmpty();
  }

  @Test
  void cutsCyclesOfParentsAndLosesNoSpan() {
    TraceAnalysis found =
        analysis(span(1, 3, 0, 3), span(2, 1, 1, 2), span(3, 2, 1, 2), span(4, 4, 5, 6));
    assertThat(found.spans()).isEqualTo(4);
    assertThat(found.criticalPath()).isNotEmpty();
  }

  @Test
  void walksChainsOfTenThousandSpans() {
    var spans = new ArrayList<SpanRecord>();
    for (int i = 0; i < 10_000; i++) {
      spans.add(span(i + 1, i, i, 20_000 - i));
    }
    TraceAnalysis found = analysis(spans);
    assertThat(found.spans()).isEqualTo(10_000);
    var onPath = new HashSet<Long>();
    found.criticalPath().forEach(stretch -> onPath.add(stretch.span()));
    assertThat(onPath).hasSize(10_000);
  }
}
