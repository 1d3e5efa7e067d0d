package dev.pharos.store.metrics;

import dev.pharos.store.read.Matcher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// The series of an open segment by label name and value, as roaring bitmaps that stay as they are stored. Immutable.
final class SegmentPostings {
  private final SegmentIndex index;
  private final byte[] bytes;

  /// Symbols of name and value, ascending.
  private final long[] keys;

  private final int[] offsets;
  private final int[] lengths;
  private final Map<String, Integer> symbols;

  SegmentPostings(byte[] bytes, SegmentIndex index) {
    this.bytes = bytes;
    this.index = index;
    var in = new ByteSource(bytes, 0);
    int count = in.getCount(in.left());
    keys = new long[count];
    offsets = new int[count];
    lengths = new int[count];
    long key = 0;
    for (int i = 0; i < count; i++) {
      key += in.getVarint();
      keys[i] = key;
      lengths[i] = in.getCount(in.left());
      offsets[i] = in.position();
      in.skip(lengths[i]);
    }
    symbols = HashMap.newHashMap(index.symbols());
    for (int i = 0; i < index.symbols(); i++) {
      symbols.put(index.symbol(i), i);
    }
  }

  private ImmutableRoaringBitmap refs(int at) {
    return new ImmutableRoaringBitmap(ByteBuffer.wrap(bytes, offsets[at], lengths[at]).slice());
  }

  /// The series that satisfy all conditions, ascending.
  int[] select(List<Matcher> matchers) {
    @Nullable MutableRoaringBitmap found = null;
    var rest = new ArrayList<Matcher>();
    for (Matcher matcher : matchers) {
      if (matcher.matchesEmpty() || matcher.literals().isEmpty()) {
        rest.add(matcher);
      } else if (found == null) {
        found = matching(matcher);
      } else {
        found.and(matching(matcher));
      }
    }
    if (found == null) {
      // The values of one label are fewer than all series.
      for (Matcher matcher : rest) {
        if (!matcher.matchesEmpty()) {
          found = matching(matcher);
          rest.remove(matcher);
          break;
        }
      }
    }
    int[] series = found == null ? all() : found.toArray();
    for (Matcher matcher : rest) {
      series = filter(series, matcher);
    }
    return series;
  }

  private int[] all() {
    var all = new int[index.seriesCount()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private MutableRoaringBitmap matching(Matcher matcher) {
    var found = new MutableRoaringBitmap();
    Integer name = symbols.get(matcher.name());
    if (name == null) {
      return found;
    }
    if (!matcher.literals().isEmpty()) {
      for (String literal : matcher.literals()) {
        Integer value = symbols.get(literal);
        int at =
            value == null || !matcher.matches(literal)
                ? -1
                : Arrays.binarySearch(keys, (long) name << 32 | value);
        if (at >= 0) {
          found.or(refs(at));
        }
      }
      return found;
    }
    int at = Arrays.binarySearch(keys, (long) name << 32);
    for (int i = at >= 0 ? at : -at - 1; i < keys.length && keys[i] >>> 32 == name; i++) {
      if (matcher.matches(index.symbol((int) keys[i]))) {
        found.or(refs(i));
      }
    }
    return found;
  }

  private int[] filter(int[] series, Matcher matcher) {
    Integer name = symbols.get(matcher.name());
    boolean empty = matcher.matchesEmpty();
    if (name == null) {
      return empty ? series : new int[0];
    }
    Map<Integer, Boolean> tested = new HashMap<>();
    int kept = 0;
    var found = new int[series.length];
    for (int each : series) {
      int value = index.value(each, name);
      if (value < 0
          ? empty
          : tested.computeIfAbsent(value, symbol -> matcher.matches(index.symbol(symbol)))) {
        found[kept++] = each;
      }
    }
    return Arrays.copyOf(found, kept);
  }
}
