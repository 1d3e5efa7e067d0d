package dev.pharos.store.engine;

import dev.pharos.log.DiskException;
import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.manifest.Manifest;
import dev.pharos.store.manifest.ManifestEdit;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
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

  /// Deletes what a failed change has written, if the manifest is sure not to name it.
  private void giveUp(List<SegmentEntry> written, RuntimeException cause) {
    if (manifest.isUncertain()) {
      return;
    }
    for (SegmentEntry segment : written) {
      try {
        if (!manifest.contains(segment.name())) {
          storage.delete(segment.name());
        }
      } catch (DiskException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /// Merges what most deserves it.
  ///
  /// @param earliestNanos rows before are left out
  /// @return whether there was something to merge
  boolean merge(long earliestNanos) {
    List<SegmentEntry> inputs =
        MergePolicy.pick(
            manifest.segments().stream()
                .filter(segment -> segment.meta().maxNanos() >= earliestNanos)
                .toList());
    if (inputs.isEmpty()) {
      return false;
    }
    SegmentEntry first = inputs.get(0);
    String name = claim(first.tenant(), first.day());
    try {
      SegmentMeta meta = data.merge(inputs, time -> time >= earliestNanos, name);
      int level = inputs.stream().mapToInt(SegmentEntry::level).max().orElse(0) + 1;
      replace(inputs, new SegmentEntry(first.tenant(), first.day(), level, meta));
      counters.merges.increment();
      counters.mergedBytes.add(meta.sizeBytes());
    } finally {
      inUse.remove(name);
    }
    deleteUnused();
    return true;
  }

  private synchronized void replace(List<SegmentEntry> inputs, SegmentEntry output) {
    if (!inputs.stream().allMatch(input -> manifest.contains(input.name()))) {
      // Retention was faster: the output holds rows that are gone.
      storage.delete(output.name());
      return;
    }
    try {
      manifest.apply(ManifestEdit.replace(inputs, List.of(output)));
    } catch (RuntimeException e) {
      giveUp(List.of(output), e);
      throw e;
    }
    remove(inputs, List.of(output));
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
  }

  /// Deletes the objects that no reader uses any more.
  void deleteUnused() {
    for (String name = unused.poll(); name != null; name = unused.poll()) {
      try {
        storage.delete(name);
      } catch (DiskException e) {
        LOG.warn("A segment that is not needed any more cannot be deleted yet: {}", e.getMessage());
      }
      inUse.remove(name);
    }
  }

  void sweepOrphans(long nowMillis) {
    if (!manifest.isUncertain()) {
      orphans.sweep(nowMillis, name -> inUse.contains(name) || manifest.contains(name));
    }
  }

  List<SegmentEntry> segments() {
    return manifest.segments();
  }

  long sizeBytes() {
    return manifest.segments().stream().mapToLong(segment -> segment.meta().sizeBytes()).sum();
  }
}
