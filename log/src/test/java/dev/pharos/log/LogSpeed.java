package dev.pharos.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/// Measures appends with one force each: `LogSpeed DIRECTORY [preallocate KiB] [spare files]`.
final class LogSpeed {
  private static final int[] SIZES = {4 << 10, 64 << 10, 256 << 10, 1 << 20};

  private LogSpeed() {}

  public static void main(String[] args) {
    long preallocate = args.length > 1 ? Long.parseLong(args[1]) << 10 : 4L << 20;
    int spares = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    LogOptions options = new LogOptions(64L << 20, preallocate, spares, new Random());
    LocalDisk disk = LocalDisk.open(Path.of(args[0]));
    DurableLog log =
        DurableLog.open(disk, "log", options, 1, (sequence, tenant, keys, payload) -> {});
    for (int round = 0; round < 3; round++) {
      for (int size : SIZES) {
        measure(log, size);
      }
    }
    log.close();
  }

  private static void measure(DurableLog log, int size) {
    ByteBuffer payload = ByteBuffer.allocateDirect(size);
    long[] keys = new long[64];
    int commits = (int) Math.min(2_000, (192L << 20) / size);
    long[] nanos = new long[commits];
    long start = System.nanoTime();
    for (int i = 0; i < commits; i++) {
      long before = System.nanoTime();
      long sequence = log.append(new Frame("default", keys, payload));
      log.force();
      nanos[i] = System.nanoTime() - before;
      log.truncateBelow(sequence - (64L << 20) / size);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        "%,9d B: %6.0f commits/s %7.1f MB/s, p50 %5d us, p99 %6d us, max %6d us%n",
        size,
        commits / seconds,
        commits * (double) size / seconds / 1e6,
        nanos[commits / 2] / 1000,
        nanos[commits * 99 / 100] / 1000,
        nanos[commits - 1] / 1000);
  }
}
