package dev.pharos.store.summary;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Peer;
import dev.pharos.store.read.Senders;
import dev.pharos.store.read.SpanKey;
import dev.pharos.store.read.SummaryRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the cells of a summary together to the lines of a chart. One thread.
final class SenderLines {
  private final SummaryRange range;
  private final SenderSummary counted;
  private final Map<Integer, Sent> sent = new LinkedHashMap<>();
  private final Map<Called, Calls> calls = new LinkedHashMap<>();

  /// By group, the line that it is part of.
  private final @Nullable Sent[] sentOf;

  private final @Nullable Calls[] callsOf;

  private record Called(String service, Peer peer) {}

  /// What one sender sent.
  private record Sent(long[] spans, RequestCounts requests) {}

  private record Calls(RequestCounts counts, Set<SpanKey> samples) {}

  SenderLines(SummaryRange range, SenderSummary counted) {
    this.range = range;
    this.counted = counted;
    sentOf = new Sent[counted.groups().count()];
    callsOf = new Calls[counted.groups().count()];
  }

  /// Adds a cell; they come in their order.
  void add(long key, long count) {
    int group = CellTable.group(key);
    if (counted.groups().a(group) == SenderSummary.OTHER) {
      return;
    }
    long step = CellTable.step(key);
    long b = counted.groups().b(group);
    boolean error = SenderSummary.isError(b);
    int what = SenderSummary.what(b);
    if (what >= SenderSummary.CALLS) {
      calls(group).counts.add(step, CellTable.bucket(key), count, error);
    } else if (what == SenderSummary.REQUESTS) {
      sent(group).requests.add(step, CellTable.bucket(key), count, error);
    } else {
      sent(group).spans[range.column(step * Steps.NANOS)] += count;
    }
  }

  private Sent sent(int group) {
    Sent known = sentOf[group];
    if (known == null) {
      known =
          sent.computeIfAbsent(
              counted.groups().a(group),
              ignored -> new Sent(new long[range.columns()], new RequestCounts(range)));
      sentOf[group] = known;
    }
    return known;
  }

  private Calls calls(int group) {
    Calls known = callsOf[group];
    if (known == null) {
      Labels resource = counted.senders().get(counted.groups().a(group));
      int peer = SenderSummary.what(counted.groups().b(group)) - SenderSummary.CALLS;
      known =
          calls.computeIfAbsent(
              new Called(resource.get("service.name"), counted.peers().peer(peer)),
              ignored -> new Calls(new RequestCounts(range), new LinkedHashSet<>()));
      known.samples.addAll(counted.samples().of(group));
      callsOf[group] = known;
    }
    return known;
  }

  Senders senders() {
    var senders = new ArrayList<Senders.Sender>();
    sent.forEach(
        (number, found) -> {
          Labels resource = counted.senders().get(number);
          senders.add(new Senders.Sender(resource, found.spans, found.requests.requests()));
        });
    var called = new ArrayList<Senders.PeerCalls>();
    calls.forEach(
        (key, found) ->
            called.add(
                new Senders.PeerCalls(
                    key.service, key.peer, found.counts.requests(), List.copyOf(found.samples))));
    return new Senders(senders, called);
  }
}
