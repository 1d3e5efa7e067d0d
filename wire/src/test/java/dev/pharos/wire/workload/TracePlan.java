package dev.pharos.wire.workload;

import java.util.ArrayList;
import java.util.List;

/// The tree of one trace: who calls whom, when and for how long, within the two seconds before now.
final class TracePlan {
  enum Kind {
    SERVER,
    CLIENT,
    DATABASE,
    INTERNAL
  }

  /// @param trace its number in the request
  /// @param id its number in the request
  /// @param parent the parent's number, or -1 for the root
  /// @param startNanos from now, negative
  record Span(
      int trace,
      int id,
      int parent,
      int service,
      Kind kind,
      long startNanos,
      long durationNanos,
      boolean failed) {
    long endNanos() {
      return startNanos + durationNanos;
    }
  }

  private TracePlan() {}

  /// A trace of `count` spans, numbered from `firstId` on. The root is a request to the portal; a call's child is the
  /// other side's span, in any service.
  static List<Span> of(Stamps random, int trace, int firstId, int count) {
    var spans = new ArrayList<Span>(count);
    double skew = random.fraction() * random.fraction() * random.fraction();
    long total = (long) (15e6 + skew * 1.6e9);
    spans.add(
        new Span(
            trace,
            firstId,
            -1,
            0,
            Kind.SERVER,
            -total - random.below(150_000_000),
            total,
            failed(random)));
    for (int i = 1; i < count; i++) {
      Span parent = spans.get(Math.max(0, i - 1 - random.below(Math.min(i, 4))));
      long start = parent.startNanos + (long) (random.fraction() * 0.3 * parent.durationNanos);
      long duration = (long) ((parent.endNanos() - start) * (0.15 + 0.75 * random.fraction()));
      int service = parent.service;
      int dice = random.below(10);
      Kind kind = dice < 4 ? Kind.CLIENT : dice < 7 ? Kind.DATABASE : Kind.INTERNAL;
      if (parent.kind == Kind.CLIENT) {
        kind = Kind.SERVER;
        service = random.below(Site.SERVICES.size());
      }
      spans.add(
          new Span(trace, firstId + i, parent.id, service, kind, start, duration, failed(random)));
    }
    return spans;
  }

  private static boolean failed(Stamps random) {
    return random.below(100) < 2;
  }
}
