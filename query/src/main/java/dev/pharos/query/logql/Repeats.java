package dev.pharos.query.logql;

import dev.pharos.query.QueryContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Finds records that equal one seen before: the same stream, time, text and metadata. One thread.
///
/// Records are hashed by stream and time, which costs no text; only those that meet there are compared whole. The
/// seen ones are kept as places, 16 bytes each; a block that is not among the last ones is opened again to compare.
final class Repeats {
  private static final int BYTES_PER_SLOT = 16;

  /// Equal records are near each other: blocks come in the order of time.
  private static final int RECENT_BLOCKS = 16;

  private final QueryContext context;
  private final IntFunction<LogRows> blocks;
  private final Map<Integer, LogRows> recent = new LinkedHashMap<>(32, 0.75f, true);
  private int newest = -1;
  private final Line one = new Line();
  private final Line other = new Line();
  private long[] keys = new long[1 << 10];

  /// Number of the block above, row below, plus 1; 0 is free.
  private long[] places = new long[keys.length];

  private int size;

  /// @param blocks opens a block by its number in the plan
  Repeats(QueryContext context, IntFunction<LogRows> blocks) {
    this.context = context;
    this.blocks = blocks;
  }

  /// Whether the record is new; if so it is remembered.
  boolean add(LogRows rows, int block, int row) {
    if (block != newest) {
      newest = block;
      remember(block, rows);
    }
    if (size * 2 >= keys.length) {
      grow();
    }
    long time = rows.timeNanos(row);
    int stream = rows.labels(rows.resource(row)).stream().hashCode();
    long key = mix(time ^ (long) stream << 32 ^ stream);
    int mask = keys.length - 1;
    int slot = (int) (key >>> 32) & mask;
    while (places[slot] != 0) {
      if (keys[slot] == key && same(places[slot] - 1, rows, row)) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    places[slot] = ((long) block << 32 | row) + 1;
    size++;
    return true;
  }

  private boolean same(long place, LogRows rows, int row) {
    LogRows seen = block((int) (place >>> 32));
    int seenRow = (int) place;
    if (seen.timeNanos(seenRow) != rows.timeNanos(row)) {
      return false;
    }
    one.reset(seen, seenRow);
    other.reset(rows, row);
    return Arrays.equals(one.bytes(), one.from(), one.to(), other.bytes(), other.from(), other.to())
        && one.all().equals(other.all());
  }

  private LogRows block(int number) {
    LogRows known = recent.get(number);
    if (known != null) {
      return known;
    }
    LogRows opened = blocks.apply(number);
    remember(number, opened);
    return opened;
  }

  private void remember(int number, LogRows rows) {
    recent.put(number, rows);
    if (recent.size() > RECENT_BLOCKS) {
      recent.remove(recent.keySet().iterator().next());
    }
  }

  private void grow() {
    context.reserve((long) keys.length * BYTES_PER_SLOT);
    long[] oldKeys = keys;
    long[] oldPlaces = places;
    keys = new long[oldKeys.length * 2];
    places = new long[keys.length];
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldPlaces[i] != 0) {
        int slot = (int) (oldKeys[i] >>> 32) & mask;
        while (places[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        keys[slot] = oldKeys[i];
        places[slot] = oldPlaces[i];
      }
    }
  }

  private static long mix(long h) {
    long m = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
    m = (m ^ m >>> 29) * 0x9E3779B97F4A7C15L;
    return m ^ m >>> 32;
  }
}
