package dev.pharos.bench.micro;

import dev.pharos.wire.workload.LogWorkload;
import dev.pharos.wire.workload.MetricWorkload;
import dev.pharos.wire.workload.SpanWorkload;
import dev.pharos.wire.workload.Stamps;
import dev.pharos.wire.workload.Template;
import java.util.ArrayList;
import java.util.List;

/// Encoded requests of 500 items.
final class Requests {
  static final int ITEMS = 500;

  /// The afternoon of a day; all data of the benchmarks lie before it.
  static final long NOW_NANOS = 1_768_478_400_000_000_000L;

  private static final long BETWEEN_NANOS = 10_000_000L;

  private Requests() {}

  static List<byte[]> spans(int count) {
    var workload = new SpanWorkload(1);
    return filled(count, () -> workload.request(ITEMS));
  }

  static List<byte[]> lines(int count) {
    var workload = new LogWorkload(1);
    return filled(count, () -> workload.request(ITEMS));
  }

  static List<byte[]> points(int count) {
    List<Template> machine = new MetricWorkload(1).requests(0, ITEMS);
    var next = new int[1];
    return filled(count, () -> machine.get(next[0]++ % (machine.size() - 1)));
  }

  private interface Source {
    Template next();
  }

  private static List<byte[]> filled(int count, Source source) {
    var stamps = new Stamps(1);
    var requests = new ArrayList<byte[]>(count);
    for (int i = 0; i < count; i++) {
      Template template = source.next();
      template.refresh(stamps, NOW_NANOS - (count - i) * BETWEEN_NANOS);
      requests.add(template.body().clone());
    }
    return requests;
  }
}
