package dev.pharos.store.manifest;

import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.DiskFullException;
import dev.pharos.log.Journal;
import dev.pharos.log.JournalReader;
import dev.pharos.store.delete.Deletion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The durable list of a signal's segments and the log position that they cover: a snapshot and edits in a [Journal].
///
/// An edit is made wholly or not at all. Where a failure leaves open whether an edit is on disk, the state in memory is
/// the one without it; the files of both states stay until the next edit has replaced the journal. Any thread; calls
/// exclude one another.
public final class Manifest implements AutoCloseable {
  private static final long COMPACT_BYTES = 64 * 1024;

  private final Journal journal;
  private final Map<String, SegmentEntry> segments = new LinkedHashMap<>();
  private final List<Tombstone> tombstones = new ArrayList<>();
  private long covered;
  private boolean uncertain;

  private Manifest(Disk disk, String name, RandomGenerator random) {
    journal =
        Journal.open(
            disk,
            name,
            random,
            new JournalReader() {
              @Override
              public void snapshot(ByteBuffer bytes) {
                change(ManifestFormat.decode(bytes));
              }

              @Override
              public void edit(ByteBuffer bytes) {
                change(ManifestFormat.decode(bytes));
              }
            });
    if (journal.isNew()) {
      journal.compact(snapshot());
    }
  }

  /// Opens or makes the manifest `name`, whose directory exists.
  ///
  /// @throws IllegalStateException if it is of a version or has features that this program does not know
  public static Manifest open(Disk disk, String name, RandomGenerator random) {
    return new Manifest(disk, name, random);
  }

  /// Makes the edit durable.
  ///
  /// @throws IllegalStateException if it removes what is not there, or adds what is
  public synchronized void apply(ManifestEdit edit) {
    check(edit);
    // What was deleted stands in the edits that deleted it, so these go with the last row.
    boolean endsTombstone =
        tombstones.stream().anyMatch(tombstone -> left(tombstone, edit.removed()).isEmpty());
    if (endsTombstone
        || uncertain
        || journal.editBytes() > Math.max(COMPACT_BYTES, 4 * journal.snapshotBytes())) {
      compactWith(edit);
      return;
    }
    try {
      journal.append(
          ManifestFormat.encode(edit.covered(), edit.added(), edit.removed(), edit.tombstones()),
          true);
    } catch (DiskFullException e) {
      throw e;
    } catch (DiskException e) {
      uncertain = true;
      throw e;
    }
    change(edit);
  }

  private void compactWith(ManifestEdit edit) {
    var before = new LinkedHashMap<>(segments);
    var tombstonesBefore = List.copyOf(tombstones);
    long coveredBefore = covered;
    change(edit);
    try {
      journal.compact(snapshot());
      uncertain = false;
    } catch (DiskException e) {
      segments.clear();
      segments.putAll(before);
      tombstones.clear();
      tombstones.addAll(tombstonesBefore);
      covered = coveredBefore;
      uncertain = true;
      throw e;
    }
  }

  private void check(ManifestEdit edit) {
    for (String name : edit.removed()) {
      if (!segments.containsKey(name)) {
        throw new IllegalStateException("manifest edit removes " + name + ", which is not there");
      }
    }
    for (SegmentEntry entry : edit.added()) {
      if (segments.containsKey(entry.name())) {
        throw new IllegalStateException("manifest edit adds " + entry.name() + ", which is there");
      }
    }
    for (Tombstone tombstone : edit.tombstones()) {
      if (!segments.keySet().containsAll(tombstone.segments())) {
        throw new IllegalStateException(
            "manifest edit deletes rows of "
                + tombstone.segments()
                + ", of which some are not there");
      }
    }
    if (edit.covered() >= 0 && edit.covered() < covered) {
      throw new IllegalStateException(
          "manifest edit covers " + edit.covered() + " (expected: at least " + covered + ")");
    }
  }

  private void change(ManifestEdit edit) {
    edit.removed().forEach(segments::remove);
    if (!edit.removed().isEmpty()) {
      tombstones.replaceAll(
          tombstone -> new Tombstone(tombstone.deletion(), left(tombstone, edit.removed())));
      tombstones.removeIf(tombstone -> tombstone.segments().isEmpty());
    }
    tombstones.addAll(edit.tombstones());
    for (SegmentEntry entry : edit.added()) {
      segments.put(entry.name(), entry);
    }
    if (edit.covered() >= 0) {
      covered = edit.covered();
    }
  }

  private static List<String> left(Tombstone tombstone, List<String> removed) {
    return tombstone.segments().stream().filter(name -> !removed.contains(name)).toList();
  }

  private ByteBuffer snapshot() {
    return ManifestFormat.encode(covered, segments.values(), List.of(), tombstones);
  }

  public synchronized List<SegmentEntry> segments() {
    return List.copyOf(segments.values());
  }

  /// Deletions whose rows are still in segments, in the order in which they were asked for.
  public synchronized List<Tombstone> tombstones() {
    return List.copyOf(tombstones);
  }

  /// The deletions that hide rows of this segment.
  public synchronized List<Deletion> deletions(String segment) {
    return tombstones.stream()
        .filter(tombstone -> tombstone.segments().contains(segment))
        .map(Tombstone::deletion)
        .toList();
  }

  public synchronized boolean contains(String name) {
    return segments.containsKey(name);
  }

  /// The log sequence up to which the segments hold all rows; 0 in a new manifest.
  public synchronized long covered() {
    return covered;
  }

  /// Whether files that this manifest does not name may still be named by its bytes on disk.
  public synchronized boolean isUncertain() {
    return uncertain;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
