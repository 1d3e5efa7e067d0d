package dev.pharos.store.metrics;

import java.util.Arrays;

/// The Resources behind one series with the times of their first and last sample. One writer; read under the head's
/// lock.
final class ResourceTimes {
  private Resource[] resources = new Resource[1];
  private long[] millis = new long[2];
  private int size;

  void add(Resource resource, long atMillis) {
    add(resource, atMillis, atMillis);
  }

  void add(Resource resource, long fromMillis, long toMillis) {
    int at = size - 1;
    while (at >= 0 && resources[at] != resource) {
      at--;
    }
    if (at < 0) {
      at = size++;
      if (at == resources.length) {
        resources = Arrays.copyOf(resources, at * 2);
        millis = Arrays.copyOf(millis, at * 4);
      }
      resources[at] = resource;
      millis[2 * at] = fromMillis;
      millis[2 * at + 1] = toMillis;
      return;
    }
    millis[2 * at] = Math.min(millis[2 * at], fromMillis);
    millis[2 * at + 1] = Math.max(millis[2 * at + 1], toMillis);
  }

  void addAll(ResourceTimes other) {
    for (int i = 0; i < other.size; i++) {
      add(other.resources[i], other.millis[2 * i], other.millis[2 * i + 1]);
    }
  }

  /// The Resource of the latest sample among those with a sample in a range; -1 if none has.
  int newest(long fromMillis, long toMillis) {
    int newest = -1;
    for (int i = 0; i < size; i++) {
      boolean within = fromMillis(i) <= toMillis && toMillis(i) >= fromMillis;
      if (within && (newest < 0 || toMillis(i) >= toMillis(newest))) {
        newest = i;
      }
    }
    return newest;
  }

  int size() {
    return size;
  }

  Resource resource(int i) {
    return resources[i];
  }

  long fromMillis(int i) {
    return millis[2 * i];
  }

  long toMillis(int i) {
    return millis[2 * i + 1];
  }
}
