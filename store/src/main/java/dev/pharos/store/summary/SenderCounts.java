package dev.pharos.store.summary;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Labels;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Counts spans by the Resource that sent them, and calls by whom they go to. One thread.
///
/// A sender too many, or a sender's peer too many, counts as "other".
final class SenderCounts {
  static final int MAX_SENDERS = 5_000;

  /// Groups at which a new one of calls counts as other calls.
  private static final int MAX_GROUPS = 40_000;

  private final Window window;
  private final List<Labels> senders = new ArrayList<>();
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final Peers peers = new Peers();
  private final PeerRows peerRows = new PeerRows(peers);
  private final Groups groups = new Groups();
  private final CellTable cells = new CellTable(false);
  private final SpanSamples samples = new SpanSamples();

  SenderCounts(Window window) {
    this.window = window;
    senders.add(Labels.EMPTY);
  }

  PeerRows peerRows() {
    return peerRows;
  }

  /// The number of a row of Resources.
  int sender(ResourceTable resources, Symbols symbols, int row) {
    AttributeRows attributes = resources.attributes();
    var labels = new Labels.Builder();
    var seen = new HashSet<String>();
    for (int i = attributes.from(row); i < attributes.to(row); i++) {
      String key = symbols.text(attributes.key(i));
      byte type = attributes.type(i);
      long value = attributes.value(i);
      if ((type == ValueType.STRING || type == ValueType.INT) && seen.add(key)) {
        labels.set(key, type == ValueType.INT ? Long.toString(value) : symbols.text((int) value));
      }
    }
    return number(labels.build());
  }

  private int number(Labels sender) {
    return numbers.computeIfAbsent(
        sender,
        added -> {
          if (senders.size() > MAX_SENDERS) {
            return SenderSummary.OTHER;
          }
          senders.add(added);
          return senders.size() - 1;
        });
  }

  void span(long step, int sender) {
    add(step, groups.of(sender, SenderSummary.of(SenderSummary.SPANS, false)), 0, 1);
  }

  void request(long step, int sender, int bucket, boolean error) {
    add(step, groups.of(sender, SenderSummary.of(SenderSummary.REQUESTS, error)), bucket, 1);
  }

  /// Counts a call.
  ///
  /// @return its group
  int call(long step, int sender, int peer, int bucket, boolean error) {
    int group = callGroup(sender, peer, error);
    add(step, group, bucket, 1);
    return group;
  }

  private int callGroup(int sender, int peer, boolean error) {
    int known = groups.find(sender, SenderSummary.of(SenderSummary.CALLS + peer, error));
    if (known >= 0) {
      return known;
    }
    return groups.count() < MAX_GROUPS
        ? groups.of(sender, SenderSummary.of(SenderSummary.CALLS + peer, error))
        : groups.of(
            SenderSummary.OTHER, SenderSummary.of(SenderSummary.CALLS + Peers.OTHER, error));
  }

  SpanSamples samples() {
    return samples;
  }

  private void add(long step, int group, int bucket, long count) {
    cells.add(CellTable.key(Steps.counted(step, window.grain()), group, bucket), count, 0);
  }

  void add(SenderSummary summary) {
    int[] groupOf = new int[summary.groups().count()];
    int[] senderOf = new int[summary.senders().size()];
    Arrays.fill(groupOf, -1);
    Arrays.fill(senderOf, -1);
    senderOf[SenderSummary.OTHER] = SenderSummary.OTHER;
    Cells counted = summary.cells();
    for (int i = 0; i < counted.count(); i++) {
      long key = counted.keys()[i];
      if (window.counts(CellTable.step(key))) {
        int theirs = CellTable.group(key);
        if (groupOf[theirs] < 0) {
          groupOf[theirs] = group(summary, theirs, senderOf);
          samples.add(groupOf[theirs], summary.samples(), theirs);
        }
        add(CellTable.step(key), groupOf[theirs], CellTable.bucket(key), counted.first()[i]);
      }
    }
  }

  private int group(SenderSummary summary, int theirs, int[] senderOf) {
    int sender = summary.groups().a(theirs);
    if (senderOf[sender] < 0) {
      senderOf[sender] = number(summary.senders().get(sender));
    }
    long b = summary.groups().b(theirs);
    int what = SenderSummary.what(b);
    if (what < SenderSummary.CALLS) {
      return groups.of(senderOf[sender], b);
    }
    int peer = peers.of(summary.peers(), what - SenderSummary.CALLS);
    return callGroup(senderOf[sender], peer, SenderSummary.isError(b));
  }

  SenderSummary build() {
    var counted = new SenderSummary(List.copyOf(senders), peers, groups, cells.sorted(), samples);
    return isFolded() ? folded(counted) : counted;
  }

  /// Whether calls stand under peers that others have been joined with.
  private boolean isFolded() {
    for (int group = 0; group < groups.count(); group++) {
      int peer = SenderSummary.what(groups.b(group)) - SenderSummary.CALLS;
      if (peer >= 0 && peers.folded(peer) != peer) {
        return true;
      }
    }
    return false;
  }

  private SenderSummary folded(SenderSummary from) {
    var target = new SenderCounts(window);
    // Peers that are folded come first, so that the others are known to be.
    for (int peer = 0; peer < peers.count(); peer++) {
      if (peers.folded(peer) != peer) {
        target.peers.of(peers, peers.folded(peer));
      }
    }
    target.add(from);
    return new SenderSummary(
        List.copyOf(target.senders),
        target.peers,
        target.groups,
        target.cells.sorted(),
        target.samples);
  }
}
