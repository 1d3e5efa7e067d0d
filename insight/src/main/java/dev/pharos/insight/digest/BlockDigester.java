package dev.pharos.insight.digest;

import dev.pharos.store.read.Column;
import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Works the digest of one block out. One thread.
final class BlockDigester {
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int PRODUCER = 4;
  private static final int CONSUMER = 5;
  private static final int STATUS_ERROR = 2;
  private static final Peer NO_PEER = new Peer("", "");
  private static final SpanDigest.Sample NO_SAMPLE = new SpanDigest.Sample(0, 0, 0);

  private final SpanBlock block;
  private final List<Sender> senders;
  private final List<SpanDigest.Group> groups = new ArrayList<>();
  private final CountTable cells = new CountTable();
  private final int[] spanGroups;
  private final int[] requestGroups;
  private final Map<Long, Integer> callGroups = new HashMap<>();

  /// @param senders the block's Resources
  BlockDigester(SpanBlock block, List<Sender> senders) {
    this.block = block;
    this.senders = senders;
    spanGroups = new int[senders.size()];
    requestGroups = new int[senders.size()];
    Arrays.fill(spanGroups, -1);
    Arrays.fill(requestGroups, -1);
  }

  SpanDigest digest() {
    Column time = block.column(Field.TIME);
    Column end = block.column(Field.END);
    Column kinds = block.column(Field.KIND);
    Column status = block.column(Field.STATUS_CODE);
    Column resource = block.column(Field.RESOURCE);
    long first = Long.MAX_VALUE;
    for (int row = 0; row < block.rows(); row++) {
      first = Math.min(first, time.value(row));
    }
    long firstStep = block.rows() == 0 ? 0 : Math.floorDiv(first, SpanDigest.STEP_NANOS);
    var peers = new PeerReader(block);
    for (int row = 0; row < block.rows(); row++) {
      long start = time.value(row);
      long step = Math.floorDiv(start, SpanDigest.STEP_NANOS) - firstStep;
      int sender = (int) resource.value(row);
      int kind = (int) kinds.value(row);
      cells.add(SpanDigest.key(step, group(spanGroups, SpanDigest.Of.SPANS, sender), 0, false), 1);
      int group = -1;
      if (kind == SERVER || kind == CONSUMER) {
        group = group(requestGroups, SpanDigest.Of.REQUESTS, sender);
      } else if (kind == CLIENT || kind == PRODUCER) {
        group = callGroup(sender, peers.of(row), row, peers);
      }
      if (group >= 0) {
        int bucket = DurationBuckets.of(end.value(row) - start);
        cells.add(SpanDigest.key(step, group, bucket, status.value(row) == STATUS_ERROR), 1);
      }
    }
    return new SpanDigest(firstStep, senders, List.copyOf(groups), cells.cells());
  }

  private int group(int[] known, SpanDigest.Of of, int sender) {
    if (known[sender] < 0) {
      known[sender] = groups.size();
      groups.add(new SpanDigest.Group(of, sender, NO_PEER, NO_SAMPLE));
    }
    return known[sender];
  }

  private int callGroup(int sender, int peer, int row, PeerReader peers) {
    if (peer < 0) {
      return -1;
    }
    return callGroups.computeIfAbsent(
        (long) sender << 32 | peer,
        ignored -> {
          var sample =
              new SpanDigest.Sample(
                  block.column(Field.TRACE_HI).value(row),
                  block.column(Field.TRACE_LO).value(row),
                  block.column(Field.SPAN_ID).value(row));
          groups.add(
              new SpanDigest.Group(SpanDigest.Of.CALLS, sender, peers.peers().get(peer), sample));
          return groups.size() - 1;
        });
  }
}
