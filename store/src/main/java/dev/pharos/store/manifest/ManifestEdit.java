package dev.pharos.store.manifest;

import java.util.List;

/// One change of the manifest, visible and durable as a whole.
///
/// @param covered the log sequence up to which the segments hold all rows, or -1 to leave it as it is
/// @param added segments that are committed in the storage
/// @param removed names of segments in the manifest
/// @param tombstones deletions that from now on hide rows of segments in the manifest
public record ManifestEdit(
    long covered, List<SegmentEntry> added, List<String> removed, List<Tombstone> tombstones) {
  public ManifestEdit {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    tombstones = List.copyOf(tombstones);
  }

  /// A cut: rows of the log up to `covered` are in `added`.
  public static ManifestEdit cut(long covered, List<SegmentEntry> added) {
    return new ManifestEdit(covered, added, List.of(), List.of());
  }

  /// A merge.
  public static ManifestEdit replace(List<SegmentEntry> removed, List<SegmentEntry> added) {
    return new ManifestEdit(
        -1, added, removed.stream().map(SegmentEntry::name).toList(), List.of());
  }

  /// Segments that are given up.
  public static ManifestEdit drop(List<SegmentEntry> removed) {
    return replace(removed, List.of());
  }

  /// Rows that are to be hidden.
  public static ManifestEdit hide(Tombstone tombstone) {
    return new ManifestEdit(-1, List.of(), List.of(), List.of(tombstone));
  }
}
