package dev.pharos.insight.digest;

import java.util.List;

/// What is kept of one block: in steps of ten seconds, spans by sender, requests by sender and duration, and calls by
/// sender and peer. Never changes; any thread.
public final class SpanDigest {
  /// What cells are of.
  enum Of {
    /// All spans, without durations.
    SPANS,
    /// Spans of kind server and consumer.
    REQUESTS,
    /// Spans of kind client and producer with a peer.
    CALLS
  }

  static final long STEP_NANOS = 10_000_000_000L;
  static final int BUCKET_BITS = 8;
  static final int GROUP_BITS = 24;

  private final long firstStep;
  private final List<Sender> senders;
  private final List<Group> groups;
  private final CountTable.Cells cells;

  /// One kind of cells of one sender.
  ///
  /// @param sender row of the senders
  /// @param peer of calls
  record Group(Of of, int sender, Peer peer, Sample sample) {}

  /// One of the spans of a group.
  public record Sample(long traceHi, long traceLo, long spanId) {}

  SpanDigest(long firstStep, List<Sender> senders, List<Group> groups, CountTable.Cells cells) {
    this.firstStep = firstStep;
    this.senders = senders;
    this.groups = groups;
    this.cells = cells;
  }

  static long key(long step, int group, int bucket, boolean error) {
    return (step << GROUP_BITS | group) << BUCKET_BITS + 1 | (long) bucket << 1 | (error ? 1 : 0);
  }

  /// Takes the cells of a digest. Times are those at which the steps begin.
  public interface Visitor {
    /// Spans of any kind.
    void spans(Sender sender, long nanos, int count);

    /// Requests that the sender answered.
    void requests(Sender sender, long nanos, int bucket, boolean error, int count);

    /// Calls that the sender made.
    ///
    /// @param sample one such call of this block
    void calls(
        Sender sender, Peer peer, Sample sample, long nanos, int bucket, boolean error, int count);
  }

  /// Shows all cells of steps that begin in the range.
  public void visit(long fromNanos, long toNanos, Visitor visitor) {
    long mask = (1L << GROUP_BITS) - 1;
    for (int i = 0; i < cells.keys().length; i++) {
      long key = cells.keys()[i];
      long nanos = (firstStep + (key >>> GROUP_BITS + BUCKET_BITS + 1)) * STEP_NANOS;
      if (nanos >= fromNanos && nanos < toNanos) {
        Group group = groups.get((int) (key >>> BUCKET_BITS + 1 & mask));
        Sender sender = senders.get(group.sender);
        boolean error = (key & 1) != 0;
        int bucket = (int) (key >>> 1) & (1 << BUCKET_BITS) - 1;
        int count = cells.counts()[i];
        switch (group.of) {
          case SPANS -> visitor.spans(sender, nanos, count);
          case REQUESTS -> visitor.requests(sender, nanos, bucket, error, count);
          case CALLS ->
              visitor.calls(sender, group.peer, group.sample, nanos, bucket, error, count);
        }
      }
    }
  }

  long sizeBytes() {
    return cells.sizeBytes() + 120L * groups.size() + 200;
  }
}
