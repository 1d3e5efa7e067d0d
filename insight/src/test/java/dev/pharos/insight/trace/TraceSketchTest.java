package dev.pharos.insight.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.insight.trace.TraceSketch.Bar;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSketchTest {
  private static final long ZERO = 1_000_000_000L;

  private static SpanRecord span(long id, long parent, long from, long to, String service) {
    return new SpanRecord(
        1,
        id,
        parent,
        Map.of("service.name", service),
        "",
        "n",
        1,
        0,
        "",
        ZERO + from,
        ZERO + to,
        Map.of(),
        List.of());
  }

  @Test
  void showsFromWhenToWhenEachServiceWasAtIt() {
    TraceSketch found =
        TraceSketch.of(
            MemorySpans.batch(
                List.of(
                    span(1, 0, 0, 100, "shop"),
                    span(2, 1, 10, 40, "orders"),
                    span(3, 1, 60, 90, "orders"),
                    span(4, 3, 70, 80, "stock"))));
    assertThat(found.durationNanos()).isEqualTo(100);
    assertThat(found.bars())
        .containsExactly(
            new Bar("shop", 0, 100), new Bar("orders", 10, 90), new Bar("stock", 70, 80));
  }

  @Test
  void leavesOutServicesThatWereAtItForAShorterTime() {
    TraceSketch found =
        TraceSketch.of(
            MemorySpans.batch(
                List.of(
                    span(1, 0, 0, 100, "a"),
                    span(2, 1, 1, 3, "short"),
                    span(3, 1, 10, 60, "b"),
                    span(4, 1, 5, 50, "c"))));
    assertThat(found.bars()).extracting(Bar::service).containsExactly("a", "c", "b");
  }
}
