package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// Collects the distinct words of columns, one column after the other, for one list of plain texts. Reused. One thread.
final class WordPool {
  private final ByteSink bytes = new ByteSink(1 << 12);
  private long[] lengths = new long[64];
  private int count;

  /// Open addressing over the words of the column at hand: their hash, and round and number in one.
  private long[] hashes = new long[256];

  private int[] slotRound = new int[256];
  private int[] slotWord = new int[256];
  private int round;

  /// First word of the column at hand, and where each of its words begins in `bytes`.
  private int first;

  private int[] starts = new int[64];

  void clear() {
    bytes.clear();
    count = 0;
    startColumn();
  }

  /// Begins a column: words of those before are not found any more.
  void startColumn() {
    first = count;
    round++;
  }

  /// The number of the word within its column, where it is added if it is new.
  int add(byte[] from, int start, int end) {
    int length = end - start;
    long hash =
        length <= 8
            ? Words.load(from, start) & Words.mask(length) ^ (long) length << 56
            : longHash(from, start, end);
    int mask = slotRound.length - 1;
    int slot = (int) (hash * 0x9E3779B97F4A7C15L >>> 40) & mask;
    while (slotRound[slot] == round) {
      if (hashes[slot] == hash && isSame(slotWord[slot], from, start, length)) {
        return slotWord[slot] - first;
      }
      slot = (slot + 1) & mask;
    }
    slotRound[slot] = round;
    hashes[slot] = hash;
    slotWord[slot] = count;
    append(from, start, length);
    if ((count - first) * 2 > slotRound.length) {
      grow();
    }
    return count - 1 - first;
  }

  private static long longHash(byte[] from, int start, int end) {
    long hash = end - start;
    int last = end - 8;
    for (int at = start; at < last; at += 8) {
      hash = (hash ^ Words.load(from, at)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return (hash ^ Words.load(from, last)) * 0x9E3779B97F4A7C15L;
  }

  private boolean isSame(int word, byte[] from, int start, int length) {
    return lengths[word] == length && Words.same(bytes.bytes(), starts[word], from, start, length);
  }

  private void append(byte[] from, int start, int length) {
    if (count == lengths.length) {
      lengths = Arrays.copyOf(lengths, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count] = bytes.size();
    lengths[count++] = length;
    bytes.put(from, start, length);
  }

  private void grow() {
    int size = slotRound.length * 2;
    long[] old = hashes;
    int[] oldWord = slotWord;
    int[] oldRound = slotRound;
    hashes = new long[size];
    slotWord = new int[size];
    slotRound = new int[size];
    for (int i = 0; i < old.length; i++) {
      if (oldRound[i] == round) {
        int slot = (int) (old[i] * 0x9E3779B97F4A7C15L >>> 40) & size - 1;
        while (slotRound[slot] == round) {
          slot = (slot + 1) & size - 1;
        }
        slotRound[slot] = round;
        hashes[slot] = old[i];
        slotWord[slot] = oldWord[i];
      }
    }
  }

  /// Words of the column at hand.
  int columnWords() {
    return count - first;
  }

  /// Appends all words as plain texts.
  void write(ByteSink out) {
    LongCodec.encode(lengths, count, out);
    Zstandard.put(bytes.bytes(), 0, bytes.size(), out);
  }
}
