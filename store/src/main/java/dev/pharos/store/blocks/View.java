package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.manifest.Tombstone;
import dev.pharos.store.read.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All that is readable at one moment: sealed and open batches of the head, and the segments. Immutable.
///
/// @param sealed batches that a cut is about to replace
/// @param open batches published since
/// @param segments by tenant
/// @param deletions that hide rows, by the segment's name
record View<B extends Batch, K extends Block>(
    Chunks<HeadChunk<B, K>> sealed,
    Chunks<HeadChunk<B, K>> open,
    Map<Tenant, List<SegmentHandle<K>>> segments,
    Map<String, List<Deletion>> deletions) {

  static <B extends Batch, K extends Block> View<B, K> empty() {
    return new View<>(Chunks.empty(), Chunks.empty(), Map.of(), Map.of());
  }

  View<B, K> publish(HeadChunk<B, K> chunk) {
    return new View<>(sealed, open.with(chunk), segments, deletions);
  }

  /// All batches are sealed.
  View<B, K> seal() {
    Chunks<HeadChunk<B, K>> all = Chunks.empty();
    for (int i = 0; i < sealed.size(); i++) {
      all = all.with(sealed.get(i));
    }
    for (int i = 0; i < open.size(); i++) {
      all = all.with(open.get(i));
    }
    return new View<>(all, Chunks.empty(), segments, deletions);
  }

  /// The sealed batches are in these segments.
  View<B, K> cut(List<SegmentHandle<K>> written) {
    return new View<>(Chunks.empty(), open, changed(List.of(), written), deletions);
  }

  View<B, K> replace(List<String> removed, List<SegmentHandle<K>> added) {
    Map<String, List<Deletion>> left = new HashMap<>(deletions);
    left.keySet().removeAll(removed);
    return new View<>(sealed, open, changed(removed, added), left);
  }

  /// Rows of these segments are hidden too.
  View<B, K> hide(Tombstone tombstone) {
    Map<String, List<Deletion>> more = new HashMap<>(deletions);
    for (String name : tombstone.segments()) {
      more.merge(
          name,
          List.of(tombstone.deletion()),
          (before, last) -> Stream.concat(before.stream(), last.stream()).toList());
    }
    return new View<>(sealed, open, segments, more);
  }

  /// The deletions that hide rows of a segment.
  List<Deletion> deletions(String segment) {
    return deletions.getOrDefault(segment, List.of());
  }

  View<B, K> withOpen(Chunks<HeadChunk<B, K>> joined) {
    return new View<>(sealed, joined, segments, deletions);
  }

  private Map<Tenant, List<SegmentHandle<K>>> changed(
      List<String> removed, List<SegmentHandle<K>> added) {
    Map<Tenant, List<SegmentHandle<K>>> next = new HashMap<>();
    segments.forEach((tenant, handles) -> next.put(tenant, new ArrayList<>(handles)));
    next.values()
        .forEach(handles -> handles.removeIf(handle -> removed.contains(handle.entry().name())));
    for (SegmentHandle<K> handle : added) {
      next.computeIfAbsent(handle.entry().tenant(), ignored -> new ArrayList<>()).add(handle);
    }
    next.values().removeIf(List::isEmpty);
    return next;
  }

  List<SegmentHandle<K>> of(Tenant tenant) {
    return segments.getOrDefault(tenant, List.of());
  }
}
