package dev.pharos.components.otlp.receiver;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.Client;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Counter;
import dev.pharos.observe.Registry;
import dev.pharos.wire.otlp.Decoded;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes decoded requests of one signal into the pipelines and counts them: at any time
/// `received = accepted + refused (by cause) + waiting`, in items. Any thread.
final class OtlpIngest<B extends Batch> {
  private static final String REFUSED_HELP = "Items that a receiver did not take, by cause.";

  private final Sink<B> next;
  private final Registry registry;
  private final String[] labels;
  private final Counter received;
  private final Counter accepted;
  private final Counter requests;
  private final Counter repaired;
  private final Counter droppedIds;
  private final Clock clock;
  private volatile long lastAcceptedMillis;

  OtlpIngest(
      Registry registry,
      Clock clock,
      String receiver,
      String transport,
      Signal signal,
      Sink<B> next) {
    this.registry = registry;
    this.clock = clock;
    this.next = next;
    labels = new String[] {"receiver", receiver, "transport", transport, "signal", signal.label()};
    received =
        registry.counter(
            "pharos_receiver_received_items_total", "Items that reached a receiver.", labels);
    accepted =
        registry.counter(
            "pharos_receiver_accepted_items_total",
            "Items that a receiver has acknowledged.",
            labels);
    requests =
        registry.counter(
            "pharos_receiver_requests_total", "Requests that reached a receiver.", labels);
    repaired =
        registry.counter(
            "pharos_receiver_repaired_texts_total", "Values that were not UTF-8.", labels);
    droppedIds =
        registry.counter(
            "pharos_receiver_dropped_ids_total",
            "Invalid ids dropped from items that were kept.",
            labels);
    registry.gauge(
        "pharos_receiver_last_accepted_timestamp_seconds",
        "When a receiver last acknowledged items, in seconds since 1970; 0 before the first.",
        () -> lastAcceptedMillis / 1000.0,
        labels);
  }

  /// Hands a request on.
  ///
  /// @param key of its body, or none
  /// @param answer called once, on any thread, with what became of it; the items that decoding left out are among the
  ///     rejected ones
  void take(
      Decoded<B> request, Tenant tenant, Client client, RequestKey key, Consumer<Outcome> answer) {
    int items = request.batch().items();
    received(items + request.rejectedItems());
    repaired.add(request.repairedTexts());
    droppedIds.add(request.droppedIds());
    refused(request.invalidIds(), Cause.INVALID_ID);
    refused(request.invalidKeys(), Cause.INVALID_KEY);
    if (items == 0) {
      answer.accept(new Outcome(request.rejectedItems(), request.reason(), Optional.empty()));
      return;
    }
    var pending = new Pending(outcome -> answer.accept(count(outcome, request)));
    next.accept(Parcel.of(request.batch(), tenant, key, pending).with(client));
  }

  /// Hands on a request that is fine as it is.
  ///
  /// @param answer as in the other `take`
  void take(Cargo<B> request, Tenant tenant, Client client, Consumer<Outcome> answer) {
    int items = request.items();
    received(items);
    if (items == 0) {
      answer.accept(Outcome.ACCEPTED);
      return;
    }
    var pending = new Pending(outcome -> answer.accept(count(outcome, items)));
    next.accept(Parcel.of(request, tenant, RequestKey.NONE, pending).with(client));
  }

  private void received(long items) {
    requests.increment();
    received.add(items);
  }

  /// Counts a request whose bytes could not be decoded.
  void undecodable(DecodeException problem) {
    requests.increment();
    registry
        .counter(
            "pharos_receiver_undecodable_requests_total",
            "Requests whose bytes are no request.",
            labels)
        .increment();
  }

  /// Counts a request that names no valid tenant where it has to.
  void withoutTenant() {
    requests.increment();
    registry
        .counter(
            "pharos_receiver_tenantless_requests_total",
            "Requests that do not name a valid tenant where they have to.",
            labels)
        .increment();
  }

  private Outcome count(Outcome outcome, Decoded<B> request) {
    Outcome counted = count(outcome, request.batch().items());
    if (counted.failure().isPresent()) {
      return counted;
    }
    return new Outcome(
        counted.rejectedItems() + request.rejectedItems(),
        request.reason().isEmpty() ? counted.reason() : request.reason(),
        Optional.empty());
  }

  private Outcome count(Outcome outcome, long items) {
    if (outcome.failure().isPresent()) {
      refused(items, outcome.failure().get().cause());
      return outcome;
    }
    long rejected = Math.min(items, outcome.rejectedItems());
    if (rejected < items) {
      accepted.add(items - rejected);
      lastAcceptedMillis = clock.millis();
    }
    refused(rejected, Cause.REFUSED_DOWNSTREAM);
    return outcome;
  }

  private void refused(long items, Cause cause) {
    if (items > 0) {
      var all = Arrays.copyOf(labels, labels.length + 2);
      all[labels.length] = "cause";
      all[labels.length + 1] = cause.label();
      registry.counter("pharos_receiver_refused_items_total", REFUSED_HELP, all).add(items);
    }
  }
}
