package dev.pharos.store.metrics;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Targets by the 128-bit keys of points: an open-addressing table. One thread.
final class TargetCache {
  private long[] keys = new long[128];
  private @Nullable Target[] targets = new Target[64];
  private int size;

  @Nullable Target find(long hi, long lo) {
    int mask = targets.length - 1;
    for (int slot = (int) lo & mask; ; slot = (slot + 1) & mask) {
      Target target = targets[slot];
      if (target == null || keys[2 * slot] == hi && keys[2 * slot + 1] == lo) {
        return target;
      }
    }
  }

  /// Adds a target whose key is not there.
  void put(long hi, long lo, Target target) {
    if (size * 2 >= targets.length) {
      rebuild(targets.length * 2, each -> true);
    }
    insert(hi, lo, target);
  }

  private void insert(long hi, long lo, Target target) {
    int mask = targets.length - 1;
    int slot = (int) lo & mask;
    while (targets[slot] != null) {
      slot = (slot + 1) & mask;
    }
    keys[2 * slot] = hi;
    keys[2 * slot + 1] = lo;
    targets[slot] = target;
    size++;
  }

  /// Keeps only some targets, and no more room than they need.
  void retain(Predicate<Target> kept) {
    int count = 0;
    for (Target target : targets) {
      count += target != null && kept.test(target) ? 1 : 0;
    }
    rebuild(Integer.highestOneBit(Math.max(16, count)) * 4, kept);
  }

  private void rebuild(int room, Predicate<Target> kept) {
    long[] oldKeys = keys;
    @Nullable Target[] old = targets;
    keys = new long[room * 2];
    targets = new Target[room];
    size = 0;
    for (int slot = 0; slot < old.length; slot++) {
      Target target = old[slot];
      if (target != null && kept.test(target)) {
        insert(oldKeys[2 * slot], oldKeys[2 * slot + 1], target);
      }
    }
  }

  int size() {
    return size;
  }

  /// Bytes of all targets.
  long bytes() {
    long bytes = 24L * targets.length;
    for (Target target : targets) {
      bytes += target == null ? 0 : target.bytes();
    }
    return bytes;
  }
}
