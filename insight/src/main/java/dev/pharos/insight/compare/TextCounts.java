package dev.pharos.insight.compare;

import dev.pharos.model.Symbols;
import java.util.Arrays;

/// How many spans inside and outside have each text of one attribute. One thread.
final class TextCounts {
  /// An attribute with more texts tells spans apart, not groups of them.
  static final int MAX_TEXTS = 10_000;

  private static final int MAX_BYTES = 4 << 20;

  /// So few texts are groups, however few spans have them.
  private static final int FEW = 20;

  private final Symbols texts = new Symbols(64, 4);
  private long[] inside = new long[4];
  private long[] outside = new long[4];

  void add(Symbols symbols, int id, long in, long out) {
    int text = texts.intern(symbols, id);
    if (text >= inside.length) {
      inside = Arrays.copyOf(inside, texts.count() * 2);
      outside = Arrays.copyOf(outside, inside.length);
    }
    inside[text] += in;
    outside[text] += out;
  }

  /// Adds many texts at once.
  ///
  /// @param ids of the first `count` texts; written over
  /// @param in by text, as `out`
  void add(Symbols symbols, int[] ids, int[] in, int[] out, int count) {
    texts.internAll(symbols, ids, count);
    if (texts.count() > inside.length) {
      inside = Arrays.copyOf(inside, texts.count() * 2);
      outside = Arrays.copyOf(outside, inside.length);
    }
    for (int i = 0; i < count; i++) {
      inside[ids[i]] += in[i];
      outside[ids[i]] += out[i];
    }
  }

  void addAll(TextCounts other) {
    for (int text = 0; text < other.texts.count(); text++) {
      if (other.inside[text] + other.outside[text] > 0) {
        add(other.texts, text, other.inside[text], other.outside[text]);
      }
    }
  }

  /// Whether these are too many texts to be groups, or too long ones.
  boolean isUnbounded() {
    return texts.count() > MAX_TEXTS + 1 || texts.textBytes() > MAX_BYTES;
  }

  /// Whether more than every other span has a text of its own.
  boolean tellsSpansApart() {
    long spans = 0;
    int distinct = 0;
    for (int text = 0; text < size(); text++) {
      spans += inside[text] + outside[text];
      distinct += inside[text] + outside[text] > 0 ? 1 : 0;
    }
    return distinct > FEW && distinct * 2L > spans;
  }

  long sizeBytes() {
    return texts.sizeBytes() + 16L * inside.length;
  }

  /// Up to which number there may be texts; some may have no span.
  int size() {
    return Math.min(texts.count(), inside.length);
  }

  String text(int number) {
    return texts.text(number);
  }

  long inside(int number) {
    return inside[number];
  }

  long outside(int number) {
    return outside[number];
  }
}
