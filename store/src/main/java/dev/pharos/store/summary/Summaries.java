package dev.pharos.store.summary;

import dev.pharos.log.DiskException;
import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.segment.CorruptSegmentException;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.lang.ref.SoftReference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The summaries of one signal's segments: each an object beside its segment, written before it, and read when a query
/// asks for it. A segment without one, or with one that is damaged, is answered from its rows. Any thread.
///
/// @param <S> the summary
public final class Summaries<B extends Batch, K extends Block, S> {
  /// What the name of a segment is followed by in that of its summary.
  public static final String SUFFIX = ".summary";

  private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);

  private final SummaryKind<B, K, S> kind;
  private final SegmentStorage storage;

  /// Bytes of the summaries there are, by segment.
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

  private final Map<String, SoftReference<S>> read = new ConcurrentHashMap<>();

  private Summaries(SummaryKind<B, K, S> kind, SegmentStorage storage) {
    this.kind = kind;
    this.storage = storage;
  }

  public static Summaries<SpanBatch, SpanBlock, ?> spans(SegmentStorage storage) {
    return new Summaries<>(SummaryKind.SPANS, storage);
  }

  public static Summaries<LogBatch, LogBlock, ?> logs(SegmentStorage storage) {
    return new Summaries<>(SummaryKind.LOGS, storage);
  }

  /// Takes note of the summaries that are there at start.
  ///
  /// @param segments names
  public void open(Collection<String> segments) {
    if (segments.isEmpty()) {
      return;
    }
    String first = segments.iterator().next();
    String folder = first.substring(0, Math.max(0, first.indexOf('/', first.indexOf('/') + 1)));
    for (String object : storage.list(folder)) {
      if (object.endsWith(SUFFIX)) {
        String segment = object.substring(0, object.length() - SUFFIX.length());
        if (segments.contains(segment)) {
          sizes.put(segment, (int) storage.sizeBytes(object));
        }
      }
    }
  }

  /// Writes the summary of a segment that will have the rows of these batches. What is kept of some need not be counted
  /// again.
  public void write(List<SummedBatches<B>> parts, String segment) {
    SummaryBuilder<B, K, S> builder = kind.builder().apply(Window.all(1));
    for (SummedBatches<B> part : parts) {
      Optional<S> kept = part.sum().flatMap(sum -> sum.find(kind.type()));
      kept.ifPresentOrElse(builder::add, () -> part.batches().forEach(builder::add));
    }
    builder.complete(parts.stream().flatMap(part -> part.batches().stream()).toList());
    write(builder.build(), segment);
  }

  /// Adds what batches sum up to.
  void add(SummedBatches<B> batches, SummaryBuilder<B, K, S> builder) {
    if (batches.sum().isPresent()) {
      builder.add(sum(batches, batches.sum().get()));
    } else {
      batches.batches().forEach(builder::add);
    }
  }

  /// Makes the summary of batches that keep theirs, if it is not there.
  public void prepare(SummedBatches<B> batches) {
    batches.sum().ifPresent(memo -> sum(batches, memo));
  }

  private S sum(SummedBatches<B> batches, BlockMemo memo) {
    Optional<S> kept = memo.find(kind.type());
    if (kept.isPresent()) {
      return kept.get();
    }
    SummaryBuilder<B, K, S> builder = kind.builder().apply(Window.all(1));
    batches.batches().forEach(builder::add);
    S summary = builder.build();
    memo.keep(summary);
    return summary;
  }

  private void write(S summary, String segment) {
    sizes.put(segment, SummaryFile.write(storage, segment + SUFFIX, kind, summary));
  }

  /// Deletes the summary of a segment that could not be written.
  public void giveUp(String segment, RuntimeException cause) {
    forget(segment);
    try {
      storage.delete(segment + SUFFIX);
    } catch (DiskException e) {
      cause.addSuppressed(e);
    }
  }

  /// Writes the summary of a merged segment: that of its inputs added up, or that of its rows where an input has none,
  /// or not all of it, or rows were left out.
  ///
  /// @param rows of the inputs
  /// @param blocks of the merged segment
  public void merge(
      List<String> inputs, long rows, SegmentMeta merged, Iterable<? extends BlockRef<K>> blocks) {
    boolean wide = merged.maxNanos() - merged.minNanos() >= Steps.COARSE_SPAN_NANOS;
    List<S> parts = inputs.stream().flatMap(input -> load(input).stream()).toList();
    boolean whole =
        rows == merged.rows()
            && parts.size() == inputs.size()
            && parts.stream().allMatch(part -> kind.answers().test(part, Window.all(1)));
    int grain = wide ? Steps.COARSE : 1;
    if (whole) {
      for (S part : parts) {
        grain = Math.max(grain, kind.grain().applyAsInt(part));
      }
    }
    SummaryBuilder<B, K, S> builder = kind.builder().apply(Window.all(grain));
    if (whole) {
      parts.forEach(builder::add);
    } else {
      blocks.forEach(ref -> ref.open().ifPresent(builder::add));
    }
    builder.completeByBlocks(blocks);
    write(builder.build(), merged.name());
  }

  /// The summary of a segment, if there is a sound one.
  private Optional<S> load(String segment) {
    if (!sizes.containsKey(segment)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SummaryFile.read(storage, segment + SUFFIX, kind));
    } catch (CorruptSegmentException e) {
      LOG.error("A summary is damaged, and its segment is read instead: {}", e.getMessage());
      sizes.remove(segment);
      return Optional.empty();
    }
  }

  /// As [#load], kept in memory as long as that is not short: queries ask for the same ones again.
  private Optional<S> find(String segment) {
    SoftReference<S> known = read.get(segment);
    S summary = known == null ? null : known.get();
    if (summary != null) {
      return Optional.of(summary);
    }
    Optional<S> loaded = load(segment);
    loaded.ifPresent(found -> read.put(segment, new SoftReference<>(found)));
    return loaded;
  }

  /// The summary of a segment, if it has the parts of the window and counts in steps of which those of the window are
  /// whole ones.
  Optional<S> find(String segment, Window window) {
    return find(segment)
        .filter(
            summary -> {
              int grain = kind.grain().applyAsInt(summary);
              return kind.answers().test(summary, window)
                  && window.grain() % grain == 0
                  && window.fromStep() % grain == 0
                  && window.toStep() % grain == 0;
            });
  }

  SummaryBuilder<B, K, S> builder(Window window) {
    return kind.builder().apply(window);
  }

  /// Forgets a segment that readers do not see any more.
  public void forget(String segment) {
    sizes.remove(segment);
    read.remove(segment);
  }

  /// Bytes of all summaries.
  public long sizeBytes() {
    return sizes.values().stream().mapToLong(Integer::longValue).sum();
  }
}
