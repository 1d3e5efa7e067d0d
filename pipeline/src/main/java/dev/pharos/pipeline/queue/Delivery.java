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
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One export with its retries: sends a parcel until the backend takes it, refuses it for good, or time is up, and
/// answers the acknowledgement. Any thread; the calling one waits.
final class Delivery<B extends Batch> {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final String exporter;
  private final Sender<B> sender;
  private final RetrySettings retry;
  private final Duration timeout;
  private final RandomGenerator random;
  private final Registry registry;
  private final String signal;
  private final Counter sent;
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
    this.retry = retry;
    this.timeout = timeout;
    this.random = random;
    this.registry = registry;
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

  void run(Parcel<B> parcel) {
    try {
      deliver(parcel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(parcel, Failure.retryable(Cause.SHUTDOWN, "exporter " + exporter + " is stopping"));
    } catch (RuntimeException e) {
      LOG.error("exporter {}: a batch could not be sent", exporter, e);
      fail(parcel, Failure.permanent(Cause.INTERNAL, "exporter " + exporter + ": " + e));
    }
  }

  private void deliver(Parcel<B> parcel) throws InterruptedException {
    long began = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      SendResult result = sender.send(parcel.cargo(), parcel.tenant(), timeout);
      switch (result) {
        case SendResult.Sent(long rejected, String reason) -> {
          succeed(parcel, rejected, reason);
          return;
        }
        case SendResult.Failed(Failure failure) -> {
          Duration wait = waitAfter(attempt);
          Duration asked = failure.retryAfter().orElse(Duration.ZERO);
          wait = asked.compareTo(wait) > 0 ? asked : wait;
          if (!failure.retryable() || !allows(Duration.ofNanos(System.nanoTime() - began), wait)) {
            logRarely("exporter {}: gave up {} items: {}", parcel.items(), failure.message());
            fail(parcel, failure);
            return;
          }
          logRarely("exporter {}: will try {} items again: {}", parcel.items(), failure.message());
          Thread.sleep(wait);
        }
      }
    }
  }

  /// The wait before attempt `attempt + 1`, counted from 1.
  private Duration waitAfter(int attempt) {
    double base =
        Math.min(
            retry.maxInterval().toNanos(),
            retry.initialInterval().toNanos()
                * Math.pow(retry.multiplier(), Math.min(attempt - 1, 1_000)));
    double factor = 1 + retry.randomizationFactor() * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (base * factor));
  }

  private boolean allows(Duration elapsed, Duration wait) {
    return retry.enabled()
        && (retry.maxElapsedTime().isZero()
            || elapsed.plus(wait).compareTo(retry.maxElapsedTime()) <= 0);
  }

  private void succeed(Parcel<B> parcel, long rejected, String reason) {
    sent.add(parcel.items() - rejected);
    if (rejected > 0) {
      lost(rejected, Cause.REFUSED_DOWNSTREAM);
      logRarely("exporter {}: the backend rejected {} items: {}", rejected, reason);
      parcel.acknowledgement().rejected(0, rejected, Cause.REFUSED_DOWNSTREAM, reason);
    }
    parcel.acknowledgement().done();
  }

  private void fail(Parcel<B> parcel, Failure failure) {
    lost(parcel.items(), failure.cause());
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
