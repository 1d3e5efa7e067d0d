package dev.pharos.store.metrics;

import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.store.engine.RowRules;
import dev.pharos.store.engine.Sealed;
import dev.pharos.store.engine.SignalData;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.manifest.Tombstone;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The samples of all tenants: a head by series, and segments. A change happens under the write lock and a reader takes
/// its snapshot under the read lock, so it sees each batch and each cut wholly or not at all. Any thread.
public final class MetricData implements SignalData<MetricBatch> {
  /// How long a series without samples stays in the head, so that a scrape now and then is no new series each time.
  private static final long IDLE_MILLIS = 600_000;

  private static final long SWEEP_MILLIS = 60_000;
  private static final long CACHE_BYTES = 24L << 20;

  private final SegmentStorage storage;
  private final Account account;
  private final Clock clock;
  private final Ingest ingest;
  private final MetricRules rules = new MetricRules();
  private final PageCache cache = new PageCache(CACHE_BYTES);
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<Tenant, TenantHead> heads = new HashMap<>();
  private final Map<Tenant, List<MetricHandle>> segments = new HashMap<>();
  private volatile long rows;
  private volatile long bytes;
  private volatile long sampleBytes;
  private long sweptMillis;

  /// @param account charged with the head
  /// @param seed of the keys of points, which nobody outside should know
  public MetricData(SegmentStorage storage, Account account, Clock clock, long seed) {
    this.storage = storage;
    this.account = account;
    this.clock = clock;
    ingest = new Ingest(seed);
    sweptMillis = clock.millis();
  }

  @Override
  public Signal signal() {
    return Signal.METRICS;
  }

  @Override
  public RowRules<MetricBatch> rules() {
    return rules;
  }

  @Override
  public void publish(Tenant tenant, MetricBatch batch) {
    lock.writeLock().lock();
    try {
      TenantHead head = heads.computeIfAbsent(tenant, ignored -> new TenantHead());
      long samplesBefore = head.samples();
      long bytesBefore = head.heapBytes();
      long sampleBytesBefore = head.sampleBytes();
      ingest.publish(head, batch, clock.millis());
      changed(
          head.samples() - samplesBefore,
          head.heapBytes() - bytesBefore,
          head.sampleBytes() - sampleBytesBefore);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void changed(long moreRows, long moreBytes, long moreSampleBytes) {
    rows += moreRows;
    bytes += moreBytes;
    sampleBytes += moreSampleBytes;
    if (moreBytes >= 0) {
      account.charge(moreBytes);
    } else {
      account.release(-moreBytes);
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long heapBytes() {
    return bytes;
  }

  @Override
  public long cuttableBytes() {
    return sampleBytes;
  }

  @Override
  public Sealed seal() {
    lock.writeLock().lock();
    try {
      var sealed = new LinkedHashMap<Tenant, List<HeadSeries>>();
      long now = clock.millis();
      heads.forEach((tenant, head) -> sealed.put(tenant, head.seal(now)));
      return new SealedMetrics(sealed, storage);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void cutDone(Sealed sealed, List<SegmentEntry> written) {
    List<MetricHandle> handles = handles(written);
    lock.writeLock().lock();
    try {
      ((SealedMetrics) sealed)
          .series()
          .forEach(
              (tenant, series) -> {
                TenantHead head = heads.get(tenant);
                if (head == null) {
                  throw new IllegalStateException(
                      "a cut of metrics ended for tenant " + tenant.name() + ", which has no head");
                }
                long samplesBefore = head.samples();
                long bytesBefore = head.heapBytes();
                long sampleBytesBefore = head.sampleBytes();
                head.cutDone(series);
                changed(
                    head.samples() - samplesBefore,
                    head.heapBytes() - bytesBefore,
                    head.sampleBytes() - sampleBytesBefore);
              });
      add(handles);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void open(List<SegmentEntry> entries) {
    List<MetricHandle> handles = handles(entries);
    lock.writeLock().lock();
    try {
      add(handles);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private List<MetricHandle> handles(List<SegmentEntry> entries) {
    var handles = new ArrayList<MetricHandle>();
    for (SegmentEntry entry : entries) {
      handles.add(new MetricHandle(entry, storage, cache));
    }
    return handles;
  }

  private void add(List<MetricHandle> handles) {
    for (MetricHandle handle : handles) {
      segments.computeIfAbsent(handle.entry().tenant(), ignored -> new ArrayList<>()).add(handle);
    }
  }

  @Override
  public SegmentMeta merge(List<SegmentEntry> inputs, LongPredicate keep, String name) {
    List<String> names = inputs.stream().map(SegmentEntry::name).toList();
    List<SegmentUse> used =
        retained(inputs.get(0).tenant(), handle -> names.contains(handle.entry().name()));
    try {
      if (used.size() != inputs.size()) {
        throw new IllegalStateException(
            "merge of " + names + " found only " + used.size() + " of them");
      }
      return SegmentMerge.merge(
          used.stream().map(SegmentUse::segment).toList(), keep, storage, name);
    } finally {
      used.forEach(SegmentUse::release);
    }
  }

  private List<SegmentUse> retained(Tenant tenant, Predicate<MetricHandle> wanted) {
    lock.readLock().lock();
    try {
      var used = new ArrayList<SegmentUse>();
      for (MetricHandle handle : segments.getOrDefault(tenant, List.of())) {
        if (wanted.test(handle) && handle.retain()) {
          used.add(new SegmentUse(handle, handle.mask()));
        }
      }
      return used;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void hide(Tombstone tombstone) {
    lock.writeLock().lock();
    try {
      for (MetricHandle handle : segments.getOrDefault(tombstone.deletion().tenant(), List.of())) {
        if (tombstone.segments().contains(handle.entry().name())) {
          handle.hide(tombstone.deletion());
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public List<SegmentMeta> rewrite(SegmentEntry input, LongPredicate keep, Supplier<String> names) {
    SegmentMeta written = merge(List.of(input), keep, names.get());
    if (written.rows() > 0) {
      return List.of(written);
    }
    storage.delete(written.name());
    return List.of();
  }

  @Override
  public void replaced(
      List<SegmentEntry> removed, List<SegmentEntry> added, Consumer<String> unused) {
    List<String> names = removed.stream().map(SegmentEntry::name).toList();
    var retired = new ArrayList<MetricHandle>();
    List<MetricHandle> handles = handles(added);
    lock.writeLock().lock();
    try {
      segments
          .values()
          .forEach(
              list ->
                  list.removeIf(
                      handle -> names.contains(handle.entry().name()) && retired.add(handle)));
      segments.values().removeIf(List::isEmpty);
      add(handles);
    } finally {
      lock.writeLock().unlock();
    }
    retired.forEach(handle -> handle.retire(unused));
  }

  @Override
  public void tidy() {
    long now = clock.millis();
    if (now - sweptMillis < SWEEP_MILLIS) {
      return;
    }
    sweptMillis = now;
    lock.writeLock().lock();
    try {
      for (TenantHead head : heads.values()) {
        long before = head.heapBytes();
        head.sweep(now - IDLE_MILLIS);
        changed(0, head.heapBytes() - before, 0);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      changed(0, -bytes, 0);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Reads a snapshot of the head under the lock, together with the segments of that moment that touch the range, each
  /// retained for the caller to release.
  ///
  /// @param reader gets the head, if the tenant has one; must not keep it
  List<SegmentUse> snapshot(
      Tenant tenant, long fromMillis, long toMillis, Consumer<TenantHead> reader) {
    lock.readLock().lock();
    try {
      TenantHead head = heads.get(tenant);
      if (head != null) {
        reader.accept(head);
      }
      return retained(tenant, handle -> handle.touches(fromMillis, toMillis));
    } finally {
      lock.readLock().unlock();
    }
  }
}
