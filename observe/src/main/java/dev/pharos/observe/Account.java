package dev.pharos.observe;

import java.util.concurrent.atomic.AtomicLong;

/// One purpose's share of the memory ledger, in bytes. Any thread.
///
/// `tryReserve` never lets an account pass its limit; `charge` always succeeds and is for memory that already exists
/// and can only be given back by later work (recovery, a merge under way).
public final class Account {
  private final String name;
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  Account(String name, long limitBytes) {
    this.name = name;
    this.limitBytes = limitBytes;
  }

  public boolean tryReserve(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
    }
    if (used.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  public void charge(long bytes) {
    used.addAndGet(bytes);
  }

  public void release(long bytes) {
    long left = used.addAndGet(-bytes);
    if (left < 0) {
      throw new IllegalStateException(
          "account " + name + ": " + left + " bytes after a release of " + bytes);
    }
  }

  public String name() {
    return name;
  }

  public long usedBytes() {
    return used.get();
  }

  public long limitBytes() {
    return limitBytes;
  }
}
