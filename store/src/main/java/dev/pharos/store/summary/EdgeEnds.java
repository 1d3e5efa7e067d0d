package dev.pharos.store.summary;

import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.filter.Hashes;
import java.util.Arrays;

/// Ends of edges between services: client ends, or server ends. One thread while it grows.
///
/// An end is known by a hash of the client span's trace and span id, of which 48 bits are kept.
final class EdgeEnds {
  static final int ERROR = 1;

  /// Of client ends: a message may be received by several, so the end stays open when it is joined.
  static final int PRODUCER = 2;

  private static final int MAX_ENDS = 1 << 26;
  private static final int HASH_BYTES = 6;

  private long[] hashes = new long[16];
  private int[] services = new int[16];
  private long[] steps = new long[16];

  /// A bucket of durations in the upper bits, marks in the lowest two.
  private int[] details = new int[16];

  private int count;

  static long hash(long traceHi, long traceLo, long spanId) {
    return Hashes.mix(Hashes.mix(traceHi, traceLo), spanId) >>> 16;
  }

  void add(long hash, int service, long step, int bucket, int marks) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
      services = Arrays.copyOf(services, count * 2);
      steps = Arrays.copyOf(steps, count * 2);
      details = Arrays.copyOf(details, count * 2);
    }
    hashes[count] = hash;
    services[count] = service;
    steps[count] = step;
    details[count++] = bucket << 2 | marks;
  }

  int count() {
    return count;
  }

  long hash(int i) {
    return hashes[i];
  }

  int service(int i) {
    return services[i];
  }

  long step(int i) {
    return steps[i];
  }

  int bucket(int i) {
    return details[i] >>> 2;
  }

  int marks(int i) {
    return details[i] & 3;
  }

  boolean has(int i, int mark) {
    return (details[i] & mark) != 0;
  }

  /// Puts an end in the place of an earlier one.
  void move(int from, int to) {
    hashes[to] = hashes[from];
    services[to] = services[from];
    steps[to] = steps[from];
    details[to] = details[from];
  }

  /// Leaves out the ends from this one on.
  void truncate(int length) {
    count = length;
  }

  void encode(ByteSink out) {
    out.putVarint(count);
    for (int i = 0; i < count; i++) {
      out.putInt((int) hashes[i]);
      out.putByte((int) (hashes[i] >>> 32));
      out.putByte((int) (hashes[i] >>> 40));
    }
    var column = new long[count];
    for (int i = 0; i < count; i++) {
      column[i] = services[i];
    }
    LongCodec.encode(column, count, out);
    LongCodec.encode(steps, count, out);
    for (int i = 0; i < count; i++) {
      column[i] = details[i];
    }
    LongCodec.encode(column, count, out);
  }

  static EdgeEnds decode(ByteSource in, int names) {
    int count = in.readCount(Math.min(MAX_ENDS, in.remaining() / HASH_BYTES));
    var ends = new EdgeEnds();
    ends.count = count;
    ends.hashes = new long[count];
    for (int i = 0; i < count; i++) {
      long low = in.readInt() & 0xffffffffL;
      ends.hashes[i] = low | (long) in.readByte() << 32 | (long) in.readByte() << 40;
    }
    ends.services = ints(LongCodec.decode(in, count), names, in);
    ends.steps = LongCodec.decode(in, count);
    ends.details = ints(LongCodec.decode(in, count), DurationBuckets.COUNT << 2, in);
    return ends;
  }

  private static int[] ints(long[] values, int limit, ByteSource in) {
    var ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      if (values[i] < 0 || values[i] >= limit) {
        throw in.bad("number " + values[i] + " of an end (expected: below " + limit + ")");
      }
      ints[i] = (int) values[i];
    }
    return ints;
  }
}
