package dev.pharos.store.summary;

import dev.pharos.store.read.SpanKey;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The first few spans of each of some groups. One thread while it grows.
final class SpanSamples {
  private static final int MOST = 3;
  private static final int WIDTH = 3;

  /// Trace id, high and low, and span id, [#MOST] times a group.
  private long[] ids = new long[16 * MOST * WIDTH];

  /// By group.
  private byte[] counts = new byte[16];

  /// Whether the group has all it may have.
  boolean isFull(int group) {
    return group < counts.length && counts[group] == MOST;
  }

  void add(int group, long traceHi, long traceLo, long spanId) {
    if (group >= counts.length) {
      counts = Arrays.copyOf(counts, group * 2);
      ids = Arrays.copyOf(ids, counts.length * MOST * WIDTH);
    }
    if (counts[group] < MOST) {
      int at = (group * MOST + counts[group]++) * WIDTH;
      ids[at] = traceHi;
      ids[at + 1] = traceLo;
      ids[at + 2] = spanId;
    }
  }

  /// Adds those of a group of another.
  void add(int group, SpanSamples from, int theirs) {
    for (int i = 0; !isFull(group) && i < from.count(theirs); i++) {
      int at = (theirs * MOST + i) * WIDTH;
      add(group, from.ids[at], from.ids[at + 1], from.ids[at + 2]);
    }
  }

  private int count(int group) {
    return group < counts.length ? counts[group] : 0;
  }

  List<SpanKey> of(int group) {
    var keys = new ArrayList<SpanKey>();
    for (int i = 0; i < count(group); i++) {
      int at = (group * MOST + i) * WIDTH;
      keys.add(new SpanKey(ids[at], ids[at + 1], ids[at + 2]));
    }
    return keys;
  }

  void encode(int groups, ByteSink out) {
    var numbers = new long[groups];
    var flat = new long[groups * MOST * WIDTH];
    int size = 0;
    for (int group = 0; group < groups; group++) {
      numbers[group] = count(group);
      int length = count(group) * WIDTH;
      if (length > 0) {
        System.arraycopy(ids, group * MOST * WIDTH, flat, size, length);
        size += length;
      }
    }
    LongCodec.encode(numbers, groups, out);
    LongCodec.encode(flat, size, out);
  }

  static SpanSamples decode(int groups, ByteSource in) {
    long[] numbers = LongCodec.decode(in, groups);
    int size = 0;
    for (long number : numbers) {
      if (number < 0 || number > MOST) {
        throw in.bad(number + " samples (expected: up to " + MOST + ")");
      }
      size += (int) number * WIDTH;
    }
    long[] flat = LongCodec.decode(in, size);
    var samples = new SpanSamples();
    int at = 0;
    for (int group = 0; group < groups; group++) {
      for (int i = 0; i < numbers[group]; i++, at += WIDTH) {
        samples.add(group, flat[at], flat[at + 1], flat[at + 2]);
      }
    }
    return samples;
  }
}
