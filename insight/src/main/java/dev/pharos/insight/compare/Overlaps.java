package dev.pharos.insight.compare;

import dev.pharos.query.traceql.SpanSweep;
import dev.pharos.store.read.SpanBlock;
import java.util.ArrayList;
import java.util.List;

/// Counts the spans that two terms have in common, for pairs of terms. One thread.
final class Overlaps implements SpanSweep.Work {
  /// Two candidates by their numbers.
  record Pair(int left, int right) {}

  private final InsideRows rows;
  private final List<TermRows> terms;
  private final List<Pair> pairs;
  private final long[] inside;
  private final long[] outside;

  /// @param rows of all blocks
  /// @param terms by number; those in no pair are not looked at
  Overlaps(InsideRows rows, List<TermRows> terms, List<Pair> pairs) {
    this.rows = rows;
    this.terms = terms;
    this.pairs = pairs;
    this.inside = new long[pairs.size()];
    this.outside = new long[pairs.size()];
  }

  @Override
  public void take(int number, SpanBlock block, boolean[] taken, int count) {
    long[] in = rows.of(number);
    var out = new long[in.length];
    for (int row = 0; row < taken.length; row++) {
      out[row >> 6] |= taken[row] ? 1L << row : 0;
    }
    for (int word = 0; word < in.length; word++) {
      out[word] &= ~in[word];
    }
    var bits = new ArrayList<long[]>();
    terms.forEach(term -> bits.add(new long[0]));
    for (int i = 0; i < pairs.size(); i++) {
      long[] left = bits(block, bits, pairs.get(i).left());
      long[] right = bits(block, bits, pairs.get(i).right());
      for (int word = 0; word < in.length; word++) {
        long both = left[word] & right[word];
        inside[i] += Long.bitCount(both & in[word]);
        outside[i] += Long.bitCount(both & out[word]);
      }
    }
  }

  private long[] bits(SpanBlock block, List<long[]> known, int number) {
    if (known.get(number).length == 0) {
      known.set(number, terms.get(number).in(block));
    }
    return known.get(number);
  }

  void addAll(Overlaps other) {
    for (int i = 0; i < inside.length; i++) {
      inside[i] += other.inside[i];
      outside[i] += other.outside[i];
    }
  }

  long inside(int pair) {
    return inside[pair];
  }

  long outside(int pair) {
    return outside[pair];
  }
}
