package dev.pharos.pipeline.queue;

import dev.pharos.observe.Counter;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Sending;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The account of one queue's sends: what is under way, what waits for its next try, and what was in vain. Times are
/// those of [System#nanoTime]. Any thread.
final class Attempts {
  /// A batch that is being sent.
  static final class Attempt {
    private final long sinceNanos;
    private volatile boolean waits;
    private volatile long nextNanos;

    private Attempt(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }

    private void waitUntil(long nanos) {
      nextNanos = nanos;
      waits = true;
    }
  }

  private record Fault(long nanos, String message, boolean isRepeated) {}

  private final Registry registry;
  private final String exporter;
  private final String signal;
  private final Map<String, Counter> retries = new ConcurrentHashMap<>();
  private final Set<Attempt> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Fault last;

  Attempts(String exporter, String signal, Registry registry) {
    this.exporter = exporter;
    this.signal = signal;
    this.registry = registry;
  }

  /// @param sinceNanos when the oldest of the batch came
  Attempt begin(long sinceNanos) {
    var attempt = new Attempt(sinceNanos);
    open.add(attempt);
    return attempt;
  }

  /// A send that was in vain and is repeated.
  void again(Attempt attempt, SendResult.Failed result, Duration wait) {
    retries
        .computeIfAbsent(
            result.answer(),
            answer ->
                registry.counter(
                    "pharos_exporter_retries_total",
                    "Sends that were in vain and are repeated, by what the backend answered.",
                    "exporter",
                    exporter,
                    "signal",
                    signal,
                    "answer",
                    answer))
        .increment();
    long now = System.nanoTime();
    last = new Fault(now, result.failure().message(), true);
    attempt.waitUntil(now + wait.toNanos());
  }

  /// The next try begins.
  void resume(Attempt attempt) {
    attempt.waits = false;
  }

  /// Items are lost: the backend does not want them, or there is no time for another try.
  void lost(String message) {
    last = new Fault(System.nanoTime(), message, false);
  }

  void end(Attempt attempt) {
    open.remove(attempt);
  }

  /// @param oldestQueuedNanos when that came which waits longest to be sent at all
  Sending sending(OptionalLong oldestQueuedNanos) {
    long now = System.nanoTime();
    int retrying = 0;
    long next = Long.MAX_VALUE;
    long oldest = oldestQueuedNanos.isPresent() ? now - oldestQueuedNanos.getAsLong() : -1;
    for (Attempt attempt : open) {
      oldest = Math.max(oldest, now - attempt.sinceNanos);
      if (attempt.waits) {
        retrying++;
        next = Math.min(next, Math.max(0, attempt.nextNanos - now));
      }
    }
    Fault fault = last;
    return new Sending(
        retries.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().value())),
        retrying,
        retrying == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(next)),
        fault == null
            ? Optional.empty()
            : Optional.of(
                new Sending.Fault(
                    Duration.ofNanos(Math.max(0, now - fault.nanos)),
                    fault.message,
                    fault.isRepeated)),
        oldest < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(oldest)));
  }
}
