package dev.pharos.store.summary;

import java.util.Arrays;
import java.util.BitSet;

/// Finds the server ends whose parent a span is, among those that no client's span was found for. One thread; no ends
/// are added meanwhile.
final class ParentSearch {
  private static final int NONE = -1;

  private final EdgeEnds servers;

  /// The last end of a hash.
  private final int[] slots;

  /// By end, the one before of the same hash.
  private final int[] before;

  private final BitSet found;

  ParentSearch(EdgeEnds servers) {
    this.servers = servers;
    int count = servers.count();
    found = new BitSet(count);
    before = new int[count];
    slots = new int[Integer.highestOneBit(Math.max(8, count)) * 4];
    Arrays.fill(slots, NONE);
    for (int i = 0; i < count; i++) {
      int at = slot(servers.hash(i));
      before[i] = slots[at];
      slots[at] = i;
    }
  }

  private int slot(long hash) {
    int at = (int) hash & slots.length - 1;
    while (slots[at] != NONE && servers.hash(slots[at]) != hash) {
      at = at + 1 & slots.length - 1;
    }
    return at;
  }

  /// An end whose parent has this hash; negative if there is none.
  int first(long hash) {
    return slots[slot(hash)];
  }

  /// Another end of the same parent; negative behind the last.
  int next(int end) {
    return before[end];
  }

  /// Whether the end may be the child of a span of this step, and was not told to be one's before.
  boolean isOpen(int end, long step) {
    return !found.get(end) && Math.abs(servers.step(end) - step) <= Steps.EDGE_REACH;
  }

  void found(int end) {
    found.set(end);
  }

  /// Leaves only the ends whose parents were not found.
  void end() {
    int left = 0;
    for (int i = 0; i < servers.count(); i++) {
      if (!found.get(i)) {
        servers.move(i, left++);
      }
    }
    servers.truncate(left);
  }
}
