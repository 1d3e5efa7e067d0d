package dev.pharos.wire;

import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The keys by which a resent request is known: MurmurHash3_x64_128 (Austin Appleby, public domain) of the decompressed
/// body, its two 64-bit seeds being the halves of the same hash, seeded with 0, of `<tenant> <signal label>` in UTF-8.
///
/// Keys are stored with the requests, so this must never change. The hash is not made against an attacker, and need not
/// be: the tenant is in the seed, so whoever forges a key that is there already loses a request of his own. 128 bits
/// make an accident improbable: 10^-19 for two equal keys among 10^10 requests.
public final class RequestKeys {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private RequestKeys() {}

  /// The key of the request whose decompressed body is `body[from .. to)`; never [RequestKey#NONE].
  public static RequestKey of(Tenant tenant, Signal signal, byte[] body, int from, int to) {
    byte[] whose = (tenant.name() + " " + signal.label()).getBytes(StandardCharsets.UTF_8);
    RequestKey seed = hash(whose, 0, whose.length, 0, 0);
    RequestKey key = hash(body, from, to, seed.hi(), seed.lo());
    return key.isNone() ? new RequestKey(0, 1) : key;
  }

  /// MurmurHash3_x64_128 with a seed for each half; `hi` is h1.
  static RequestKey hash(byte[] bytes, int from, int to, long seed1, long seed2) {
    long h1 = seed1;
    long h2 = seed2;
    int at = from;
    for (; to - at >= 16; at += 16) {
      long k1 = (long) LONG.get(bytes, at);
      long k2 = (long) LONG.get(bytes, at + 8);
      h1 = Long.rotateLeft(h1 ^ mix1(k1), 27) + h2;
      h1 = h1 * 5 + 0x52dce729;
      h2 = Long.rotateLeft(h2 ^ mix2(k2), 31) + h1;
      h2 = h2 * 5 + 0x38495ab5;
    }
    long k1 = 0;
    long k2 = 0;
    for (int i = to - at - 1; i >= 8; i--) {
      k2 = k2 << 8 | (bytes[at + i] & 0xff);
    }
    for (int i = Math.min(to - at, 8) - 1; i >= 0; i--) {
      k1 = k1 << 8 | (bytes[at + i] & 0xff);
    }
    h1 ^= mix1(k1) ^ (to - from);
    h2 ^= mix2(k2) ^ (to - from);
    h1 += h2;
    h2 += h1;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 += h2;
    return new RequestKey(h1, h2 + h1);
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long avalanche(long h) {
    long k = h;
    k ^= k >>> 33;
    k *= 0xff51afd7ed558ccdL;
    k ^= k >>> 33;
    k *= 0xc4ceb9fe1a85ec53L;
    return k ^ k >>> 33;
  }
}
