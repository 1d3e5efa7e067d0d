package dev.pharos.model;

import dev.pharos.model.proto.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The string dictionary of one batch or block: byte strings by id, in one array. Id 0 is always the empty string.
///
/// [#intern] finds equal bytes again; [#add] appends without looking, for texts that hardly ever repeat (log bodies),
/// so equal bytes may have several ids: compare bytes, not ids, unless both came from `intern`.
///
/// Thread rule: one writer; once handed over with its batch nobody writes, and any thread may read.
public final class Symbols {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int NONE = -1;

  /// The secrets of [#hash], other ones in each process.
  private static final long START;

  private static final long STEP;
  private static final long LAST;

  static {
    var random = new SplittableRandom();
    START = random.nextLong();
    STEP = random.nextLong();
    LAST = random.nextLong();
  }

  private byte[] bytes;

  /// Symbol `i` is `bytes[offsets[i] .. offsets[i + 1])`.
  private int[] offsets;

  private int[] hashes;
  private int count = 1;

  /// Open addressing over `hash << 32 | id`; 0 is free. Empty until the first `intern` or `find`.
  private long[] slots = {};

  private int interned;

  public Symbols() {
    this(1024, 64);
  }

  /// A dictionary with room for so many bytes and symbols before it grows.
  public Symbols(int byteCapacity, int symbolCapacity) {
    bytes = new byte[Math.max(16, byteCapacity)];
    offsets = new int[Math.max(8, symbolCapacity) + 1];
    hashes = new int[offsets.length];
  }

  /// Takes over encoded symbols: `offsets` has `count + 1` ascending entries, the first two being 0.
  public static Symbols of(byte[] bytes, int[] offsets, int count) {
    if (count < 1 || offsets.length < count + 1 || offsets[0] != 0 || offsets[1] != 0) {
      throw new IllegalArgumentException(
          "symbols: count " + count + " (expected: the empty string first)");
    }
    var symbols = new Symbols(0, 0);
    symbols.bytes = bytes;
    symbols.offsets = offsets;
    symbols.hashes = new int[0];
    symbols.count = count;
    return symbols;
  }

  /// The same symbols without spare room, and without the table over their hashes, which is made if something is looked
  /// for.
  Symbols trimmed() {
    Symbols trimmed =
        of(Arrays.copyOf(bytes, textBytes() + 8), Arrays.copyOf(offsets, count + 1), count);
    if (hashes.length >= count) {
      trimmed.hashes = Arrays.copyOf(hashes, count + 1);
    }
    return trimmed;
  }

  /// A dictionary with the same ids that may be added to.
  public Symbols copy() {
    var copy = new Symbols(0, 0);
    copy.bytes = Arrays.copyOf(bytes, Math.max(16, textBytes() + (textBytes() >> 3)));
    copy.offsets = Arrays.copyOf(offsets, Math.max(9, count + 1 + (count >> 3)));
    copy.hashes = Arrays.copyOf(hashes, hashes.length < count ? 0 : copy.offsets.length);
    copy.count = count;
    copy.slots = hashes.length < count ? new long[0] : slots.clone();
    copy.interned = interned;
    return copy;
  }

  /// The id of these bytes, added if they are new.
  public int intern(byte[] source, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int hash = hash(source, offset, length);
    int slot = slotOf(hash, source, offset, length);
    int found = (int) slots[slot];
    return found != 0 ? found : insert(slot, hash, source, offset, length);
  }

  /// Like the other `intern`, for the symbol `id` of another dictionary.
  public int intern(Symbols other, int id) {
    int start = other.offsets[id];
    int length = other.offsets[id + 1] - start;
    if (length == 0) {
      return 0;
    }
    int hash =
        id < other.hashes.length && other.hashes[id] != 0
            ? other.hashes[id]
            : hash(other.bytes, start, length);
    int slot = slotOf(hash, other.bytes, start, length);
    int found = (int) slots[slot];
    return found != 0 ? found : insert(slot, hash, other.bytes, start, length);
  }

  /// Interns many symbols of another dictionary. They are looked up side by side, so that what is far away in memory is
  /// waited for once and not by each.
  ///
  /// @param ids the first `count` of them, which become the ids here
  public void internAll(Symbols other, int[] ids, int count) {
    if (slots.length == 0) {
      index();
    }
    var hashes = new int[count];
    for (int i = 0; i < count; i++) {
      int start = other.offsets[ids[i]];
      int length = other.offsets[ids[i] + 1] - start;
      hashes[i] = length == 0 ? 0 : hash(other.bytes, start, length);
    }
    long[] table = slots;
    int mask = table.length - 1;
    var entries = new long[count];
    for (int i = 0; i < count; i++) {
      entries[i] = table[hashes[i] & mask];
    }
    for (int i = 0; i < count; i++) {
      for (int slot = hashes[i]; entries[i] != 0 && (int) (entries[i] >>> 32) != hashes[i]; ) {
        entries[i] = table[++slot & mask];
      }
    }
    for (int i = 0; i < count; i++) {
      int found = (int) entries[i];
      int start = other.offsets[ids[i]];
      ids[i] =
          found != 0 && sameBytes(found, other.bytes, start, other.offsets[ids[i] + 1] - start)
              ? found
              : intern(other, ids[i]);
    }
  }

  /// Like `intern`, but only takes up well-formed UTF-8.
  ///
  /// @return -1 if the bytes are new here and not UTF-8
  public int internText(byte[] source, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int hash = hash(source, offset, length);
    int slot = slotOf(hash, source, offset, length);
    int found = (int) slots[slot];
    if (found != 0) {
      return found;
    }
    return Utf8.isValid(source, offset, length) ? insert(slot, hash, source, offset, length) : NONE;
  }

  public int intern(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return intern(utf8, 0, utf8.length);
  }

  /// Appends the bytes as a symbol of their own, not found by later `intern` or `find`.
  public int add(byte[] source, int offset, int length) {
    return length == 0 ? 0 : append(0, source, offset, length);
  }

  /// Appends all symbols of another dictionary but the empty one as symbols of their own, as [#add] does but that empty
  /// ones are kept as such.
  ///
  /// @return what an id there that is not 0 is less than the id here
  public int addAll(Symbols other) {
    int more = other.count - 1;
    int length = other.textBytes();
    int end = offsets[count];
    if (bytes.length - end < length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, (long) end + length));
    }
    System.arraycopy(other.bytes, 0, bytes, end, length);
    if (count + more + 1 > offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(offsets.length, count + more + 1L));
    }
    if (count + more > hashes.length) {
      hashes = Arrays.copyOf(hashes, offsets.length);
    }
    for (int id = 1; id <= more; id++) {
      offsets[count + id] = end + other.offsets[id + 1];
    }
    int shift = count - 1;
    count += more;
    return shift;
  }

  /// The id of these bytes among the interned ones, or -1.
  public int find(byte[] source, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int slot = slotOf(hash(source, offset, length), source, offset, length);
    return slots[slot] == 0 ? NONE : (int) slots[slot];
  }

  public int find(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  private int insert(int slot, int hash, byte[] source, int offset, int length) {
    int id = append(hash, source, offset, length);
    slots[slot] = (long) hash << 32 | id;
    interned++;
    if (interned * 2 > slots.length) {
      rehash(slots.length * 2);
    }
    return id;
  }

  private int append(int hash, byte[] source, int offset, int length) {
    int end = offsets[count];
    if (bytes.length - end < length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, (long) end + length));
    }
    System.arraycopy(source, offset, bytes, end, length);
    if (count + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(offsets.length, count + 2L));
    }
    if (count >= hashes.length) {
      hashes = Arrays.copyOf(hashes, offsets.length);
    }
    hashes[count] = hash;
    offsets[count + 1] = end + length;
    return count++;
  }

  private static int grown(int now, long needed) {
    long size = Math.max(needed, now + (long) (now >> 1));
    if (needed > Integer.MAX_VALUE - 16) {
      throw new IllegalStateException(
          "dictionary of " + needed + " bytes or symbols (expected: below 2^31)");
    }
    return (int) Math.min(size, Integer.MAX_VALUE - 16);
  }

  private int slotOf(int hash, byte[] source, int offset, int length) {
    if (slots.length == 0) {
      index();
    }
    long[] table = slots;
    int mask = table.length - 1;
    int slot = hash & mask;
    while (true) {
      long entry = table[slot];
      if (entry == 0
          || ((int) (entry >>> 32) == hash && sameBytes((int) entry, source, offset, length))) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  /// Builds the index over symbols that came without one.
  private void index() {
    if (hashes.length < count) {
      var fresh = new int[offsets.length];
      for (int id = 1; id < count; id++) {
        fresh[id] = hash(bytes, offsets[id], length(id));
      }
      // Readers of a batch that was handed over may get here together: each sees all hashes or
      // none.
      VarHandle.releaseFence();
      hashes = fresh;
    }
    interned = count - 1;
    rehash(Math.max(64, Integer.highestOneBit(offsets.length) * 4));
  }

  private void rehash(int size) {
    var fresh = new long[size];
    int mask = size - 1;
    for (int id = 1; id < count; id++) {
      if (hashes[id] == 0) {
        continue;
      }
      int slot = hashes[id] & mask;
      while (fresh[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      fresh[slot] = (long) hashes[id] << 32 | id;
    }
    VarHandle.releaseFence();
    slots = fresh;
  }

  private boolean sameBytes(int id, byte[] source, int offset, int length) {
    int start = offsets[id];
    return offsets[id + 1] - start == length && sameBytes(bytes, start, source, offset, length);
  }

  /// Most symbols are shorter than what makes Arrays.equals worth its call.
  private static boolean sameBytes(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    if (length < 8) {
      for (int i = 0; i < length; i++) {
        if (a[aFrom + i] != b[bFrom + i]) {
          return false;
        }
      }
      return true;
    }
    if (length > 64) {
      return Arrays.equals(a, aFrom, aFrom + length, b, bFrom, bFrom + length);
    }
    int last = length - 8;
    if ((long) LONG.get(a, aFrom + last) != (long) LONG.get(b, bFrom + last)) {
      return false;
    }
    for (int i = 0; i < last; i += 8) {
      if ((long) LONG.get(a, aFrom + i) != (long) LONG.get(b, bFrom + i)) {
        return false;
      }
    }
    return true;
  }

  /// Never 0, which marks symbols that are not indexed.
  ///
  /// Sixteen bytes a step by one product of 128 bits, folded, after wyhash. Both factors hold a secret of this
  /// process, so that a sender cannot make texts that collide: with a known factor, flips of high bits pass through
  /// any number of steps unseen, whatever the hash starts with.
  static int hash(byte[] source, int offset, int length) {
    long h = START ^ length * 0x9E3779B97F4A7C15L;
    if (length >= 8) {
      int end = offset + length;
      int last = end - 16;
      int at = offset;
      for (; at < last; at += 16) {
        h = fold((long) LONG.get(source, at) ^ STEP, (long) LONG.get(source, at + 8) ^ h);
      }
      long head = (long) LONG.get(source, Math.max(offset, last));
      h = fold(head ^ LAST, (long) LONG.get(source, end - 8) ^ h);
    } else if (length >= 4) {
      long head = (int) INT.get(source, offset);
      h = fold((head << 32 | ((int) INT.get(source, offset + length - 4) & 0xFFFFFFFFL)) ^ LAST, h);
    } else {
      long all = source[offset] & 0xff;
      all = all << 8 | (source[offset + (length >> 1)] & 0xff);
      h = fold((all << 8 | (source[offset + length - 1] & 0xff)) ^ LAST, h);
    }
    int folded = (int) (h ^ h >>> 32);
    return folded == 0 ? 1 : folded;
  }

  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ a * b;
  }

  /// Ids run from 0 to `count() - 1`.
  public int count() {
    return count;
  }

  /// The bytes of all symbols; do not write.
  public byte[] bytes() {
    return bytes;
  }

  /// Where symbol `id` begins in [#bytes()].
  public int offset(int id) {
    return offsets[id];
  }

  public int length(int id) {
    return offsets[id + 1] - offsets[id];
  }

  /// The symbol's bytes read as UTF-8, with U+FFFD for what is not.
  public String text(int id) {
    return new String(bytes, offsets[id], length(id), StandardCharsets.UTF_8);
  }

  /// Whether symbol `id` has the bytes of symbol `otherId` of `other`.
  public boolean same(int id, Symbols other, int otherId) {
    return sameBytes(id, other.bytes, other.offsets[otherId], other.length(otherId));
  }

  /// Whether symbol `id` has exactly these bytes.
  public boolean same(int id, byte[] utf8) {
    return sameBytes(id, utf8, 0, utf8.length);
  }

  /// Whether symbol `id` has exactly these bytes.
  public boolean same(int id, byte[] source, int offset, int length) {
    return sameBytes(id, source, offset, length);
  }

  /// Bytes used by texts alone.
  public int textBytes() {
    return offsets[count];
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return bytes.length + 4L * (offsets.length + hashes.length) + 8L * slots.length + 64;
  }
}
