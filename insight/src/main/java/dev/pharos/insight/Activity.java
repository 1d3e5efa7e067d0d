package dev.pharos.insight;

import dev.pharos.store.read.Peer;
import dev.pharos.store.read.Senders;
import dev.pharos.store.read.SpanKey;
import dev.pharos.store.read.SummaryRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What senders did in a range of time: when each was there, what it answered, and whom it called. One thread.
final class Activity {
  private final SummaryRange range;
  private final List<Instance> instances = new ArrayList<>();
  private final Map<String, Map<Peer, Outgoing>> outgoing = new TreeMap<>();

  /// One sender over time.
  final class Instance {
    final Sender sender;

    /// Spans of any kind in each step.
    final long[] spans;

    private final Series requests;

    private Instance(Senders.Sender from) {
      sender = Sender.of(from.resource());
      spans = from.spans();
      requests = Series.of(from.requests());
    }

    /// When the step begins in which its first span started.
    long firstNanos() {
      int i = 0;
      while (spans[i] == 0) {
        i++;
      }
      return range.fromNanos() + i * range.columnNanos();
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
      return requests.sum(column(from), column(to));
    }
  }

  /// Calls of one service to one peer.
  ///
  /// @param samples some of them
  record Outgoing(Series calls, List<SpanKey> samples) {}

  /// @param senders of the range
  Activity(SummaryRange range, Senders senders) {
    this.range = range;
    senders.senders().forEach(sender -> instances.add(new Instance(sender)));
    for (Senders.PeerCalls calls : senders.calls()) {
      outgoing
          .computeIfAbsent(calls.service(), ignored -> new HashMap<>())
          .put(calls.peer(), new Outgoing(Series.of(calls.calls()), calls.samples()));
    }
  }

  private int column(long nanos) {
    return Math.clamp((nanos - range.fromNanos()) / range.columnNanos(), 0, range.columns());
  }

  /// The calls to a peer in the columns of a timeline.
  Series series(Outgoing calls, Timeline timeline) {
    Series series = Series.empty(timeline.columns());
    var grown = new Calls[timeline.columns()];
    for (int i = 0; i < range.columns(); i++) {
      int column = timeline.column(range.fromNanos() + i * range.columnNanos());
      if (calls.calls.calls()[i] > 0 && column < timeline.columns()) {
        Calls sum = grown[column] == null ? new Calls() : grown[column];
        sum.add(calls.calls.sum(i, i + 1));
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

  /// Ten seconds, or a minute.
  long stepNanos() {
    return range.columnNanos();
  }

  /// When a step begins.
  long nanos(int step) {
    return range.fromNanos() + step * range.columnNanos();
  }

  /// Steps up to the last with a span of anyone.
  int dataSteps() {
    int steps = 0;
    for (Instance instance : instances) {
      for (int i = range.columns(); i > steps; i--) {
        if (instance.spans[i - 1] > 0) {
          steps = i;
        }
      }
    }
    return steps;
  }

  /// Since when it is known what senders did.
  long fromNanos() {
    return range.fromNanos();
  }

  List<Instance> instances(String service) {
    return instances.stream()
        .filter(instance -> instance.sender.service().equals(service))
        .toList();
  }

  Iterable<Instance> instances() {
    return instances;
  }

  /// Peers of a service's calls.
  Map<Peer, Outgoing> outgoing(String service) {
    return outgoing.getOrDefault(service, Map.of());
  }

  Map<String, Map<Peer, Outgoing>> outgoing() {
    return outgoing;
  }
}
