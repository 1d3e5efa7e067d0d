package dev.pharos.wire.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/// Random ids and the texts of the current second, from which the holes of requests are filled. One thread at a time.
public final class Stamps {
  static final int ISO_WIDTH = 27;
  static final int ACCESS_WIDTH = 26;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ACCESS =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private long state;
  private long[] traces = {};
  private long[] spans = {};
  private long second = Long.MIN_VALUE;
  private byte[] isoText = {};
  private byte[] accessText = {};

  /// The same seed gives the same ids.
  public Stamps(long seed) {
    state = seed;
  }

  /// A uniformly distributed number (SplitMix64).
  long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /// In 0 (inclusive) to 1.
  double fraction() {
    return (next() >>> 11) * 0x1p-53;
  }

  /// In 0 (inclusive) to `bound`.
  int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(next(), bound);
  }

  /// New ids for a request with so many traces and spans; none is zero.
  void newIds(int traceCount, int spanCount) {
    if (traces.length < 2 * traceCount) {
      traces = new long[2 * traceCount];
    }
    if (spans.length < spanCount) {
      spans = new long[spanCount];
    }
    for (int i = 0; i < 2 * traceCount; i++) {
      traces[i] = next() | 1;
    }
    for (int i = 0; i < spanCount; i++) {
      spans[i] = next() | 1;
    }
  }

  /// The id of the request's first trace in 32 hex digits, as it was set last.
  public String firstTrace() {
    return traces.length == 0
        ? ""
        : String.format("%016x%016x", Long.reverseBytes(traces[0]), Long.reverseBytes(traces[1]));
  }

  void traceId(byte[] to, int at, int trace) {
    putLong(to, at, traces[2 * trace]);
    putLong(to, at + 8, traces[2 * trace + 1]);
  }

  void spanId(byte[] to, int at, int span) {
    putLong(to, at, spans[span]);
  }

  void digits(byte[] to, int at, int width) {
    long rest = next();
    for (int i = 0; i < width; i++) {
      to[at + i] = (byte) ('0' + Math.unsignedMultiplyHigh(rest, 10));
      rest *= 10;
    }
  }

  void hex(byte[] to, int at, int width) {
    long rest = next();
    for (int i = 0; i < width; i++) {
      to[at + i] = HEX[(int) (rest & 15)];
      rest >>>= 4;
    }
  }

  void isoTime(byte[] to, int at, long nanos) {
    textsOf(Math.floorDiv(nanos, 1_000_000_000L));
    System.arraycopy(isoText, 0, to, at, isoText.length);
    long micros = Math.floorMod(nanos, 1_000_000_000L) / 1000;
    for (int i = at + ISO_WIDTH - 2; i >= at + isoText.length; i--) {
      to[i] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    to[at + ISO_WIDTH - 1] = 'Z';
  }

  void accessTime(byte[] to, int at, long nanos) {
    textsOf(Math.floorDiv(nanos, 1_000_000_000L));
    System.arraycopy(accessText, 0, to, at, ACCESS_WIDTH);
  }

  private void textsOf(long wanted) {
    if (wanted != second) {
      second = wanted;
      Instant instant = Instant.ofEpochSecond(wanted);
      isoText = ISO.format(instant).getBytes(StandardCharsets.US_ASCII);
      accessText = Arrays.copyOf(ACCESS.format(instant).getBytes(StandardCharsets.US_ASCII), 26);
    }
  }

  static void putLong(byte[] to, int at, long value) {
    LONGS.set(to, at, value);
  }

  static void putDouble(byte[] to, int at, double value) {
    LONGS.set(to, at, Double.doubleToRawLongBits(value));
  }
}
