package dev.pharos.insight.digest;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/// The digests of blocks, each worked out when first asked for and kept, the most recently used ones, within a share of
/// the memory of queries. Any thread.
public final class Digests {
  private static final long SHARE = 4;

  /// Rows that one visit decodes at most; the oldest blocks are left out.
  private static final long MAX_ROWS = 8_000_000;

  private final TraceReader traces;
  private final ScanPool pool;
  private final Account memory;
  private final long limitBytes;

  /// By the number of the block's memo.
  private final Map<Long, SpanDigest> kept = new LinkedHashMap<>(64, 0.75f, true);

  private long keptBytes;

  /// Senders by the table of the segment or batch they are in.
  private final Map<ResourceTable, List<Sender>> senders =
      Collections.synchronizedMap(new WeakHashMap<>());

  /// What a visit read.
  ///
  /// @param rows decoded
  /// @param blocks opened
  /// @param kept blocks whose digest was there
  /// @param fromNanos since when all spans of the range were shown: its start, or later where there were too many
  public record Effort(long rows, int blocks, int kept, long fromNanos) {}

  public Digests(TraceReader traces, ScanPool pool, Account memory) {
    this.traces = traces;
    this.pool = pool;
    this.memory = memory;
    this.limitBytes = memory.limitBytes() / SHARE;
  }

  /// Shows the cells of the spans that start in the range, both ends whole steps of ten seconds.
  public Effort visit(
      QueryContext context, long fromNanos, long toNanos, SpanDigest.Visitor visitor) {
    var tenant = new Tenant(context.tenant());
    var scan = new Scan(tenant, fromNanos, toNanos, Scan.Order.NEWEST_FIRST, List.of());
    try (Plan<SpanBlock> plan = traces.plan(scan)) {
      var missing = new ArrayList<BlockRef<SpanBlock>>();
      var found = new ArrayList<SpanDigest>();
      long rows = 0;
      long from = fromNanos;
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        Optional<SpanDigest> digest = ref.memo().flatMap(this::find);
        if (digest.isPresent()) {
          found.add(digest.get());
        } else if (rows + ref.rows() <= MAX_ROWS) {
          missing.add(ref);
          rows += ref.rows();
        } else {
          from = Math.max(from, stepAfter(ref.maxNanos()));
        }
      }
      for (SpanDigest digest : found) {
        digest.visit(from, toNanos, visitor);
      }
      try (var ahead =
          new BlocksAhead<SpanBlock, SpanDigest>(
              context,
              pool,
              missing,
              ref -> true,
              () -> (block, number, tally) -> Optional.of(digest(block, missing.get(number))))) {
        for (Optional<SpanDigest> made = ahead.next(); made.isPresent(); made = ahead.next()) {
          made.get().visit(from, toNanos, visitor);
        }
      }
      return new Effort(rows, missing.size(), found.size(), from);
    }
  }

  private static long stepAfter(long nanos) {
    return (Math.floorDiv(nanos, SpanDigest.STEP_NANOS) + 1) * SpanDigest.STEP_NANOS;
  }

  private SpanDigest digest(SpanBlock block, BlockRef<SpanBlock> ref) {
    List<Sender> known = senders.get(block.resources());
    if (known == null || known.size() != block.resources().size()) {
      known = read(block.resources(), block.resourceSymbols());
      senders.put(block.resources(), known);
    }
    SpanDigest digest = new BlockDigester(block, known).digest();
    ref.memo().ifPresent(memo -> keep(memo, digest));
    return digest;
  }

  private static List<Sender> read(ResourceTable resources, Symbols symbols) {
    var read = new ArrayList<Sender>();
    for (int row = 0; row < resources.size(); row++) {
      read.add(Sender.of(resources, symbols, row));
    }
    return List.copyOf(read);
  }

  private synchronized Optional<SpanDigest> find(BlockMemo block) {
    return Optional.ofNullable(kept.get(block.number()));
  }

  private synchronized void keep(BlockMemo block, SpanDigest digest) {
    if (kept.containsKey(block.number())) {
      return;
    }
    long bytes = digest.sizeBytes();
    while (keptBytes + bytes > limitBytes || !memory.tryReserve(bytes)) {
      Iterator<SpanDigest> eldest = kept.values().iterator();
      if (!eldest.hasNext()) {
        return;
      }
      long freed = eldest.next().sizeBytes();
      eldest.remove();
      keptBytes -= freed;
      memory.release(freed);
    }
    kept.put(block.number(), digest);
    keptBytes += bytes;
  }
}
