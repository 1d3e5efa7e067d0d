package dev.pharos.store.segment.filter;

import dev.pharos.store.segment.encoding.ByteSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// A Bloom filter in buckets of 512 bits (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters):
/// all bits of a hash lie in one bucket, so that a probe reads one page. Ten bits a hash, six of them set: about 1 %
/// false positives.
///
/// Bytes: pages of up to 64 buckets, each page followed by its own CRC32C, all little endian. The bucket of a hash is
/// the high half of (its high 32 bits times the number of buckets); its bits are the six groups of nine bits, from the
/// lowest, of the hash times 0x9E3779B97F4A7C15.
public final class BlockedBloom {
  /// Bytes of a full page with its checksum.
  public static final int PAGE_BYTES = 64 * 64 + 4;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS_PER_HASH = 10;
  private static final int BUCKET_BITS = 512;
  private static final int BUCKET_BYTES = 64;
  private static final int BUCKETS_PER_PAGE = 64;
  private static final int PROBES = 6;

  private BlockedBloom() {}

  public static void write(Hashes hashes, ByteSink out) {
    int buckets =
        Math.max(1, (int) (((long) hashes.size() * BITS_PER_HASH + BUCKET_BITS - 1) / BUCKET_BITS));
    var bytes = new byte[buckets * BUCKET_BYTES];
    for (int n = 0; n < hashes.size(); n++) {
      long hash = hashes.values()[n];
      int at = bucket(hash, buckets) * BUCKET_BYTES;
      long bits = hash * 0x9E3779B97F4A7C15L;
      for (int i = 0; i < PROBES; i++, bits >>>= 9) {
        int word = at + ((int) bits & 0x1c0) / 8;
        LONG.set(bytes, word, (long) LONG.get(bytes, word) | 1L << (bits & 63));
      }
    }
    var crc = new CRC32C();
    for (int page = 0; page < buckets; page += BUCKETS_PER_PAGE) {
      int length = Math.min(BUCKETS_PER_PAGE, buckets - page) * BUCKET_BYTES;
      out.put(bytes, page * BUCKET_BYTES, length);
      crc.reset();
      crc.update(bytes, page * BUCKET_BYTES, length);
      out.putInt((int) crc.getValue());
    }
  }

  private static int bucket(long hash, int buckets) {
    return (int) ((hash >>> 32) * buckets >>> 32);
  }

  /// Buckets in a filter of this length, or -1 if no filter has it.
  public static int buckets(int length) {
    int rest = length % PAGE_BYTES;
    if (length <= 0 || rest != 0 && (rest <= 4 || (rest - 4) % BUCKET_BYTES != 0)) {
      return -1;
    }
    return length / PAGE_BYTES * BUCKETS_PER_PAGE + (rest == 0 ? 0 : (rest - 4) / BUCKET_BYTES);
  }

  /// The page that must be read to probe for a hash.
  public static int page(long hash, int buckets) {
    return bucket(hash, buckets) / BUCKETS_PER_PAGE;
  }

  /// Whether the hash may be in the filter, given its page.
  public static boolean mayContain(long hash, int buckets, byte[] page, int offset) {
    int at = offset + bucket(hash, buckets) % BUCKETS_PER_PAGE * BUCKET_BYTES;
    long bits = hash * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < PROBES; i++, bits >>>= 9) {
      long word = (long) LONG.get(page, at + ((int) bits & 0x1c0) / 8);
      if ((word >>> (bits & 63) & 1) == 0) {
        return false;
      }
    }
    return true;
  }
}
