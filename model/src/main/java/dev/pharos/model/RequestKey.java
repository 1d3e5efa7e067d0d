package dev.pharos.model;

/// Names one source request, so that a resend is stored once: a 128-bit hash of tenant, signal and decoded body.
public record RequestKey(long hi, long lo) {
  /// Of requests that are exempt: nothing is ever a resend of them.
  public static final RequestKey NONE = new RequestKey(0, 0);

  public boolean isNone() {
    return hi == 0 && lo == 0;
  }

  /// A seed for [Parcel#rekeyed] that depends on the text alone (FNV-1a over its UTF-16).
  public static long seed(String text) {
    long seed = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      seed = (seed ^ text.charAt(i)) * 0x100000001B3L;
    }
    return seed;
  }

  /// Another key that depends on this one and `seed` alone, so that a resend has the same again; none stays none.
  RequestKey mixedWith(long seed) {
    if (isNone()) {
      return this;
    }
    var mixed = new RequestKey(hi ^ seed, lo + seed * 0x9E3779B97F4A7C15L);
    return mixed.isNone() ? new RequestKey(0, 1) : mixed;
  }
}
