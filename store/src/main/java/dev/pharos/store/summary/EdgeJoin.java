package dev.pharos.store.summary;

import java.util.Arrays;
import java.util.BitSet;

/// Finds the client end that a server end belongs to, among the last of a list. One thread.
final class EdgeJoin {
  private final EdgeEnds clients;
  private final int first;
  private final int[] slots;
  private final BitSet joined;

  /// @param first of the ends to look among
  EdgeJoin(EdgeEnds clients, int first) {
    this.clients = clients;
    this.first = first;
    int count = clients.count() - first;
    joined = new BitSet(count);
    slots = new int[Integer.highestOneBit(Math.max(8, count)) * 4];
    Arrays.fill(slots, -1);
    for (int i = first; i < clients.count(); i++) {
      int at = slot(clients.hash(i));
      while (slots[at] >= 0) {
        at = at + 1 & slots.length - 1;
      }
      slots[at] = i;
    }
  }

  private int slot(long hash) {
    return (int) hash & slots.length - 1;
  }

  /// The client end of this hash within reach of the step, which is joined then; -1 if there is none.
  int client(long hash, long step) {
    for (int at = slot(hash); slots[at] >= 0; at = at + 1 & slots.length - 1) {
      int client = slots[at];
      if (clients.hash(client) == hash
          && Math.abs(clients.step(client) - step) <= Steps.EDGE_REACH) {
        joined.set(client - first);
        return client;
      }
    }
    return -1;
  }

  /// Whether the end is done with. A producer's never is: a message may have several receivers.
  boolean isDone(int client) {
    return joined.get(client - first) && !clients.has(client, EdgeEnds.PRODUCER);
  }
}
