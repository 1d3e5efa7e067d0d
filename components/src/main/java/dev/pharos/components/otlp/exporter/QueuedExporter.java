package dev.pharos.components.otlp.exporter;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.observe.Account;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import dev.pharos.pipeline.queue.ExportQueue;
import dev.pharos.pipeline.queue.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// An exporter with a queue for each signal in front of one client, which it closes when it stops. Any thread.
final class QueuedExporter implements Exporter {
  private final Setup setup;
  private final QueueSettings queue;
  private final RetrySettings retry;
  private final Duration timeout;
  private final Account memory;
  private final AutoCloseable client;

  /// Shared by the senders' threads, which this generator allows.
  private final RandomGenerator random = new Random();

  private final List<ExportQueue<?>> queues = new ArrayList<>();
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
  }

  /// Takes batches of one more signal. Before the start only.
  <B extends Batch> void add(Signal signal, Sender<B> sender) {
    var queued =
        new ExportQueue<B>(
            setup.id().toString(),
            signal.label(),
            queue,
            retry,
            timeout,
            sender,
            memory,
            random,
            setup.registry());
    queues.add(queued);
    sinks = sinks.with(signal, queued);
  }

  @Override
  public Sinks sinks() {
    return sinks;
  }

  @Override
  public Durability durability() {
    return Durability.BEST_EFFORT;
  }

  @Override
  public void start() {
    queues.forEach(ExportQueue::start);
  }

  @Override
  public void stop() {
    queues.forEach(ExportQueue::stop);
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the client of " + setup.id() + " could not be closed", e);
    }
  }
}
