package dev.pharos.model;

import dev.pharos.observe.Cause;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One acknowledgement shared by several parts of a batch: answered by the last of them, with the first failure if any.
final class Split implements Acknowledgement {
  private final Acknowledgement whole;
  private final AtomicInteger open;
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

  private Split(Acknowledgement whole, int parts) {
    this.whole = whole;
    this.open = new AtomicInteger(parts);
  }

  static List<Acknowledgement> of(Acknowledgement whole, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts: " + parts + " (expected: >= 1)");
    }
    return parts == 1 ? List.of(whole) : Collections.nCopies(parts, new Split(whole, parts));
  }

  @Override
  public void rejected(int source, long items, Cause cause, String reason) {
    whole.rejected(source, items, cause, reason);
  }

  @Override
  public void done() {
    answer();
  }

  @Override
  public void fail(Failure why) {
    failure.compareAndSet(null, why);
    answer();
  }

  private void answer() {
    int left = open.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("a part of a batch was answered twice");
    }
    if (left == 0) {
      Failure first = failure.get();
      if (first == null) {
        whole.done();
      } else {
        whole.fail(first);
      }
    }
  }
}
