package dev.pharos.store.summary;

import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.segment.MeterLines;
import dev.pharos.store.segment.MeterSpans;
import dev.pharos.store.segment.encoding.ByteSink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Measures what summarising a cut costs, in CPU time and bytes. Run by hand.
final class SummaryCost {
  private static final int REQUESTS = 512;

  private SummaryCost() {}

  public static void main(String[] args) {
    long now = 1_795_000_000_000_000_000L;
    var spans = new MeterSpans(1, now, 2_000_000);
    var lines = new MeterLines(1, now, 2_000_000);
    List<SpanBatch> spanBatches = new ArrayList<>();
    List<LogBatch> logBatches = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      spanBatches.add(spans.next(500));
      logBatches.add(lines.next(500));
    }
    for (int round = 0; round < 8; round++) {
      report(
          "span",
          spanBatches.stream().mapToInt(SpanBatch::rows).sum(),
          () -> {
            var builder = new SpanSummaryBuilder(Window.all(1));
            spanBatches.forEach(builder::add);
            var out = new ByteSink(1 << 16);
            builder.build().encode(out);
            return out.size();
          });
      report(
          "line",
          REQUESTS * 500,
          () -> {
            var builder = new LogSummaryBuilder(Window.all(1));
            logBatches.forEach(builder::add);
            var out = new ByteSink(1 << 16);
            builder.build().encode(out);
            return out.size();
          });
    }
  }

  private static void report(String what, int rows, java.util.function.IntSupplier work) {
    var thread = ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadCpuTime();
    int bytes = work.getAsInt();
    long nanos = thread.getCurrentThreadCpuTime() - before;
    System.out.printf(
        "%s: %.1f ns, %.2f bytes of %d%n",
        what, (double) nanos / rows, (double) bytes / rows, rows);
  }
}
