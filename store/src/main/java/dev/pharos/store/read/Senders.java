package dev.pharos.store.read;

import dev.pharos.model.Labels;
import java.util.List;

/// Who sent spans, and whom their calls went to, in columns of time. Spans and calls that found no place among the
/// groups of a summary are in neither list.
public record Senders(List<Sender> senders, List<PeerCalls> calls) {
  /// The spans of one Resource.
  ///
  /// @param resource its attributes that are texts or whole numbers
  /// @param spans of any kind, by column
  /// @param requests those of kind server and consumer
  public record Sender(Labels resource, long[] spans, Requests requests) {}

  /// The spans of kind client and producer by which a service calls a peer.
  ///
  /// @param samples some of them, at least one
  public record PeerCalls(String service, Peer peer, Requests calls, List<SpanKey> samples) {}
}
