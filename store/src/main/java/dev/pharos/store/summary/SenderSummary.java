package dev.pharos.store.summary;

import dev.pharos.model.Labels;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.List;

/// What a summary of spans keeps of who sent them and whom calls went to. Never written after it is made; any thread.
///
/// @param senders attributes of Resources; number 0, which has none, stands for those that found no place
/// @param groups senders with what their spans are; see [#what]
/// @param cells counts by step, group and duration
/// @param samples of the groups that are calls
record SenderSummary(
    List<Labels> senders, Peers peers, Groups groups, Cells cells, SpanSamples samples) {
  static final int OTHER = 0;

  /// Spans of any kind, without durations.
  static final int SPANS = 0;

  /// Spans of kind server and consumer.
  static final int REQUESTS = 1;

  /// Calls of the first peer; those of the others come behind.
  static final int CALLS = 2;

  /// The second number of a group: what its spans are, and whether they failed.
  static long of(int what, boolean error) {
    return (long) what << 1 | (error ? 1 : 0);
  }

  static int what(long group) {
    return (int) (group >>> 1);
  }

  static boolean isError(long group) {
    return (group & 1) != 0;
  }

  void encode(ByteSink out) {
    ResourceTexts.encode(senders, out);
    peers.encode(out);
    groups.encode(out);
    cells.encode(out, false);
    samples.encode(groups.count(), out);
  }

  static SenderSummary decode(ByteSource in) {
    List<Labels> senders = ResourceTexts.decode(in);
    Peers peers = Peers.decode(in);
    Groups groups = Groups.decode(in);
    for (int i = 0; i < groups.count(); i++) {
      if (groups.a(i) >= senders.size() || groups.b(i) >>> 1 >= CALLS + peers.count()) {
        throw in.bad("group " + i + " is of a sender or peer that is not there");
      }
    }
    Cells cells = Cells.decode(in, false, groups.count());
    return new SenderSummary(senders, peers, groups, cells, SpanSamples.decode(groups.count(), in));
  }
}
