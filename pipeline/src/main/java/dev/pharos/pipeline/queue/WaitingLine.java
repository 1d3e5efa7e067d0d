package dev.pharos.pipeline.queue;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Partition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What waits in a sending queue, in the order in which it is to be sent: groups that are ready, and before that one
/// group of each partition that still gathers. A group is ready when it has enough, or when one of its parcels may wait
/// no longer. One thread at a time: guarded by the lock of its queue.
final class WaitingLine<B extends Batch> {
  /// A parcel that comes.
  ///
  /// @param partition in which it is joined with others
  /// @param size in what the queue is measured in
  /// @param bytes charged for it
  /// @param measure in the unit of `enough`
  /// @param enough for its group to be ready; 0 if it is to go at once and by itself
  /// @param untilNanos when its group is to be ready all the same
  /// @param sinceNanos when it came
  record Entry<B extends Batch>(
      Parcel<B> parcel,
      Partition partition,
      long size,
      long bytes,
      long measure,
      long enough,
      long untilNanos,
      long sinceNanos) {}

  /// Parcels of one partition that go out together.
  static final class Group<B extends Batch> {
    private final List<Parcel<B>> parcels = new ArrayList<>(1);
    private final long sinceNanos;
    private long untilNanos;
    private long gathered;
    private long size;
    private long bytes;

    private Group(Entry<B> first) {
      sinceNanos = first.sinceNanos;
      untilNanos = first.untilNanos;
    }

    private void add(Entry<B> entry, long more) {
      parcels.add(entry.parcel());
      gathered += entry.measure();
      size += more;
      bytes += entry.bytes();
    }

    /// At least one, in the order in which they came.
    List<Parcel<B>> parcels() {
      return parcels;
    }

    long bytes() {
      return bytes;
    }

    /// When the first of them came.
    long sinceNanos() {
      return sinceNanos;
    }
  }

  private final ArrayDeque<Group<B>> ready = new ArrayDeque<>();
  private final Map<Partition, Group<B>> gathering = new LinkedHashMap<>();
  private long size;

  long size() {
    return size;
  }

  boolean isEmpty() {
    return ready.isEmpty() && gathering.isEmpty();
  }

  /// Whether anything is ready that nobody has taken.
  boolean isBehind() {
    return !ready.isEmpty();
  }

  /// Whether an entry would join a group that waits for more.
  boolean joins(Entry<B> entry) {
    return entry.enough > 0 && gathering.containsKey(entry.partition);
  }

  /// @param more by which the line grows
  /// @return whether a group is ready now, or is to be at an earlier time than before
  boolean add(Entry<B> entry, long more) {
    size += more;
    if (entry.enough == 0) {
      var alone = new Group<B>(entry);
      alone.add(entry, more);
      return ready.add(alone);
    }
    Group<B> known = gathering.get(entry.partition);
    Group<B> group = known == null ? new Group<>(entry) : known;
    group.add(entry, more);
    if (group.gathered >= entry.enough) {
      gathering.remove(entry.partition);
      return ready.add(group);
    }
    if (known == null) {
      gathering.put(entry.partition, group);
      return true;
    }
    boolean earlier = entry.untilNanos - group.untilNanos < 0;
    group.untilNanos = earlier ? entry.untilNanos : group.untilNanos;
    return earlier;
  }

  /// Takes the first group that is ready now, or null.
  @Nullable Group<B> poll(long nowNanos) {
    gathering.values().removeIf(group -> group.untilNanos - nowNanos <= 0 && ready.add(group));
    Group<B> first = ready.poll();
    if (first != null) {
      size -= first.size;
    }
    return first;
  }

  /// When that came which is here longest; empty if nothing is.
  OptionalLong oldestNanos() {
    return Stream.concat(Stream.ofNullable(ready.peek()), gathering.values().stream())
        .mapToLong(Group::sinceNanos)
        .min();
  }

  /// Makes everything ready.
  void endGathering() {
    ready.addAll(gathering.values());
    gathering.clear();
  }

  /// How long until another group is ready by time, if none is; [Long#MAX_VALUE] if none gathers.
  long nanosLeft(long nowNanos) {
    long least = Long.MAX_VALUE;
    for (Group<B> group : gathering.values()) {
      least = Math.min(least, group.untilNanos - nowNanos);
    }
    return least;
  }
}
