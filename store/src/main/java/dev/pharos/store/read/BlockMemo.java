package dev.pharos.store.read;

import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A place beside a block whose rows never change, where readers keep what they found out about it as long as memory is
/// not short. Any thread.
public final class BlockMemo {
  private static final AtomicLong LAST = new AtomicLong();

  private final long number = LAST.incrementAndGet();
  private volatile @Nullable SoftReference<Object> kept;

  /// Of this block and no other while the process runs.
  public long number() {
    return number;
  }

  /// What was kept last, if it is still there and of this class.
  public <T> Optional<T> find(Class<T> kind) {
    SoftReference<Object> reference = kept;
    Object found = reference == null ? null : reference.get();
    return kind.isInstance(found) ? Optional.of(kind.cast(found)) : Optional.empty();
  }

  public void keep(Object found) {
    kept = new SoftReference<>(found);
  }
}
