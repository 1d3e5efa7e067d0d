package dev.pharos.store.engine;

import dev.pharos.log.DiskException;
import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.manifest.Manifest;
import dev.pharos.store.manifest.ManifestEdit;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.manifest.Tombstone;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.summary.Summaries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A signal's segments through their life: written, named by the manifest, merged, expired, deleted. The manifest
/// changes first, then what readers see, and an object goes when no reader uses it any more. Any thread; edits exclude
/// one another.
final class SegmentSet<B extends Batch> {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentSet.class);

  private final SignalData<B> data;
  private final Manifest manifest;
  private final SegmentStorage storage;
  private final SegmentNames names;
  private final EngineCounters counters;
  private final Orphans orphans;

  /// Names that objects are being written under, or that readers still hold.
  private final Set<String> inUse = ConcurrentHashMap.newKeySet();

  private final ConcurrentLinkedQueue<String> unused = new ConcurrentLinkedQueue<>();

  /// Kept, because every commit asks.
  private volatile double mergesBehind;

  /// @param folder of the storage, with this signal's segments and nothing else
  SegmentSet(
      SignalData<B> data,
      Manifest manifest,
      SegmentStorage storage,
      String folder,
      EngineCounters counters) {
    this.data = data;
    this.manifest = manifest;
    this.storage = storage;
    this.counters = counters;
    orphans = new Orphans(storage, folder);
    var taken = new ArrayList<>(storage.list(folder));
    manifest.segments().forEach(segment -> taken.add(segment.name()));
    names = new SegmentNames(folder, taken);
    data.open(manifest.segments());
    manifest.tombstones().forEach(data::hide);
    countMerges();
  }

  private void countMerges() {
    mergesBehind = MergePolicy.behind(manifest.segments());
  }

  /// By how many merges of the usual size merges are behind; below 1 when none is due.
  double mergesBehind() {
    return mergesBehind;
  }

  /// Writes the sealed rows as segments that cover the log up to `covered`.
  void cut(Sealed sealed, long covered) {
    var written = new ArrayList<SegmentEntry>();
    var claimed = new ArrayList<String>();
    try {
      for (Sealed.Part part : sealed.parts()) {
        String name = claim(part.tenant(), part.day());
        claimed.add(name);
        SegmentMeta meta = part.write(name);
        written.add(new SegmentEntry(part.tenant(), part.day(), 0, meta));
        counters.segmentBytes.add(meta.sizeBytes());
      }
      synchronized (this) {
        manifest.apply(ManifestEdit.cut(covered, written));
        data.cutDone(sealed, written);
        countMerges();
      }
    } catch (RuntimeException e) {
      giveUp(written, e);
      throw e;
    } finally {
      claimed.forEach(inUse::remove);
    }
    counters.cuts.increment();
  }

  private String claim(Tenant tenant, int day) {
    String name = names.next(tenant, day);
    inUse.add(name);
    return name;
  }

  private void delete(String segment) {
    storage.delete(segment);
    storage.delete(segment + Summaries.SUFFIX);
  }

  /// Deletes what a failed change has written, if the manifest is sure not to name it.
  private void giveUp(List<SegmentEntry> written, RuntimeException cause) {
    if (manifest.isUncertain()) {
      return;
    }
    for (SegmentEntry segment : written) {
      try {
        if (!manifest.contains(segment.name())) {
          delete(segment.name());
        }
      } catch (DiskException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /// Hides the rows of all present segments that satisfy the deletion.
  synchronized void delete(Deletion deletion) {
    List<String> touched =
        manifest.segments().stream()
            .filter(
                segment ->
                    segment.tenant().equals(deletion.tenant())
                        && deletion.touches(segment.meta().minNanos(), segment.meta().maxNanos()))
            .map(SegmentEntry::name)
            .toList();
    if (!touched.isEmpty()) {
      var tombstone = new Tombstone(deletion, touched);
      manifest.apply(ManifestEdit.hide(tombstone));
      data.hide(tombstone);
    }
  }

  /// Writes a segment with deleted rows anew, or merges what most deserves it.
  ///
  /// @param earliestNanos rows before are left out
  /// @return whether there was something to do
  boolean merge(long earliestNanos) {
    List<SegmentEntry> present = manifest.segments();
    List<Tombstone> tombstones = manifest.tombstones();
    if (!tombstones.isEmpty()) {
      String first = tombstones.get(0).segments().get(0);
      for (SegmentEntry segment : present) {
        if (segment.name().equals(first)) {
          rewrite(segment, earliestNanos);
          return true;
        }
      }
    }
    List<SegmentEntry> inputs =
        MergePolicy.pick(
            present.stream()
                .filter(segment -> segment.meta().maxNanos() >= earliestNanos)
                .toList());
    if (inputs.isEmpty()) {
      return false;
    }
    merge(inputs, earliestNanos);
    return true;
  }

  private void rewrite(SegmentEntry input, long earliestNanos) {
    List<Deletion> deletions = manifest.deletions(input.name());
    var claimed = new ArrayList<String>();
    try {
      List<SegmentEntry> outputs =
          data
              .rewrite(
                  input,
                  time -> time >= earliestNanos,
                  () -> {
                    String name = claim(input.tenant(), input.day());
                    claimed.add(name);
                    return name;
                  })
              .stream()
              .map(meta -> new SegmentEntry(input.tenant(), input.day(), input.level(), meta))
              .toList();
      replace(List.of(input), deletions, outputs);
      counters.merges.increment();
      outputs.forEach(output -> counters.mergedBytes.add(output.meta().sizeBytes()));
    } finally {
      claimed.forEach(inUse::remove);
    }
    deleteUnused();
  }

  private void merge(List<SegmentEntry> inputs, long earliestNanos) {
    SegmentEntry first = inputs.get(0);
    String name = claim(first.tenant(), first.day());
    try {
      SegmentMeta meta = data.merge(inputs, time -> time >= earliestNanos, name);
      int level = inputs.stream().mapToInt(SegmentEntry::level).max().orElse(0) + 1;
      replace(
          inputs, List.of(), List.of(new SegmentEntry(first.tenant(), first.day(), level, meta)));
      counters.merges.increment();
      counters.mergedBytes.add(meta.sizeBytes());
    } finally {
      inUse.remove(name);
    }
    deleteUnused();
  }

  /// @param deletions that were taken into account of each input
  private synchronized void replace(
      List<SegmentEntry> inputs, List<Deletion> deletions, List<SegmentEntry> outputs) {
    boolean same =
        inputs.stream()
            .allMatch(
                input ->
                    manifest.contains(input.name())
                        && manifest.deletions(input.name()).equals(deletions));
    if (!same) {
      // Retention or a deletion was faster: the outputs hold rows that are gone.
      outputs.forEach(output -> delete(output.name()));
      return;
    }
    try {
      manifest.apply(ManifestEdit.replace(inputs, outputs));
    } catch (RuntimeException e) {
      giveUp(outputs, e);
      throw e;
    }
    remove(inputs, outputs);
  }

  /// Gives segments up.
  synchronized void drop(List<SegmentEntry> segments) {
    List<SegmentEntry> present =
        segments.stream().filter(segment -> manifest.contains(segment.name())).toList();
    if (present.isEmpty()) {
      return;
    }
    manifest.apply(ManifestEdit.drop(present));
    remove(present, List.of());
    present.forEach(segment -> counters.expiredRows.add(segment.meta().rows()));
  }

  private void remove(List<SegmentEntry> removed, List<SegmentEntry> added) {
    removed.forEach(segment -> inUse.add(segment.name()));
    data.replaced(removed, added, unused::add);
    countMerges();
  }

  /// Deletes the objects that no reader uses any more.
  void deleteUnused() {
    for (String name = unused.poll(); name != null; name = unused.poll()) {
      try {
        delete(name);
      } catch (DiskException e) {
        LOG.warn("A segment that is not needed any more cannot be deleted yet: {}", e.getMessage());
      }
      inUse.remove(name);
    }
  }

  void sweepOrphans(long nowMillis) {
    if (!manifest.isUncertain()) {
      orphans.sweep(
          nowMillis,
          name -> {
            String segment =
                name.endsWith(Summaries.SUFFIX)
                    ? name.substring(0, name.length() - Summaries.SUFFIX.length())
                    : name;
            return inUse.contains(segment) || manifest.contains(segment);
          });
    }
  }

  List<SegmentEntry> segments() {
    return manifest.segments();
  }

  long sizeBytes() {
    return data.summaryBytes()
        + manifest.segments().stream().mapToLong(segment -> segment.meta().sizeBytes()).sum();
  }
}
