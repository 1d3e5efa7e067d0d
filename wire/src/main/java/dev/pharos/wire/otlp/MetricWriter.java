package dev.pharos.wire.otlp;

import dev.pharos.model.MetricBatch;
import dev.pharos.model.Symbols;
import java.util.Arrays;

/// Writes metrics with the selected ones of their points, fields from the last to the first.
final class MetricWriter extends OtlpEncoder<MetricBatch> {
  private static final int POINT = 1 << 3 | 2;

  private final PointWriter points = new PointWriter(this);

  /// Of each metric selected: its row, and where its points lie in the selection of points.
  private int[] metrics = new int[16];

  private int[] pointFrom = new int[16];
  private int[] pointTo = new int[16];
  private int size;

  private int[] list = {};
  private boolean listed;

  @Override
  void select(MetricBatch batch, int from, int to) {
    listed = false;
    size = 0;
    int all = batch.points().rows();
    int start = 0;
    for (int m = 0; m < batch.rows() && start <= to; m++) {
      int end = batch.pointEnds()[m];
      boolean any =
          end > start ? end > from && start < to : start >= from && (start < to || start == all);
      if (any) {
        add(m, Math.max(start, from), Math.min(end, to));
      }
      start = end;
    }
    group(batch);
  }

  @Override
  void select(MetricBatch batch, int[] items, int from, int to) {
    listed = true;
    list = items;
    size = 0;
    int at = from;
    for (int m = 0; m < batch.rows() && at < to; m++) {
      int first = at;
      while (at < to && items[at] < batch.pointEnds()[m]) {
        at++;
      }
      if (at > first) {
        add(m, first, at);
      }
    }
    group(batch);
  }

  private void add(int metric, int from, int to) {
    if (size == metrics.length) {
      metrics = Arrays.copyOf(metrics, size * 2);
      pointFrom = Arrays.copyOf(pointFrom, size * 2);
      pointTo = Arrays.copyOf(pointTo, size * 2);
    }
    metrics[size] = metric;
    pointFrom[size] = from;
    pointTo[size++] = to;
  }

  private void group(MetricBatch batch) {
    groups.start(batch.resources().size(), size);
    for (int i = 0; i < size; i++) {
      groups.add(i, batch.resource()[metrics[i]], batch.scope()[metrics[i]]);
    }
  }

  @Override
  void item(MetricBatch batch, int position) {
    int row = metrics[position];
    Symbols symbols = batch.symbols();
    int end = out.size();
    attributes(symbols, 12 << 3 | 2, batch.metadata(), row);
    byte kind = batch.kind()[row];
    if (kind != MetricBatch.NONE) {
      int dataEnd = out.size();
      number(3 << 3, batch.monotonic()[row]);
      number(2 << 3, batch.temporality()[row]);
      for (int i = pointTo[position] - 1; i >= pointFrom[position]; i--) {
        int pointEnd = out.size();
        points.write(batch, kind, listed ? list[i] : i);
        out.message(POINT, pointEnd);
      }
      out.message(dataField(kind) << 3 | 2, dataEnd);
    }
    text(symbols, 3 << 3 | 2, batch.unit()[row]);
    text(symbols, 2 << 3 | 2, batch.description()[row]);
    text(symbols, 1 << 3 | 2, batch.name()[row]);
    out.message(2 << 3 | 2, end);
  }

  private static int dataField(byte kind) {
    return switch (kind) {
      case MetricBatch.GAUGE -> 5;
      case MetricBatch.SUM -> 7;
      case MetricBatch.HISTOGRAM -> 9;
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> 10;
      case MetricBatch.SUMMARY -> 11;
      default -> throw new IllegalStateException("metric kind " + kind + " (expected: 1 to 5)");
    };
  }
}
