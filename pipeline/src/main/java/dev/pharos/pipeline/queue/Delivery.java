package dev.pharos.pipeline.queue;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Counter;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.settings.RetrySettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Exports with their retries: sends a parcel until the backend takes it, refuses it for good, or time is up, and
/// answers the acknowledgement. Any thread; the calling one waits.
final class Delivery<B extends Batch> {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final String exporter;
  private final Sender<B> sender;
  private final Duration timeout;
  private final Backoff backoff;
  private final Registry registry;
  private final String signal;
  private final Counter sent;
  private final Attempts attempts;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile long lastLogNanos = System.nanoTime() - LOG_EVERY_NANOS;

  Delivery(
      String exporter,
      String signal,
      Sender<B> sender,
      RetrySettings retry,
      Duration timeout,
      RandomGenerator random,
      Registry registry) {
    this.exporter = exporter;
    this.signal = signal;
    this.sender = sender;
    this.timeout = timeout;
    this.backoff = new Backoff(retry, random);
    this.registry = registry;
    attempts = new Attempts(exporter, signal, registry);
    sent =
        registry.counter(
            "pharos_exporter_sent_items_total",
            "Items that backends took.",
            "exporter",
            exporter,
            "signal",
            signal);
  }

  boolean looksInside() {
    return sender.looksInside();
  }

  Attempts attempts() {
    return attempts;
  }

  /// @param sinceNanos when the oldest of the parcel came
  void run(Parcel<B> parcel, long sinceNanos) {
    Attempts.Attempt attempt = attempts.begin(sinceNanos);
    try {
      deliver(parcel, attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(parcel);
    } catch (RuntimeException e) {
      LOG.error("exporter {}: a batch could not be sent", exporter, e);
      fail(parcel, Failure.permanent(Cause.INTERNAL, "exporter " + exporter + ": " + e));
    } finally {
      attempts.end(attempt);
    }
  }

  private void deliver(Parcel<B> parcel, Attempts.Attempt attempt) throws InterruptedException {
    long began = System.nanoTime();
    for (int tries = 1; ; tries++) {
      SendResult result = sender.send(parcel.cargo(), parcel.tenant(), timeout);
      switch (result) {
        case SendResult.Sent(long rejected, String reason) -> {
          succeed(parcel, rejected, reason);
          return;
        }
        case SendResult.Failed failed -> {
          Failure failure = failed.failure();
          Duration wait = backoff.after(tries);
          Duration asked = failure.retryAfter().orElse(Duration.ZERO);
          wait = asked.compareTo(wait) > 0 ? asked : wait;
          if (!failure.retryable()
              || !backoff.allows(Duration.ofNanos(System.nanoTime() - began), wait)) {
            logRarely("exporter {}: gave up {} items: {}", parcel.items(), failure.message());
            fail(parcel, failure);
            return;
          }
          logRarely("exporter {}: will try {} items again: {}", parcel.items(), failure.message());
          attempts.again(attempt, failed, wait);
          if (stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            fail(parcel, failure);
            return;
          }
          attempts.resume(attempt);
        }
      }
    }
  }

  private void succeed(Parcel<B> parcel, long rejected, String reason) {
    sent.add(Math.max(0, parcel.items() - rejected));
    if (rejected > 0) {
      lost(Math.min(rejected, parcel.items()), Cause.REFUSED_DOWNSTREAM);
      attempts.lost("the backend rejected " + rejected + " items: " + reason);
      logRarely("exporter {}: the backend rejected {} items: {}", rejected, reason);
      tellRejected(parcel, rejected, reason);
    }
    parcel.acknowledgement().done();
  }

  /// Which items a backend has rejected it does not say, so they are laid to the first requests, none more than it has.
  private static void tellRejected(Parcel<?> parcel, long rejected, String reason) {
    var rows = new int[parcel.sourceCount()];
    for (int row = 0; row < parcel.items(); row++) {
      rows[parcel.source(row)]++;
    }
    long left = Math.min(rejected, parcel.items());
    for (int source = 0; left > 0; source++) {
      long here = Math.min(left, rows[source]);
      if (here > 0) {
        parcel.acknowledgement().rejected(source, here, Cause.REFUSED_DOWNSTREAM, reason);
      }
      left -= here;
    }
  }

  /// Lets what is being sent come to an end, but tries nothing again from now on.
  void stop() {
    stopping.countDown();
  }

  /// Answers a parcel that is not sent any more.
  void refuse(Parcel<B> parcel) {
    fail(parcel, Failure.retryable(Cause.SHUTDOWN, "exporter " + exporter + " is stopping"));
  }

  private void fail(Parcel<B> parcel, Failure failure) {
    lost(parcel.items(), failure.cause());
    attempts.lost(failure.message());
    Acknowledgement acknowledgement = parcel.acknowledgement();
    acknowledgement.fail(failure);
  }

  private void lost(long items, Cause cause) {
    registry
        .counter(
            "pharos_exporter_failed_items_total",
            "Items that could not be delivered, by cause.",
            "exporter",
            exporter,
            "signal",
            signal,
            "cause",
            cause.label())
        .add(items);
  }

  private void logRarely(String format, long items, String message) {
    long now = System.nanoTime();
    if (now - lastLogNanos >= LOG_EVERY_NANOS) {
      lastLogNanos = now;
      LOG.warn(format, exporter, items, message);
    }
  }
}
