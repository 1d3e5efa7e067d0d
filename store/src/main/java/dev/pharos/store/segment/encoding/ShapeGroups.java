package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// What is known of the shapes of texts: one *group* for each punctuation met, with the first text that had it and the
/// words in which another one differed from that. Learns from a part of the texts; [ShapeMatcher] applies it to all.
/// One thread.
final class ShapeGroups {
  /// Beyond these everything is forgotten and learned anew.
  private static final int MAX_GROUPS = 1024;

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_WORDS = 512;

  /// A longer text has no shape.
  private static final int MAX_TEXT = 1 << 14;

  private final LongTable hashes = new LongTable(64);

  /// The first text of each group: group `g` is `bytes[textAt[g] .. textAt[g + 1])`, and its words are the pairs of
  /// from and to, within `bytes`, in `words[wordAt[g] .. wordAt[g + 1])`.
  private byte[] bytes = new byte[1 << 12];

  private int[] textAt = new int[64];
  private int[] words = new int[256];
  private int[] wordAt = new int[64];

  /// By the index of a word's pair, halved.
  private boolean[] varying = new boolean[128];

  private int[] texts = new int[64];

  /// Pairs of from and to of the text at hand.
  private int[] bounds = new int[64];

  private int boundCount;

  int count() {
    return hashes.size();
  }

  boolean isFull() {
    return hashes.size() >= MAX_GROUPS || textAt[hashes.size()] >= MAX_BYTES;
  }

  void clear() {
    hashes.clear();
    texts[0] = 0;
  }

  /// Takes a text in.
  ///
  /// @return whether a group came or changed by it
  boolean learn(byte[] from, int start, int end) {
    if (end - start > MAX_TEXT || isFull()) {
      return false;
    }
    long hash = split(from, start, end);
    if (boundCount > 2 * MAX_WORDS) {
      return false;
    }
    int group = hashes.add(hash);
    if (group == textAt.length - 1) {
      textAt = Arrays.copyOf(textAt, group * 2 + 2);
      wordAt = Arrays.copyOf(wordAt, group * 2 + 2);
      texts = Arrays.copyOf(texts, group * 2 + 2);
    }
    if (group == hashes.size() - 1 && texts[group] == 0) {
      add(group, from, start, end);
      return false;
    }
    return compare(group, from, start, end);
  }

  private void add(int group, byte[] from, int start, int end) {
    int at = textAt[group];
    int next = at + end - start;
    if (next > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(next, bytes.length * 2));
    }
    System.arraycopy(from, start, bytes, at, end - start);
    textAt[group + 1] = next;
    int word = wordAt[group];
    int nextWord = word + boundCount;
    if (nextWord > words.length) {
      words = Arrays.copyOf(words, Math.max(nextWord, words.length * 2));
      varying = Arrays.copyOf(varying, words.length / 2);
    }
    for (int i = 0; i < boundCount; i++) {
      words[word + i] = bounds[i] - start + at;
    }
    Arrays.fill(varying, word / 2, nextWord / 2, false);
    wordAt[group + 1] = nextWord;
    texts[group] = 1;
    texts[group + 1] = 0;
  }

  /// Finds the words of a text and returns a hash of what lies between them.
  private long split(byte[] from, int start, int end) {
    if (bounds.length < end - start + 2) {
      bounds = new int[end - start + 64];
    }
    int at = start;
    int w = 0;
    long hash = 0;
    while (at < end) {
      int c = from[at] & 0xff;
      if (Words.isWord(c)) {
        bounds[w] = at;
        at = Words.end(from, at, end);
        bounds[w + 1] = at;
        w += 2;
        c = 256;
      } else {
        at++;
      }
      hash = (Long.rotateLeft(hash, 9) ^ c) * 0x9E3779B97F4A7C15L;
    }
    boundCount = w;
    return hash;
  }

  /// Marks the words in which a text differs from its group's first. Texts of equal hash by chance are left alone.
  private boolean compare(int group, byte[] from, int start, int end) {
    int first = wordAt[group];
    if (boundCount != wordAt[group + 1] - first || !isSameBetween(group, from, start, end)) {
      return false;
    }
    boolean changed = texts[group]++ == 1;
    for (int i = 0; i < boundCount; i += 2) {
      int word = (first + i) / 2;
      int length = bounds[i + 1] - bounds[i];
      if (!varying[word]
          && (words[first + i + 1] - words[first + i] != length
              || !Words.same(bytes, words[first + i], from, bounds[i], length))) {
        varying[word] = true;
        changed = true;
      }
    }
    return changed;
  }

  private boolean isSameBetween(int group, byte[] from, int start, int end) {
    int at = start;
    int its = textAt[group];
    int first = wordAt[group];
    for (int i = 0; i < boundCount; i += 2) {
      int length = bounds[i] - at;
      if (words[first + i] - its != length || !Words.same(bytes, its, from, at, length)) {
        return false;
      }
      at = bounds[i + 1];
      its = words[first + i + 1];
    }
    return textAt[group + 1] - its == end - at && Words.same(bytes, its, from, at, end - at);
  }

  /// How many texts were taken into the group; a shape needs two.
  int texts(int group) {
    return texts[group];
  }

  /// The first texts of all groups.
  byte[] bytes() {
    return bytes;
  }

  int textFrom(int group) {
    return textAt[group];
  }

  int textTo(int group) {
    return textAt[group + 1];
  }

  int words(int group) {
    return (wordAt[group + 1] - wordAt[group]) / 2;
  }

  boolean isVarying(int group, int word) {
    return varying[wordAt[group] / 2 + word];
  }

  int wordFrom(int group, int word) {
    return words[wordAt[group] + 2 * word];
  }

  int wordTo(int group, int word) {
    return words[wordAt[group] + 2 * word + 1];
  }
}
