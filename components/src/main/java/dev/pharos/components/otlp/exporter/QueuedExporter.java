package dev.pharos.components.otlp.exporter;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Sending;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import dev.pharos.pipeline.queue.ExportQueue;
import dev.pharos.pipeline.queue.PersistentQueue;
import dev.pharos.pipeline.queue.QueueStorage;
import dev.pharos.pipeline.queue.Sender;
import dev.pharos.pipeline.queue.SendingQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/// An exporter with a queue for each signal in front of one client, which it closes when it stops. Any thread.
final class QueuedExporter implements Exporter {
  /// What a queue on disk holds is charged there already.
  private static final Account UNLIMITED =
      new Ledger(Long.MAX_VALUE).open("behind queues on disk", 1);

  private final Setup setup;
  private final QueueSettings queue;
  private final RetrySettings retry;
  private final Duration timeout;
  private final Account memory;
  private final AutoCloseable client;

  /// Shared by the senders' threads, which this generator allows.
  private final RandomGenerator random = new Random();

  private final Optional<QueueStorage> storage;
  private final List<SendingQueue> queues = new ArrayList<>();
  private Sinks sinks = Sinks.NONE;

  /// @param memory charged with what is queued
  /// @param client closed on stop
  QueuedExporter(
      Setup setup,
      QueueSettings queue,
      RetrySettings retry,
      Duration timeout,
      Account memory,
      AutoCloseable client) {
    this.setup = setup;
    this.queue = queue;
    this.retry = retry;
    this.timeout = timeout;
    this.memory = memory;
    this.client = client;
    this.storage =
        queue.enabled() && queue.storage().isPresent()
            ? Optional.of(setup.extensions().find(QueueStorage.class, queue.storage()))
            : Optional.empty();
  }

  /// Takes batches of one more signal. Before the start only.
  <B extends Batch> void add(Signal signal, Sender<B> sender) {
    var queued =
        new ExportQueue<B>(
            setup.id().toString(),
            signal.label(),
            storage.isEmpty() ? queue : queue.behindStorage(),
            retry,
            timeout,
            sender,
            storage.isEmpty() ? memory : UNLIMITED,
            random,
            setup.registry());
    if (storage.isEmpty()) {
      queues.add(queued);
      sinks = sinks.with(signal, queued);
      return;
    }
    var kept =
        new PersistentQueue<B>(
            setup.id().toString(), signal.label(), queue, storage.get(), queued, memory);
    queues.add(kept);
    sinks = sinks.with(signal, kept);
  }

  @Override
  public Sinks sinks() {
    return sinks;
  }

  @Override
  public Durability durability() {
    return storage.isEmpty() ? Durability.BEST_EFFORT : Durability.DURABLE;
  }

  @Override
  public List<Sending> sending() {
    return queues.stream().map(SendingQueue::sending).toList();
  }

  @Override
  public boolean isExclusive() {
    return storage.isPresent();
  }

  @Override
  public void start() {
    queues.forEach(SendingQueue::start);
  }

  @Override
  public void stop() {
    queues.forEach(SendingQueue::stop);
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the client of " + setup.id() + " could not be closed", e);
    }
  }
}
