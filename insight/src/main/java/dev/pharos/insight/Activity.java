package dev.pharos.insight;

import dev.pharos.insight.digest.Digests;
import dev.pharos.insight.digest.Peer;
import dev.pharos.insight.digest.Sender;
import dev.pharos.insight.digest.SpanDigest;
import dev.pharos.query.QueryContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What senders did in a range of time: when each was there, what it answered, and whom it called. One thread.
final class Activity implements SpanDigest.Visitor {
  static final long STEP_NANOS = 10_000_000_000L;

  private final long fromNanos;
  private final int columns;
  private final Map<Sender, Instance> instances = new HashMap<>();
  private final Map<String, Map<Peer, Outgoing>> outgoing = new TreeMap<>();
  private long completeFromNanos;

  /// One sender over time.
  final class Instance {
    final Sender sender;

    /// Spans of any kind in each step.
    final long[] spans = new long[columns];

    final @Nullable Calls[] byStep = new Calls[columns];

    private Instance(Sender sender) {
      this.sender = sender;
    }

    /// When its first span started, rounded down to ten seconds.
    long firstNanos() {
      int i = 0;
      while (spans[i] == 0) {
        i++;
      }
      return fromNanos + i * STEP_NANOS;
    }

    /// When the step ends in which its last span started.
    long lastNanos() {
      int i = columns - 1;
      while (spans[i] == 0) {
        i--;
      }
      return fromNanos + (i + 1) * STEP_NANOS;
    }

    boolean isIn(long from, long to) {
      for (int i = column(from); i < column(to); i++) {
        if (spans[i] > 0) {
          return true;
        }
      }
      return false;
    }

    /// Requests that it answered.
    Calls requests(long from, long to) {
      return sum(byStep, from, to);
    }
  }

  /// Calls of one service to one peer.
  final class Outgoing {
    final @Nullable Calls[] byStep = new Calls[columns];
    final List<SpanDigest.Sample> samples = new ArrayList<>();

    Calls calls(long from, long to) {
      return sum(byStep, from, to);
    }
  }

  private static final int SAMPLES = 64;

  private Activity(long fromNanos, long toNanos) {
    this.fromNanos = fromNanos;
    this.columns = (int) ((toNanos - fromNanos) / STEP_NANOS);
    completeFromNanos = fromNanos;
  }

  /// Both ends whole steps.
  static Activity read(
      Digests digests, QueryContext context, long fromNanos, long toNanos, Cost cost) {
    var activity = new Activity(fromNanos, toNanos);
    Digests.Effort effort = digests.visit(context, fromNanos, toNanos, activity);
    activity.completeFromNanos = effort.fromNanos();
    cost.add(effort);
    return activity;
  }

  @Override
  public void spans(Sender sender, long nanos, int count) {
    instance(sender).spans[column(nanos)] += count;
  }

  private Instance instance(Sender sender) {
    return instances.computeIfAbsent(sender, Instance::new);
  }

  @Override
  public void requests(Sender sender, long nanos, int bucket, boolean error, int count) {
    at(instance(sender).byStep, nanos).add(bucket, error, count);
  }

  @Override
  public void calls(
      Sender sender,
      Peer peer,
      SpanDigest.Sample sample,
      long nanos,
      int bucket,
      boolean error,
      int count) {
    Outgoing calls =
        outgoing
            .computeIfAbsent(sender.service(), ignored -> new HashMap<>())
            .computeIfAbsent(peer, ignored -> new Outgoing());
    at(calls.byStep, nanos).add(bucket, error, count);
    if (calls.samples.size() < SAMPLES && !calls.samples.contains(sample)) {
      calls.samples.add(sample);
    }
  }

  private Calls at(@Nullable Calls[] byStep, long nanos) {
    int column = column(nanos);
    Calls calls = byStep[column];
    if (calls == null) {
      calls = new Calls();
      byStep[column] = calls;
    }
    return calls;
  }

  private int column(long nanos) {
    return (int) Math.clamp((nanos - fromNanos) / STEP_NANOS, 0, columns);
  }

  private Calls sum(@Nullable Calls[] byStep, long from, long to) {
    var sum = new Calls();
    for (int i = column(from); i < column(to); i++) {
      Calls calls = byStep[i];
      if (calls != null) {
        sum.add(calls);
      }
    }
    return sum;
  }

  /// The calls to a peer in the columns of a timeline.
  Series series(Outgoing calls, Timeline timeline) {
    Series series = Series.empty(timeline.columns());
    @Nullable Calls[] grown = new Calls[timeline.columns()];
    for (int i = 0; i < columns; i++) {
      Calls step = calls.byStep[i];
      int column = timeline.column(fromNanos + i * STEP_NANOS);
      if (step != null && column < timeline.columns()) {
        Calls sum = grown[column] == null ? new Calls() : grown[column];
        sum.add(step);
        grown[column] = sum;
      }
    }
    for (int i = 0; i < grown.length; i++) {
      if (grown[i] != null) {
        series.calls()[i] = grown[i].calls();
        series.errors()[i] = grown[i].errors();
        series.durations()[i] = grown[i].durations().durations();
      }
    }
    return series;
  }

  long stepNanos() {
    return STEP_NANOS;
  }

  /// When a step begins.
  long nanos(int step) {
    return fromNanos + step * STEP_NANOS;
  }

  /// Steps up to the last with a span of anyone.
  int dataSteps() {
    int steps = 0;
    for (Instance instance : instances.values()) {
      for (int i = columns; i > steps; i--) {
        if (instance.spans[i - 1] > 0) {
          steps = i;
        }
      }
    }
    return steps;
  }

  /// Since when nothing is missing.
  long completeFromNanos() {
    return completeFromNanos;
  }

  List<Instance> instances(String service) {
    return instances.values().stream()
        .filter(instance -> instance.sender.service().equals(service))
        .toList();
  }

  Iterable<Instance> instances() {
    return instances.values();
  }

  /// Peers of a service's calls.
  Map<Peer, Outgoing> outgoing(String service) {
    return outgoing.getOrDefault(service, Map.of());
  }

  Map<String, Map<Peer, Outgoing>> outgoing() {
    return outgoing;
  }
}
