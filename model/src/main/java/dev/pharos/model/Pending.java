package dev.pharos.model;

import dev.pharos.observe.Cause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The acknowledgement at the source: collects the rejected items of one request and calls back once with the outcome.
public final class Pending implements Acknowledgement {
  private final Consumer<Outcome> answer;
  private final AtomicBoolean answered = new AtomicBoolean();
  private long rejectedItems;
  private String reason = "";

  /// @param answer called exactly once, on the thread that completes the request
  public Pending(Consumer<Outcome> answer) {
    this.answer = answer;
  }

  @Override
  public synchronized void rejected(int source, long items, Cause cause, String why) {
    rejectedItems += items;
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  @Override
  public void done() {
    complete(Optional.empty());
  }

  @Override
  public void fail(Failure failure) {
    complete(Optional.of(failure));
  }

  private void complete(Optional<Failure> failure) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "a request was answered twice" + failure.map(f -> ": " + f.message()).orElse(""));
    }
    Outcome outcome;
    synchronized (this) {
      outcome = new Outcome(rejectedItems, reason, failure);
    }
    answer.accept(outcome);
  }
}
