package dev.pharos.store.engine;

import dev.pharos.log.DamagedJournalException;
import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.Journal;
import dev.pharos.log.JournalReader;
import dev.pharos.model.RequestKey;
import dev.pharos.observe.Account;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of the requests committed lately, and which rows are stored of those that came in parts, by which a resend
/// is told.
///
/// The log's frames hold their keys too, so this window writes its own only when a cut is about to give frames up
/// ([#persist]). Keys are kept in generations of a quarter of the window and leave by generation, at the latest a
/// quarter late; where the account has no room the oldest leave early. Any thread.
final class ResendWindow implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResendWindow.class);
  private static final int GENERATIONS = 4;
  private static final int KEYS = 1;
  private static final int ROWS = 2;

  /// What a request that came in parts takes on the heap, as far as it can be said beforehand.
  private static final long BYTES_A_REQUEST = 200;

  private static final int EDIT_HEADER = 16;
  private static final int ROWS_HEADER = 12;
  private static final RowSet NO_ROWS = new RowSet();
  private static final long COMPACT_BYTES = 1 << 20;

  private record Generation(long startMillis, KeySet keys, Map<RequestKey, RowSet> rows) {
    long heapBytes() {
      return keys.heapBytes() + BYTES_A_REQUEST * rows.size();
    }
  }

  private final long windowMillis;
  private final Account account;
  private final Journal journal;
  private final Deque<Generation> generations = new ArrayDeque<>();

  /// Keys that are in the log alone, two longs each.
  private long[] pending = new long[256];

  private int pendingLongs;
  private final List<RequestRows> pendingRows = new ArrayList<>();
  private long pendingMillis;
  private long evicted;

  /// @param name of the file; its directory exists
  /// @param windowMillis 0 for none
  static ResendWindow open(
      Disk disk, String name, RandomGenerator random, long windowMillis, Account account) {
    try {
      return new ResendWindow(disk, name, random, windowMillis, account);
    } catch (DamagedJournalException e) {
      LOG.error(
          "The keys of recent requests cannot be read, so resends of them will be stored again: {}",
          e.getMessage());
      Journal.delete(disk, name);
      return new ResendWindow(disk, name, random, windowMillis, account);
    }
  }

  private ResendWindow(
      Disk disk, String name, RandomGenerator random, long windowMillis, Account account) {
    this.windowMillis = windowMillis;
    this.account = account;
    journal =
        Journal.open(
            disk,
            name,
            random,
            new JournalReader() {
              @Override
              public void snapshot(ByteBuffer bytes) {
                while (bytes.hasRemaining()) {
                  load(bytes);
                }
              }

              @Override
              public void edit(ByteBuffer bytes) {
                snapshot(bytes);
              }
            });
    if (journal.isNew()) {
      journal.compact(ByteBuffer.allocate(0));
    }
  }

  private void load(ByteBuffer bytes) {
    int version = bytes.getInt();
    if (version != KEYS && version != ROWS) {
      throw new IllegalStateException(
          "resend window of version " + version + " (expected: " + KEYS + " or " + ROWS + ")");
    }
    if (version == ROWS) {
      long millis = bytes.getLong();
      RequestRows.get(bytes).forEach(rows -> put(rows, millis));
      return;
    }
    int count = bytes.getInt();
    long millis = bytes.getLong();
    for (int i = 0; i < count; i++) {
      put(bytes.getLong(), bytes.getLong(), millis);
    }
  }

  boolean isOff() {
    return windowMillis == 0;
  }

  synchronized boolean contains(long hi, long lo) {
    for (Generation generation : generations) {
      if (generation.keys.contains(hi, lo)) {
        return true;
      }
    }
    return false;
  }

  /// The rows that are known of a request that came in parts.
  synchronized RowSet rows(RequestKey key) {
    RowSet known = NO_ROWS;
    for (Generation generation : generations) {
      RowSet rows = generation.rows.get(key);
      if (rows != null) {
        known = known.isEmpty() ? new RowSet() : known;
        known.addAll(rows);
      }
    }
    return known;
  }

  /// Adds rows of requests that came in parts, from frames of the log.
  synchronized void add(List<RequestRows> parts, long nowMillis) {
    if (isOff() || parts.isEmpty()) {
      return;
    }
    pendingRows.addAll(parts);
    pendingMillis = Math.max(pendingMillis, nowMillis);
    parts.forEach(rows -> put(rows, nowMillis));
  }

  private void put(RequestRows rows, long millis) {
    if (isOff()) {
      return;
    }
    Generation newest = newest(millis);
    if (!newest.rows.containsKey(rows.key()) && !reserve(BYTES_A_REQUEST)) {
      evicted++;
      return;
    }
    newest.rows.computeIfAbsent(rows.key(), _ -> new RowSet()).addAll(rows.rows());
  }

  /// Adds the keys of frames of the log, two longs each.
  synchronized void add(long[] keys, long nowMillis) {
    if (isOff() || keys.length == 0) {
      return;
    }
    if (pending.length - pendingLongs < keys.length) {
      pending = Arrays.copyOf(pending, Math.max(pending.length * 2, pendingLongs + keys.length));
    }
    System.arraycopy(keys, 0, pending, pendingLongs, keys.length);
    pendingLongs += keys.length;
    pendingMillis = Math.max(pendingMillis, nowMillis);
    for (int i = 0; i < keys.length; i += 2) {
      put(keys[i], keys[i + 1], nowMillis);
    }
  }

  private void put(long hi, long lo, long millis) {
    if (isOff()) {
      return;
    }
    Generation newest = newest(millis);
    if (!newest.keys.add(hi, lo, this::reserve)) {
      evicted++;
    }
  }

  private Generation newest(long millis) {
    Generation newest = generations.peekLast();
    if (newest == null || millis >= newest.startMillis + Math.max(1, windowMillis / GENERATIONS)) {
      newest = new Generation(millis, new KeySet(), new HashMap<>());
      account.charge(newest.heapBytes());
      generations.addLast(newest);
    }
    return newest;
  }

  private boolean reserve(long bytes) {
    while (!account.tryReserve(bytes)) {
      if (generations.size() < 2) {
        return false;
      }
      evicted += generations.getFirst().keys.size() + generations.getFirst().rows.size();
      drop();
    }
    return true;
  }

  private void drop() {
    account.release(generations.removeFirst().heapBytes());
  }

  /// Makes the keys added so far durable in the window's own file.
  synchronized void persist(long nowMillis) {
    expire(nowMillis);
    if (pendingLongs == 0 && pendingRows.isEmpty()) {
      return;
    }
    if (journal.editBytes() > Math.max(COMPACT_BYTES, 2 * journal.snapshotBytes())) {
      journal.compact(snapshot());
    } else {
      try {
        journal.append(pending(), true);
      } catch (dev.pharos.log.DiskFullException e) {
        throw e;
      } catch (DiskException e) {
        // A sealed journal takes nothing more until it is compacted.
        LOG.warn("The file of recent request keys is begun anew: {}", e.getMessage());
        journal.compact(snapshot());
      }
    }
    pendingLongs = 0;
    pendingRows.clear();
  }

  private void expire(long nowMillis) {
    while (!generations.isEmpty()
        && generations.getFirst().startMillis + windowMillis + windowMillis / GENERATIONS
            < nowMillis) {
      drop();
    }
  }

  private ByteBuffer pending() {
    ByteBuffer out = buffer(bytes(pendingLongs, pendingRows));
    put(out, pending, pendingLongs, pendingRows, pendingMillis);
    return out.flip();
  }

  private ByteBuffer snapshot() {
    long bytes = 0;
    for (Generation generation : generations) {
      bytes += bytes(2L * generation.keys.size(), rowsOf(generation));
    }
    ByteBuffer out = buffer(bytes);
    for (Generation generation : generations) {
      long[] keys = generation.keys.toArray();
      put(out, keys, keys.length, rowsOf(generation), generation.startMillis);
    }
    return out.flip();
  }

  private static List<RequestRows> rowsOf(Generation generation) {
    return generation.rows.entrySet().stream()
        .map(entry -> new RequestRows(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long bytes(long longs, List<RequestRows> rows) {
    return EDIT_HEADER + 8 * longs + (rows.isEmpty() ? 0 : ROWS_HEADER + RequestRows.bytes(rows));
  }

  private static void put(
      ByteBuffer out, long[] keys, int longs, List<RequestRows> rows, long millis) {
    out.putInt(KEYS).putInt(longs / 2).putLong(millis);
    for (int i = 0; i < longs; i++) {
      out.putLong(keys[i]);
    }
    if (!rows.isEmpty()) {
      out.putInt(ROWS).putLong(millis);
      RequestRows.put(out, rows);
    }
  }

  /// Keys that left before their time for want of room.
  synchronized long evicted() {
    return evicted;
  }

  synchronized int size() {
    return generations.stream().mapToInt(generation -> generation.keys.size()).sum();
  }

  @Override
  public synchronized void close() {
    journal.close();
    while (!generations.isEmpty()) {
      drop();
    }
  }
}
