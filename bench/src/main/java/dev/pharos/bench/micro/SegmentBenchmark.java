package dev.pharos.bench.micro;

import dev.pharos.log.LocalDisk;
import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.Block;
import dev.pharos.store.segment.LocalStorage;
import dev.pharos.store.segment.LogFormat;
import dev.pharos.store.segment.OpenSegment;
import dev.pharos.store.segment.SegmentFormat;
import dev.pharos.store.segment.SegmentMeta;
import dev.pharos.store.segment.SpanFormat;
import dev.pharos.wire.otlp.OtlpCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Writes segments of 64,000 rows and merges four of 16,000, force included. Scores are million rows a second; at the
/// end each trial prints the bytes a row of what it wrote last.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(SegmentBenchmark.ROWS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class SegmentBenchmark {
  static final int ROWS = 64_000;
  private static final int PARTS = 4;

  private Path folder;
  private LocalDisk disk;
  private LocalStorage storage;
  private Rows<SpanBatch, ?> spans;
  private Rows<LogBatch, ?> lines;
  private double bytesARow;

  /// The batches of one signal and four segments of a quarter of them each.
  private static final class Rows<B extends Batch, K extends Block> {
    private final SegmentFormat<B, K> format;
    private final LocalStorage storage;
    private final List<B> batches;
    private final List<OpenSegment<K>> parts = new ArrayList<>();

    Rows(SegmentFormat<B, K> format, LocalStorage storage, String name, List<B> batches) {
      this.format = format;
      this.storage = storage;
      this.batches = batches;
      int size = batches.size() / PARTS;
      for (int i = 0; i < PARTS; i++) {
        SegmentMeta meta =
            format.write(batches.subList(i * size, (i + 1) * size), storage, name + i);
        parts.add(format.open(storage, meta));
      }
    }

    SegmentMeta write(String name) {
      SegmentMeta meta = format.write(batches, storage, name);
      storage.delete(name);
      return meta;
    }

    SegmentMeta merge(String name) {
      SegmentMeta meta = format.merge(parts, time -> true, storage, name);
      storage.delete(name);
      return meta;
    }
  }

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory(Path.of(System.getProperty("bench.folder", ".")), "segs");
    disk = LocalDisk.open(folder);
    storage = new LocalStorage(disk);
    int requests = ROWS / Requests.ITEMS;
    spans =
        new Rows<>(
            new SpanFormat(),
            storage,
            "spans",
            Requests.spans(requests).stream()
                .map(request -> OtlpCodec.TRACES.decode(request).batch())
                .toList());
    lines =
        new Rows<>(
            new LogFormat(),
            storage,
            "lines",
            Requests.lines(requests).stream()
                .map(request -> OtlpCodec.LOGS.decode(request).batch())
                .toList());
  }

  @TearDown
  public void close() throws IOException {
    System.out.printf("%nbytes a row: %.2f%n", bytesARow);
    storage.close();
    Folders.delete(folder);
  }

  private SegmentMeta noted(SegmentMeta meta) {
    bytesARow = (double) meta.sizeBytes() / ROWS;
    return meta;
  }

  @Benchmark
  public SegmentMeta writeSpans() {
    return noted(spans.write("written"));
  }

  @Benchmark
  public SegmentMeta writeLogs() {
    return noted(lines.write("written"));
  }

  @Benchmark
  public SegmentMeta mergeSpans() {
    return noted(spans.merge("merged"));
  }

  @Benchmark
  public SegmentMeta mergeLogs() {
    return noted(lines.merge("merged"));
  }
}
