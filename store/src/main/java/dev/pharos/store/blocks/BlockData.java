package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.store.engine.RowRules;
import dev.pharos.store.engine.Sealed;
import dev.pharos.store.engine.SignalData;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.manifest.Tombstone;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.segment.OpenSegment;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.summary.Summaries;
import dev.pharos.store.summary.SummaryParts;
import dev.pharos.store.summary.SummedBatches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The rows of a signal that is kept in blocks. All changes make a new [View]; readers take the newest and keep what
/// they use of it. Any thread.
///
/// @param <B> the batch of the signal
/// @param <K> the block of the signal
public final class BlockData<B extends Batch, K extends Block> implements SignalData<B> {
  private final BlockKind<B, K> kind;
  private final SegmentStorage storage;
  private final Summaries<B, K, ?> summaries;
  private final Account account;
  private final ChunkJoin<B, K> join = new ChunkJoin<>();
  private final Object change = new Object();
  private volatile View<B, K> view = View.empty();
  private volatile long rows;
  private volatile long bytes;

  /// @param account charged with the head
  public BlockData(BlockKind<B, K> kind, SegmentStorage storage, Account account) {
    this.kind = kind;
    this.storage = storage;
    this.summaries = kind.summaries().apply(storage);
    this.account = account;
  }

  @Override
  public Signal signal() {
    return kind.signal();
  }

  @Override
  public RowRules<B> rules() {
    return kind.rules();
  }

  @Override
  public void publish(Tenant tenant, B batch) {
    var chunk = new HeadChunk<B, K>(tenant, batch);
    account.charge(chunk.bytes());
    synchronized (change) {
      rows += chunk.rows();
      bytes += chunk.bytes();
      view = view.publish(chunk);
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
  public Sealed seal() {
    synchronized (change) {
      view = view.seal();
      return new DayParts<>(view.sealed(), kind, storage, summaries);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // seal() gives nothing else
  public void cutDone(Sealed sealed, List<SegmentEntry> written) {
    Chunks<HeadChunk<B, K>> chunks = ((DayParts<B, K>) sealed).chunks();
    List<SegmentHandle<K>> handles = handles(written);
    synchronized (change) {
      if (view.sealed() != chunks) {
        throw new IllegalStateException(
            "a cut of " + signal().label() + " ended that is not the last one begun");
      }
      view = view.cut(handles);
      chunks.forEach(this::forget);
    }
  }

  private void forget(HeadChunk<B, K> chunk) {
    rows -= chunk.rows();
    bytes -= chunk.bytes();
    account.release(chunk.bytes());
  }

  @Override
  public void open(List<SegmentEntry> segments) {
    List<SegmentHandle<K>> handles = handles(segments);
    summaries.open(segments.stream().map(SegmentEntry::name).collect(Collectors.toSet()));
    synchronized (change) {
      view = view.replace(List.of(), handles);
    }
  }

  private List<SegmentHandle<K>> handles(List<SegmentEntry> entries) {
    var handles = new ArrayList<SegmentHandle<K>>();
    for (SegmentEntry entry : entries) {
      handles.add(new SegmentHandle<>(entry, kind.format(), storage));
    }
    return handles;
  }

  @Override
  public SegmentMeta merge(List<SegmentEntry> inputs, LongPredicate keep, String name) {
    List<SegmentHandle<K>> used = retain(view, inputs);
    try {
      List<OpenSegment<K>> segments = used.stream().map(SegmentHandle::segment).toList();
      SegmentMeta merged = kind.format().merge(segments, keep, storage, name);
      summarise(inputs, merged);
      return merged;
    } finally {
      used.forEach(SegmentHandle::release);
    }
  }

  private void summarise(List<SegmentEntry> inputs, SegmentMeta merged) {
    try {
      summaries.merge(
          inputs.stream().map(SegmentEntry::name).toList(),
          inputs.stream().mapToLong(input -> input.meta().rows()).sum(),
          merged,
          () -> allBlocks(merged, inputs.get(0).tenant()).iterator());
    } catch (RuntimeException e) {
      summaries.giveUp(merged.name(), e);
      storage.delete(merged.name());
      throw e;
    }
  }

  private List<BlockRef<K>> allBlocks(SegmentMeta segment, Tenant tenant) {
    return kind.format().open(storage, segment).blocks(BlockPlan.all(tenant));
  }

  private List<SegmentHandle<K>> retain(View<B, K> now, List<SegmentEntry> entries) {
    List<String> names = entries.stream().map(SegmentEntry::name).toList();
    var used = new ArrayList<SegmentHandle<K>>();
    for (SegmentHandle<K> handle : now.of(entries.get(0).tenant())) {
      if (names.contains(handle.entry().name()) && handle.retain()) {
        used.add(handle);
      }
    }
    if (used.size() != entries.size()) {
      used.forEach(SegmentHandle::release);
      throw new IllegalStateException(
          "merge of " + names + " found only " + used.size() + " of them");
    }
    return used;
  }

  @Override
  public void hide(Tombstone tombstone) {
    synchronized (change) {
      view = view.hide(tombstone);
    }
  }

  @Override
  public List<SegmentMeta> rewrite(SegmentEntry input, LongPredicate keep, Supplier<String> names) {
    View<B, K> now = view;
    List<SegmentHandle<K>> used = retain(now, List.of(input));
    try {
      var rewrite =
          new SegmentRewrite<>(
              kind,
              storage,
              names,
              (batches, name) -> {
                summaries.write(List.of(SummedBatches.once(batches)), name);
                return kind.format().write(batches, storage, name);
              });
      return rewrite.run(used.get(0).segment(), input.tenant(), now.deletions(input.name()));
    } finally {
      used.forEach(SegmentHandle::release);
    }
  }

  @Override
  public void replaced(
      List<SegmentEntry> removed, List<SegmentEntry> added, Consumer<String> unused) {
    List<String> names = removed.stream().map(SegmentEntry::name).toList();
    View<B, K> before;
    synchronized (change) {
      before = view;
      view = view.replace(names, handles(added));
    }
    names.forEach(summaries::forget);
    for (List<SegmentHandle<K>> handles : before.segments().values()) {
      for (SegmentHandle<K> handle : handles) {
        if (names.contains(handle.entry().name())) {
          handle.retire(unused);
        }
      }
    }
  }

  /// Joins small batches, and counts those that queries and the next cut will ask for.
  @Override
  public void tidy() {
    joinSmall();
    Map<Tenant, List<HeadChunk<B, K>>> tenants = new HashMap<>();
    view.open()
        .forEach(
            chunk -> tenants.computeIfAbsent(chunk.tenant(), t -> new ArrayList<>()).add(chunk));
    tenants
        .values()
        .forEach(own -> HeadRun.of(own).forEach(run -> summaries.prepare(run.batches())));
  }

  private void joinSmall() {
    View<B, K> before = view;
    ChunkJoin.Joined<B, K> joined = join.join(before.open());
    if (joined.isNothing()) {
      return;
    }
    synchronized (change) {
      Chunks<HeadChunk<B, K>> now = view.open();
      if (view.sealed() != before.sealed() || now.size() < before.open().size()) {
        // A cut has taken the batches meanwhile.
        return;
      }
      Chunks<HeadChunk<B, K>> next = joined.chunks();
      for (int i = before.open().size(); i < now.size(); i++) {
        next = next.with(now.get(i));
      }
      view = view.withOpen(next);
      joined
          .added()
          .forEach(
              chunk -> {
                bytes += chunk.bytes();
                account.charge(chunk.bytes());
              });
      joined
          .removed()
          .forEach(
              chunk -> {
                bytes -= chunk.bytes();
                account.release(chunk.bytes());
              });
    }
  }

  @Override
  public void close() {
    synchronized (change) {
      account.release(bytes);
      bytes = 0;
    }
  }

  @Override
  public long summaryBytes() {
    return summaries.sizeBytes();
  }

  public Summaries<B, K, ?> summaries() {
    return summaries;
  }

  /// What a summary of the rows reads.
  ///
  /// @param earliestNanos rows before are past retention
  public SummaryParts<B, K> parts(LongSupplier earliestNanos) {
    return (tenant, fromNanos, toNanos, visitor) ->
        BlockPlan.visit(this, tenant, fromNanos, toNanos, earliestNanos.getAsLong(), visitor);
  }

  View<B, K> view() {
    return view;
  }

  BlockKind<B, K> kind() {
    return kind;
  }
}
