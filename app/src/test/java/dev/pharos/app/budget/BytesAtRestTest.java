package dev.pharos.app.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.store.engine.SignalEngine;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.workload.LogWorkload;
import dev.pharos.wire.workload.MetricWorkload;
import dev.pharos.wire.workload.SpanWorkload;
import dev.pharos.wire.workload.Stamps;
import dev.pharos.wire.workload.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What generated data takes in segments stays within the goals after merges, and a quarter above them after cuts.
/// The data are those of the load tool, with a fixed seed; the figures are the same on every machine.
class BytesAtRestTest {
  private static final int CUTS = 12;

  /// First segments are written in quick forms; the merge pays for the small ones.
  private static final double CUT_SHARE = 1.25;

  private static final double SPAN_LIMIT = 50;
  private static final double LINE_LIMIT = 62;
  private static final double SAMPLE_LIMIT = 1.33;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  @Test
  void aSpanStaysWithinItsBytes() {
    var workload = new SpanWorkload(1);
    var stamps = new Stamps(1);
    int items = 500;
    try (var store = new BudgetStore(folder)) {
      check(
          "span",
          store.store().traceEngine(),
          SPAN_LIMIT,
          20L * items,
          cut -> {
            for (int i = 0; i < 20; i++) {
              Template request = workload.request(items);
              request.refresh(
                  stamps, BudgetStore.NOW_NANOS - (CUTS - cut) * 60 * SECOND + i * SECOND);
              BudgetStore.put(
                  store.store().traces(), OtlpCodec.TRACES.decode(request.body()).batch());
            }
          });
    }
  }

  @Test
  void aLogLineStaysWithinItsBytes() {
    var workload = new LogWorkload(1);
    var stamps = new Stamps(1);
    int items = 500;
    try (var store = new BudgetStore(folder)) {
      check(
          "line",
          store.store().logEngine(),
          LINE_LIMIT,
          20L * items,
          cut -> {
            for (int i = 0; i < 20; i++) {
              Template request = workload.request(items);
              request.refresh(
                  stamps, BudgetStore.NOW_NANOS - (CUTS - cut) * 60 * SECOND + i * SECOND);
              BudgetStore.put(store.store().logs(), OtlpCodec.LOGS.decode(request.body()).batch());
            }
          });
    }
  }

  @Test
  void aSampleStaysWithinItsBytes() {
    List<Template> machine = new MetricWorkload(1).requests(0, 2000);
    var stamps = new Stamps(1);
    int steps = 40;
    try (var store = new BudgetStore(folder)) {
      check(
          "sample",
          store.store().metricEngine(),
          SAMPLE_LIMIT,
          (long) steps * MetricWorkload.MACHINE_SAMPLES,
          cut -> {
            for (int step = 0; step < steps; step++) {
              long back = (CUTS * steps - cut * steps - step) * 15 * SECOND;
              for (Template request : machine) {
                request.refresh(stamps, BudgetStore.NOW_NANOS - back);
                BudgetStore.put(
                    store.store().metrics(), OtlpCodec.METRICS.decode(request.body()).batch());
              }
            }
          });
    }
  }

  /// Fills and cuts twelve times, as many as a merge takes, then merges; both sizes are held.
  private static void check(
      String item, SignalEngine<?> engine, double limit, long itemsACut, Consumer<Integer> fill) {
    for (int cut = 0; cut < CUTS; cut++) {
      fill.accept(cut);
      assertThat(engine.cut()).isTrue();
    }
    double items = itemsACut * CUTS;
    int segments = BudgetStore.segmentCount(engine);
    double afterCut = BudgetStore.segmentBytes(engine) / items;
    while (engine.merge()) {
      segments = Math.max(segments, BudgetStore.segmentCount(engine));
    }
    double afterMerge = BudgetStore.segmentBytes(engine) / items;
    System.out.printf(
        "bytes a %s: %.2f after cuts, %.2f after merge%n", item, afterCut, afterMerge);

    assertThat(BudgetStore.segmentCount(engine)).as("segments merged").isLessThan(segments);
    assertThat(afterCut).as("bytes a %s after cuts", item).isLessThanOrEqualTo(limit * CUT_SHARE);
    assertThat(afterMerge).as("bytes a %s after the merge", item).isLessThanOrEqualTo(limit);
  }
}
