package dev.pharos.query.logql;

import dev.pharos.query.QueryContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds records that equal one seen before: the same stream, time, text and metadata. One thread.
///
/// Records are hashed by stream and time, which costs no text; only those that meet there are compared whole. The
/// seen ones are kept as places, 24 bytes each, until every block that can still come is younger; a block that is not
/// among the last ones is opened again to compare.
final class Repeats {
  private static final int BYTES_PER_SLOT = 24;

  /// Equal records are near each other: blocks come in the order of time.
  private static final int RECENT_BLOCKS = 16;

  private final QueryContext context;
  private final LogScan.Blocks blocks;
  private final Map<Integer, LogRows> recent = new LinkedHashMap<>(32, 0.75f, true);
  private int newest = -1;
  private final Line one = new Line();
  private final Line other = new Line();
  private long[] keys = new long[1 << 10];
  private long[] times = new long[keys.length];

  /// Number of the block above, row below, plus 1; 0 is free.
  private long[] places = new long[keys.length];

  private int size;

  /// @param blocks of the plan, whose records are added in its order
  Repeats(QueryContext context, LogScan.Blocks blocks) {
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
      makeRoom();
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
    times[slot] = time;
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
    LogRows opened = blocks.open(number);
    remember(number, opened);
    return opened;
  }

  private void remember(int number, LogRows rows) {
    recent.put(number, rows);
    if (recent.size() > RECENT_BLOCKS) {
      recent.remove(recent.keySet().iterator().next());
    }
  }

  /// Forgets records that nothing can equal any more, and takes more memory only if that is not enough.
  private void makeRoom() {
    long earliest = blocks.earliestNanos(newest);
    int kept = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] != 0 && times[i] >= earliest) {
        kept++;
      }
    }
    int room = keys.length;
    if (kept * 4 > room) {
      context.reserve((long) room * BYTES_PER_SLOT);
      room *= 2;
    }
    long[] oldKeys = keys;
    long[] oldTimes = times;
    long[] oldPlaces = places;
    keys = new long[room];
    times = new long[room];
    places = new long[room];
    size = kept;
    int mask = room - 1;
    for (int i = 0; i < oldPlaces.length; i++) {
      if (oldPlaces[i] != 0 && oldTimes[i] >= earliest) {
        int slot = (int) (oldKeys[i] >>> 32) & mask;
        while (places[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        keys[slot] = oldKeys[i];
        times[slot] = oldTimes[i];
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
