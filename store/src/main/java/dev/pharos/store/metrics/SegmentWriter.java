package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SegmentStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// Writes one segment, series by series in the order of their labels (docs/format/metrics-segment.md). One thread.
final class SegmentWriter implements AutoCloseable {
  private final SegmentStorage.Upload upload;
  private final String name;
  private final long ownOrigin;
  private final PageWriter times;
  private final PageWriter values;
  private final TimeBlocks timeBlocks;
  private final ByteSink series = new ByteSink();
  private final ByteSink exemplars = new ByteSink();
  private final Map<String, Integer> symbols = new LinkedHashMap<>();
  private final Map<MetricMetadata, Integer> families = new LinkedHashMap<>();
  private final Map<Labels, Integer> resources = new LinkedHashMap<>();
  private final Map<Long, MutableRoaringBitmap> postings = new TreeMap<>();
  private int seriesCount;
  private long samples;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;
  private long lastTimes;

  SegmentWriter(SegmentStorage storage, String name) {
    this.name = name;
    ownOrigin = SegmentLayout.origin(name);
    upload = storage.create(name);
    upload.write(
        ByteBuffer.allocate(SegmentLayout.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(SegmentLayout.MAGIC)
            .putShort((short) SegmentLayout.VERSION)
            .putShort((short) 0)
            .flip());
    times = new PageWriter(upload);
    values = new PageWriter(upload);
    timeBlocks = new TimeBlocks(times);
  }

  /// Writes a series with at least one sample, greater than the one before. Samples whose origin is not in a segment
  /// yet get that of this one.
  void series(
      Labels labels,
      MetricMetadata family,
      SampleRun run,
      ResourceTimes behind,
      List<Exemplar> found) {
    series.putVarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      int key = symbol(labels.name(i));
      int value = symbol(labels.value(i));
      series.putVarint(key);
      series.putVarint(value);
      postings
          .computeIfAbsent((long) key << 32 | value, ignored -> new MutableRoaringBitmap())
          .add(seriesCount);
    }
    series.putVarint(families.computeIfAbsent(family, ignored -> families.size()));
    series.putVarint((run.count() + SegmentLayout.BLOCK_SAMPLES - 1) / SegmentLayout.BLOCK_SAMPLES);
    for (int from = 0; from < run.count(); from += SegmentLayout.BLOCK_SAMPLES) {
      block(run, from, Math.min(SegmentLayout.BLOCK_SAMPLES, run.count() - from));
    }
    series.putVarint(behind.size());
    for (int i = 0; i < behind.size(); i++) {
      series.putVarint(
          resources.computeIfAbsent(behind.resource(i).attributes(), ignored -> resources.size()));
      series.putZigzag(behind.fromMillis(i) - run.firstMillis());
      series.putZigzag(behind.toMillis(i) - run.firstMillis());
    }
    if (!found.isEmpty()) {
      exemplars(found);
    }
    seriesCount++;
    samples += run.count();
    firstMillis = Math.min(firstMillis, run.firstMillis());
    lastMillis = Math.max(lastMillis, run.lastMillis());
  }

  private int symbol(String text) {
    Integer known = symbols.get(text);
    if (known == null) {
      known = symbols.size();
      symbols.put(text, known);
    }
    return known;
  }

  private void block(SampleRun run, int from, int count) {
    long timesAt = timeBlocks.put(run, from, count, ownOrigin);
    ByteSink block = values.block();
    series.putVarint(count);
    series.putZigzag(timesAt - lastTimes);
    series.putVarint(values.address());
    series.putZigzag(run.millis()[from]);
    series.putVarint(run.millis()[from + count - 1] - run.millis()[from]);
    lastTimes = timesAt;
    if (run.histograms().length == 0) {
      block.putByte(SegmentLayout.NUMBERS);
      DoubleBlocks.encode(block, run.values(), from, count);
    } else {
      block.putByte(SegmentLayout.HISTOGRAMS);
      DoubleBlocks.encode(block, run.values(), from, count);
      HistogramBlocks.encode(block, run.histograms(), from, count);
    }
  }

  private void exemplars(List<Exemplar> found) {
    exemplars.putVarint(seriesCount);
    exemplars.putVarint(found.size());
    for (Exemplar exemplar : found) {
      exemplars.putZigzag(exemplar.millis());
      exemplars.putLong(Double.doubleToRawLongBits(exemplar.value()));
      exemplars.putVarint(exemplar.labels().size());
      exemplar
          .labels()
          .forEach(
              (key, value) -> {
                exemplars.putText(key);
                exemplars.putText(value);
              });
    }
  }

  /// Writes indexes and footer, and commits the object.
  SegmentMeta finish() {
    if (seriesCount == 0) {
      firstMillis = 0;
      lastMillis = 0;
    }
    var index = new ByteSink();
    times.finish(index);
    values.finish(index);
    putTables(index);
    index.putVarint(seriesCount);
    index.putBytes(series.array(), 0, series.size());
    ByteBuffer footer =
        ByteBuffer.allocate(SegmentLayout.FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    section(footer, index);
    section(footer, postings());
    section(footer, exemplars);
    footer.putInt(seriesCount).putLong(samples).putLong(firstMillis).putLong(lastMillis);
    footer
        .putInt(PageWriter.crc(Arrays.copyOf(footer.array(), footer.position())))
        .putInt(SegmentLayout.MAGIC);
    upload.write(footer.flip());
    long size = upload.position();
    upload.commit();
    return new SegmentMeta(
        name, size, samples, firstMillis * 1_000_000L, lastMillis * 1_000_000L + 999_999L);
  }

  private void putTables(ByteSink index) {
    index.putVarint(symbols.size());
    symbols.keySet().forEach(index::putText);
    index.putVarint(families.size());
    for (MetricMetadata family : families.keySet()) {
      index.putText(family.name());
      index.putText(family.type());
      index.putText(family.help());
      index.putText(family.unit());
      index.putText(family.original());
    }
    index.putVarint(resources.size());
    for (Labels resource : resources.keySet()) {
      index.putVarint(resource.size());
      resource.forEach(
          (key, value) -> {
            index.putText(key);
            index.putText(value);
          });
    }
  }

  private ByteSink postings() {
    var out = new ByteSink();
    out.putVarint(postings.size());
    long before = 0;
    for (Map.Entry<Long, MutableRoaringBitmap> entry : postings.entrySet()) {
      MutableRoaringBitmap refs = entry.getValue();
      refs.runOptimize();
      var bytes = ByteBuffer.allocate(refs.serializedSizeInBytes());
      refs.serialize(bytes);
      out.putVarint(entry.getKey() - before);
      before = entry.getKey();
      out.putVarint(bytes.capacity());
      out.putBytes(bytes.array(), 0, bytes.capacity());
    }
    return out;
  }

  private void section(ByteBuffer footer, ByteSink section) {
    byte[] stored =
        section.size() == 0 ? new byte[0] : PageWriter.compressed(section.array(), section.size());
    footer
        .putLong(upload.position())
        .putInt(stored.length)
        .putInt(section.size())
        .putInt(PageWriter.crc(stored));
    upload.write(ByteBuffer.wrap(stored));
  }

  @Override
  public void close() {
    upload.close();
  }
}
