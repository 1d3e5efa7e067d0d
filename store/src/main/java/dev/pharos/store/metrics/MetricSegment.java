package dev.pharos.store.metrics;

import com.github.luben.zstd.Zstd;
import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.segment.CorruptSegmentException;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An open segment: its index in memory, its samples read page by page. Series are numbered in the order of their
/// labels. Any thread.
final class MetricSegment {
  /// Stands for this segment in the cache, which must not hold the index.
  private final Object identity;

  private final SegmentMeta meta;
  private final SegmentStorage storage;
  private final PageCache cache;
  private final Pages times;
  private final Pages values;
  private final SegmentIndex index;
  private final SegmentPostings postings;
  private final Section exemplarSection;
  private final SeriesMask mask;
  private volatile @Nullable Map<Integer, List<Exemplar>> exemplars;

  /// A part of the file that is compressed as a whole.
  private record Section(long offset, int stored, int raw, int crc) {}

  /// The pages of one stream, found by address.
  private record Pages(int stream, long[] starts, long[] offsets, int[] stored, int[] crcs) {
    int find(long address) {
      int at = Arrays.binarySearch(starts, address);
      return at >= 0 ? at : -at - 2;
    }

    int rawBytes(int page) {
      return (int) (starts[page + 1] - starts[page]);
    }
  }

  /// Opens a segment.
  ///
  /// @throws CorruptSegmentException naming object and offset, if anything does not fit
  static MetricSegment open(SegmentStorage storage, SegmentMeta meta, PageCache cache) {
    try {
      return new MetricSegment(storage, meta, cache);
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | NegativeArraySizeException e) {
      throw new CorruptSegmentException(
          meta.name(), 0, "its index cannot be read: " + e.getMessage());
    }
  }

  private MetricSegment(SegmentStorage storage, SegmentMeta meta, PageCache cache) {
    this.storage = storage;
    this.meta = meta;
    this.cache = cache;
    identity = new Object();
    mask = SeriesMask.NONE;
    ByteBuffer footer = footer();
    Section indexSection = section(footer);
    Section postingSection = section(footer);
    exemplarSection = section(footer);
    int series = footer.getInt();
    var in = new ByteSource(read(indexSection), 0);
    times = pages(in, 0);
    values = pages(in, 1);
    index = SegmentIndex.read(in, series);
    postings = new SegmentPostings(read(postingSection), index);
  }

  private MetricSegment(MetricSegment whole, SeriesMask mask) {
    identity = whole.identity;
    meta = whole.meta;
    storage = whole.storage;
    cache = whole.cache;
    times = whole.times;
    values = whole.values;
    index = whole.index;
    postings = whole.postings;
    exemplarSection = whole.exemplarSection;
    exemplars = whole.exemplars;
    this.mask = mask;
  }

  /// The segment without what is hidden, sharing all else.
  MetricSegment masked(SeriesMask hidden) {
    return hidden.isNone() ? this : new MetricSegment(this, hidden);
  }

  private long[] hidden(int series) {
    return mask.hidden(index.labels(series), index.resources(series));
  }

  private ByteBuffer footer() {
    if (meta.sizeBytes() < SegmentLayout.HEADER_BYTES + SegmentLayout.FOOTER_BYTES) {
      throw corrupt(0, meta.sizeBytes() + " bytes (expected: more)");
    }
    long at = meta.sizeBytes() - SegmentLayout.FOOTER_BYTES;
    ByteBuffer header =
        ByteBuffer.allocate(SegmentLayout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer footer =
        ByteBuffer.allocate(SegmentLayout.FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    storage.read(
        meta.name(),
        List.of(new SegmentStorage.Range(0, header), new SegmentStorage.Range(at, footer)));
    header.flip();
    footer.flip();
    int magic = header.getInt();
    if (magic != SegmentLayout.MAGIC
        || footer.getInt(SegmentLayout.FOOTER_BYTES - 4) != SegmentLayout.MAGIC) {
      throw corrupt(
          0, "begins with 0x" + Integer.toHexString(magic) + " (expected: a metrics segment)");
    }
    int version = header.getShort();
    int features = header.getShort();
    if (version != SegmentLayout.VERSION || features != 0) {
      throw corrupt(
          4,
          "version "
              + version
              + " with features 0x"
              + Integer.toHexString(features)
              + " (expected: version 1 without; a newer Pharos wrote it)");
    }
    byte[] checked = Arrays.copyOf(footer.array(), SegmentLayout.FOOTER_BYTES - 8);
    if (PageWriter.crc(checked) != footer.getInt(SegmentLayout.FOOTER_BYTES - 8)) {
      throw corrupt(at, "the footer does not have its checksum");
    }
    return footer;
  }

  private static Section section(ByteBuffer footer) {
    return new Section(footer.getLong(), footer.getInt(), footer.getInt(), footer.getInt());
  }

  private byte[] read(Section section) {
    return read(section.offset, section.stored, section.raw, section.crc);
  }

  private byte[] read(long offset, int stored, int raw, int crc) {
    var bytes = new byte[stored];
    if (stored > 0) {
      storage.read(meta.name(), List.of(new SegmentStorage.Range(offset, ByteBuffer.wrap(bytes))));
    }
    if (PageWriter.crc(bytes) != crc) {
      throw corrupt(offset, stored + " bytes do not have their checksum");
    }
    if (stored == raw) {
      return bytes;
    }
    byte[] plain = new byte[raw];
    long got = Zstd.decompress(plain, bytes);
    if (got != raw) {
      throw corrupt(offset, stored + " bytes do not decompress to " + raw);
    }
    return plain;
  }

  private static Pages pages(ByteSource in, int stream) {
    int count = in.getCount(in.left());
    var starts = new long[count + 1];
    var offsets = new long[count];
    var stored = new int[count];
    var crcs = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = in.getVarint();
      stored[i] = in.getCount(Integer.MAX_VALUE);
      starts[i + 1] = starts[i] + in.getCount(Integer.MAX_VALUE);
      crcs[i] = in.getInt();
    }
    return new Pages(stream, starts, offsets, stored, crcs);
  }

  private CorruptSegmentException corrupt(long offset, String what) {
    return new CorruptSegmentException(meta.name(), offset, what);
  }

  SegmentMeta meta() {
    return meta;
  }

  int seriesCount() {
    return index.seriesCount();
  }

  Labels labels(int series) {
    return index.labels(series);
  }

  MetricMetadata family(int series) {
    return index.family(series);
  }

  List<MetricMetadata> families() {
    if (mask.isNone()) {
      return index.families();
    }
    var left = new LinkedHashSet<MetricMetadata>();
    for (int series = 0; series < index.seriesCount(); series++) {
      if (!left.contains(index.family(series)) && touches(series, Long.MIN_VALUE, Long.MAX_VALUE)) {
        left.add(index.family(series));
      }
    }
    return List.copyOf(left);
  }

  ResourceTimes resources(int series) {
    return mask.isNone()
        ? index.resources(series)
        : SeriesMask.left(index.resources(series), hidden(series));
  }

  /// The series that satisfy the filter's conditions on labels, and on Resources within the range.
  int[] select(SeriesFilter filter, long fromMillis, long toMillis) {
    int[] found = postings.select(filter.labels());
    if (filter.resources().isEmpty()) {
      return found;
    }
    int kept = 0;
    for (int series : found) {
      if (filter.takes(resources(series), fromMillis, toMillis)) {
        found[kept++] = series;
      }
    }
    return Arrays.copyOf(found, kept);
  }

  /// Whether the series has a sample in the range.
  boolean touches(int series, long fromMillis, long toMillis) {
    if (!mask.isNone()) {
      return run(series, fromMillis, toMillis).count() > 0;
    }
    for (int block = index.firstBlock(series); block < index.firstBlock(series + 1); block++) {
      long least = index.firstMillis(block);
      long most = index.lastMillis(block);
      if (least >= fromMillis && least <= toMillis || most >= fromMillis && most <= toMillis) {
        return true;
      }
      if (least < fromMillis
          && most > toMillis
          && decode(block).between(fromMillis, toMillis).count() > 0) {
        return true;
      }
    }
    return false;
  }

  /// The samples of a range, both ends inclusive.
  SampleRun run(int series, long fromMillis, long toMillis) {
    var runs = new ArrayList<SampleRun>();
    for (int block = index.firstBlock(series); block < index.firstBlock(series + 1); block++) {
      if (index.lastMillis(block) >= fromMillis && index.firstMillis(block) <= toMillis) {
        SampleRun run = decode(block).between(fromMillis, toMillis);
        if (run.count() > 0) {
          runs.add(run);
        }
      }
    }
    SampleRun all = SampleRun.merge(runs);
    return mask.isNone() ? all : SeriesMask.left(all, hidden(series));
  }

  private SampleRun decode(int block) {
    int count = index.samples(block);
    try {
      TimeBlocks.Times shared = times(index.timesAddress(block), count);
      ByteSource in = block(values, index.valuesAddress(block));
      int kind = in.getByte();
      double[] numbers = DoubleBlocks.decode(in, count);
      @Nullable NativeHistogram[] histograms =
          kind == SegmentLayout.NUMBERS
              ? SampleRun.NO_HISTOGRAMS
              : HistogramBlocks.decode(in, numbers);
      return new SampleRun(
          count, shared.millis(), numbers, histograms, shared.origins(), shared.origin());
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
      throw corrupt(
          index.valuesAddress(block),
          "the block of values with this address cannot be read: " + e.getMessage());
    }
  }

  /// The times of a block, which the series of one scrape share.
  private TimeBlocks.Times times(long address, int count) {
    return cache.times(identity, address, () -> TimeBlocks.read(block(times, address), count));
  }

  private ByteSource block(Pages pages, long address) {
    int page = pages.find(address);
    byte[] bytes =
        cache.page(
            identity,
            pages.stream(),
            page,
            () ->
                read(
                    pages.offsets()[page],
                    pages.stored()[page],
                    pages.rawBytes(page),
                    pages.crcs()[page]));
    return new ByteSource(bytes, (int) (address - pages.starts()[page]));
  }

  /// The exemplars of a series in no order.
  List<Exemplar> exemplars(int series) {
    Map<Integer, List<Exemplar>> all = exemplars;
    if (all == null) {
      try {
        all = readExemplars();
      } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
        throw corrupt(exemplarSection.offset, "the exemplars cannot be read: " + e.getMessage());
      }
      exemplars = all;
    }
    List<Exemplar> found = all.getOrDefault(series, List.of());
    return mask.isNone() ? found : SeriesMask.left(found, hidden(series));
  }

  private Map<Integer, List<Exemplar>> readExemplars() {
    var all = new HashMap<Integer, List<Exemplar>>();
    var in = new ByteSource(read(exemplarSection), 0);
    while (in.left() > 0) {
      int series = in.getCount(index.seriesCount());
      int count = in.getCount(in.left());
      var found = new ArrayList<Exemplar>(count);
      for (int i = 0; i < count; i++) {
        long millis = in.getZigzag();
        double value = Double.longBitsToDouble(in.getLong());
        found.add(new Exemplar(SegmentIndex.readLabels(in), value, millis));
      }
      all.put(series, found);
    }
    return all;
  }
}
