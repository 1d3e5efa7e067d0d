package dev.pharos.bench.load;

import dev.pharos.wire.workload.LogWorkload;
import dev.pharos.wire.workload.MetricWorkload;
import dev.pharos.wire.workload.SpanWorkload;
import dev.pharos.wire.workload.Stamps;
import dev.pharos.wire.workload.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The requests that one line sends, one after the other, each set anew just before. The points of a series are all of
/// one lane, so that they stay in order. One thread at a time.
final class Lane {
  /// Bytes of templates that all lanes hold together: enough that texts do not repeat in the server's dictionaries more
  /// than real ones, and little enough for caches to matter less than the server.
  private static final int TEMPLATE_ITEMS = 48_000;

  private final List<Template> templates;
  private final Stamps stamps;
  private final long firstNanos;
  private final long stepNanos;
  private final long rounds;
  private int next;
  private long round;

  /// @param firstNanos time of the first round of requests, or 0 for the time of sending
  /// @param stepNanos from round to round
  /// @param rounds how often all requests are sent
  private Lane(List<Template> templates, long seed, long firstNanos, long stepNanos, long rounds) {
    this.templates = templates;
    this.stamps = new Stamps(seed);
    this.firstNanos = firstNanos;
    this.stepNanos = stepNanos;
    this.rounds = rounds;
  }

  /// The lanes of a run, at most as many as wanted.
  ///
  /// @param nowNanos Unix time of the run's start; ids depend on it, so that no two runs send the same
  static List<Lane> of(LoadOptions options, int wanted, long nowNanos) {
    var templates = new ArrayList<List<Template>>();
    for (int i = 0; i < wanted; i++) {
      templates.add(new ArrayList<>());
    }
    List<Template> all = templates(options, wanted);
    for (int i = 0; i < all.size(); i++) {
      templates.get(i % wanted).add(all.get(i));
    }
    templates.removeIf(List::isEmpty);
    long steps = options.back().dividedBy(options.step());
    long first = steps == 0 ? 0 : nowNanos - (steps - 1) * options.step().toNanos();
    var lanes = new ArrayList<Lane>();
    for (int i = 0; i < templates.size(); i++) {
      long seed = nowNanos + options.seed() * 1_000_003 + i;
      long rounds = steps == 0 ? Long.MAX_VALUE : steps;
      lanes.add(new Lane(templates.get(i), seed, first, options.step().toNanos(), rounds));
    }
    return lanes;
  }

  private static List<Template> templates(LoadOptions options, int lanes) {
    int items = options.items();
    int count = Math.max(lanes, lanes * Math.max(1, TEMPLATE_ITEMS / items / lanes));
    var templates = new ArrayList<Template>();
    switch (options.signal()) {
      case TRACES -> {
        var spans = new SpanWorkload(options.seed());
        for (int i = 0; i < count; i++) {
          templates.add(spans.request(items));
        }
      }
      case LOGS -> {
        var lines = new LogWorkload(options.seed());
        for (int i = 0; i < count; i++) {
          templates.add(lines.request(items));
        }
      }
      case METRICS -> {
        var points = new MetricWorkload(options.seed());
        for (int machine = 0; machine < options.machines(); machine++) {
          templates.addAll(points.requests(machine, items));
        }
      }
    }
    return templates;
  }

  /// The next request, ready to be sent; empty when there is none left.
  Optional<Template> next(long nowNanos) {
    if (next == templates.size()) {
      next = 0;
      round++;
    }
    if (round >= rounds) {
      return Optional.empty();
    }
    Template template = templates.get(next++);
    template.refresh(stamps, firstNanos == 0 ? nowNanos : firstNanos + round * stepNanos);
    return Optional.of(template);
  }

  /// The first trace id of the request made last, in hex.
  String lastTrace() {
    return stamps.firstTrace();
  }
}
