package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Cargo;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.Decoding;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// An export queue of log records with what its tests give to it and look at.
abstract class QueueCase {
  static final String AT_ONCE =
      "{initial_interval: 1ms, max_interval: 1ms, randomization_factor: 0}";
  static final Failure BUSY = Failure.retryable(Cause.UNREACHABLE, "busy");

  final Registry registry = new Registry();
  final Account memory = new Ledger(64 << 20).open("queued", 1);
  final LinkedBlockingQueue<Integer> sent = new LinkedBlockingQueue<>();

  private static <C> C config(ConfigSchema<C> schema, String yaml) {
    Problems problems = new Problems();
    C config = schema.decode(ConfigNode.of(yaml), new Decoding("x", problems)).orElseThrow();
    assertThat(problems.errors()).isEmpty();
    return config;
  }

  ExportQueue<LogBatch> queue(String queue, String retry, Sender<LogBatch> sender) {
    var made =
        new ExportQueue<LogBatch>(
            "test",
            "logs",
            config(QueueSettings.SCHEMA, queue),
            config(RetrySettings.SCHEMA, retry),
            Duration.ofSeconds(1),
            sender,
            memory,
            new Random(),
            registry);
    made.start();
    return made;
  }

  SendResult keep(Cargo<LogBatch> batch, Tenant tenant, Duration timeout) {
    sent.add(batch.items());
    return SendResult.ALL;
  }

  static LogBatch batch(int items) {
    var batch = new LogBatch();
    batch.resources().attributes().endParent();
    batch.resources().add(0, 0, 0);
    batch.scopes().attributes().endParent();
    batch.scopes().add(0, 0, 0, 0);
    for (int i = 0; i < items; i++) {
      batch.addRow();
      batch.attributes().endParent();
    }
    return batch;
  }

  static CompletableFuture<Outcome> give(ExportQueue<LogBatch> queue, int items, Tenant tenant) {
    var answer = new CompletableFuture<Outcome>();
    Acknowledgement acknowledgement = new Pending(answer::complete);
    queue.accept(Parcel.of(batch(items), tenant, RequestKey.NONE, acknowledgement));
    return answer;
  }

  static Outcome get(CompletableFuture<Outcome> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  static void eventually(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
