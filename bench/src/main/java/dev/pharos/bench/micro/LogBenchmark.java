package dev.pharos.bench.micro;

import dev.pharos.log.DurableLog;
import dev.pharos.log.Frame;
import dev.pharos.log.LocalDisk;
import dev.pharos.log.LogOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Commits to the durable log: one frame with 64 keys and one force each, old files recycled. Scores are microseconds a
/// commit, with percentiles. The folder is the current one unless `-Dbench.folder` names another: what is measured is
/// its disk.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class LogBenchmark {
  private static final long KEPT_BYTES = 64L << 20;
  private static final int KEYS = 64;

  @Param({"4096", "65536", "262144", "1048576"})
  public int bytes;

  /// Bytes of zeros that files are filled with ahead.
  @Param("4194304")
  public long ahead;

  private Path folder;
  private LocalDisk disk;
  private DurableLog log;
  private ByteBuffer payload;
  private final long[] keys = new long[KEYS];

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory(Path.of(System.getProperty("bench.folder", ".")), "log");
    disk = LocalDisk.open(folder);
    var options = new LogOptions(KEPT_BYTES, ahead, 2, new Random(1));
    log = DurableLog.open(disk, "log", options, 1, (sequence, tenant, ids, bytes) -> {});
    payload = ByteBuffer.allocateDirect(bytes);
  }

  @TearDown
  public void close() throws IOException {
    log.close();
    Folders.delete(folder);
  }

  @Benchmark
  public long commit() {
    long sequence = log.append(new Frame("default", keys, payload));
    log.force();
    log.truncateBelow(sequence - KEPT_BYTES / bytes);
    return sequence;
  }
}
