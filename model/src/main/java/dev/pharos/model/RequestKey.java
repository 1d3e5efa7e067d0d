package dev.pharos.model;

/// Names one source request, so that a resend is stored once: a 128-bit hash of tenant, signal and decoded body.
public record RequestKey(long hi, long lo) {
  /// Of requests that are exempt: nothing is ever a resend of them.
  public static final RequestKey NONE = new RequestKey(0, 0);

  public boolean isNone() {
    return hi == 0 && lo == 0;
  }
}
