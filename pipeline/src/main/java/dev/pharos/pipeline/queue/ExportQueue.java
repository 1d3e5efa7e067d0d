package dev.pharos.pipeline.queue;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Sink;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Sending;
import dev.pharos.pipeline.config.settings.BatchSettings;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import dev.pharos.pipeline.config.settings.Sizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The sending queue of one exporter and signal, in memory: bounded in requests, items or bytes and by its memory
/// account, emptied by a fixed number of virtual threads, each batch sent with retries.
///
/// A full queue refuses (retryable, `queue_full`) or makes the caller wait. A parcel is answered when it is queued, and
/// a little later where the queue is more than half full, unless the policy says to wait for the result. Parcels are
/// joined as the policy says; without such a policy those with patience, which then count together as one request.
/// Stopping gives queued batches ten seconds and one attempt each to be sent, and refuses the rest.
public final class ExportQueue<B extends Batch> implements Sink<B>, SendingQueue {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /// How long a sender is kept waiting for its answer while the queue fills.
  private static final Duration LATEST = Duration.ofMillis(200);

  /// How often a sender that waits for room looks for memory.
  static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final String exporter;
  private final QueueSettings policy;
  private final Account memory;
  private final String signal;
  private final Registry registry;
  private final Delivery<B> delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final WaitingLine<B> line = new WaitingLine<>();
  private final List<Thread> consumers = new ArrayList<>();

  /// Those that send without a queue.
  private final Set<Thread> unqueued = ConcurrentHashMap.newKeySet();

  private boolean stopping;

  /// As of the last time that something became ready or was taken.
  private volatile boolean filling;

  /// @param memory charged with what is queued
  public ExportQueue(
      String exporter,
      String signal,
      QueueSettings policy,
      RetrySettings retry,
      Duration timeout,
      Sender<B> sender,
      Account memory,
      RandomGenerator random,
      Registry registry) {
    this.exporter = exporter;
    this.policy = policy;
    this.memory = memory;
    this.signal = signal;
    this.registry = registry;
    this.delivery = new Delivery<>(exporter, signal, sender, retry, timeout, random, registry);
  }

  @Override
  public Sending sending() {
    lock.lock();
    OptionalLong oldest;
    try {
      oldest = line.oldestNanos();
    } finally {
      lock.unlock();
    }
    return delivery.attempts().sending(oldest);
  }

  private double size() {
    lock.lock();
    try {
      return line.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    registry.gauge(
        "pharos_exporter_queue_size",
        "What waits in the sending queue.",
        this::size,
        "exporter",
        exporter,
        "signal",
        signal,
        "sizer",
        policy.sizer().spelling());
    registry.gauge(
        "pharos_exporter_queue_capacity",
        "What the sending queue holds.",
        policy::queueSize,
        "exporter",
        exporter,
        "signal",
        signal,
        "sizer",
        policy.sizer().spelling());
    for (int i = 0; policy.enabled() && i < policy.numConsumers(); i++) {
      consumers.add(Thread.ofVirtual().name("export " + exporter + " " + i).start(this::consume));
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopping = true;
      line.endGathering();
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
    delivery.stop();
    try {
      long until = System.nanoTime() + STOP_WITHIN.toNanos();
      for (Thread sending : senders()) {
        sending.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    senders().forEach(Thread::interrupt);
    for (var left = poll(); left != null; left = poll()) {
      delivery.refuse(Joining.join(left.parcels()));
    }
  }

  private Failure stoppingFailure() {
    return Failure.retryable(Cause.SHUTDOWN, "exporter " + exporter + " is stopping");
  }

  private List<Thread> senders() {
    List<Thread> all = new ArrayList<>(consumers);
    all.addAll(unqueued);
    return all;
  }

  @Override
  public boolean looksInside() {
    return delivery.looksInside()
        || policy.batch().map(batching -> batching.maxSize() > 0).orElse(false);
  }

  @Override
  public boolean joins() {
    return policy.enabled() && !policy.waitForResult() && policy.batch().isEmpty();
  }

  @Override
  public void accept(Parcel<B> parcel) {
    if (!policy.enabled()) {
      sendAtOnce(parcel);
    } else if (policy.batch().isPresent()) {
      BatchSettings batching = policy.batch().get();
      long until = System.nanoTime() + batching.flushTimeout().toNanos();
      Client client = parcel.client().only(batching.metadataKeys());
      enqueue(parcel.with(client), batching.sizer(), batching.minSize(), until);
    } else {
      enqueue(parcel, Sizer.ITEMS, 0, 0);
    }
  }

  @Override
  public void accept(Parcel<B> parcel, Patience patience) {
    if (joins()) {
      enqueue(parcel, Sizer.ITEMS, patience.items(), patience.untilNanos());
    } else {
      accept(parcel);
    }
  }

  private void sendAtOnce(Parcel<B> parcel) {
    long sinceNanos = System.nanoTime();
    Thread thread =
        Thread.ofVirtual()
            .name("export " + exporter)
            .unstarted(
                () -> {
                  try {
                    delivery.run(parcel, sinceNanos);
                  } finally {
                    unqueued.remove(Thread.currentThread());
                  }
                });
    unqueued.add(thread);
    thread.start();
  }

  /// @param enough to go, in the unit of `sizer`; 0 if the parcel is to go at once
  /// @param untilNanos when it is to go all the same
  private void enqueue(Parcel<B> parcel, Sizer sizer, long enough, long untilNanos) {
    var entry =
        new WaitingLine.Entry<>(
            policy.waitForResult() ? parcel : parcel.anonymous(),
            parcel.partition(),
            measure(parcel, policy.sizer()),
            parcel.sizeBytes(),
            measure(parcel, sizer),
            enough,
            untilNanos,
            System.nanoTime());
    Acknowledgement upstream = parcel.acknowledgement();
    Failure refused = offer(entry, false);
    if (refused != null && policy.blockOnOverflow()) {
      Thread.startVirtualThread(() -> answer(upstream, offer(entry, true)));
    } else {
      answer(upstream, refused);
    }
  }

  private void answer(Acknowledgement upstream, @Nullable Failure refused) {
    if (refused != null) {
      upstream.fail(refused);
    } else if (policy.waitForResult()) {
      return;
    } else if (filling) {
      Thread.startVirtualThread(() -> answerLate(upstream));
    } else {
      upstream.done();
    }
  }

  /// Slows senders down to what is sent, before nothing fits any more.
  private void answerLate(Acknowledgement upstream) {
    lock.lock();
    try {
      long left = LATEST.toNanos();
      while (!stopping && isFilling() && left > 0) {
        left = emptied.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    upstream.done();
  }

  /// Whether what is sent does not keep up with what comes; under the lock.
  private boolean isFilling() {
    return line.isBehind()
        && (line.size() > policy.queueSize() / 2 || memory.usedBytes() > memory.limitBytes() / 2);
  }

  private @Nullable Failure offer(WaitingLine.Entry<B> entry, boolean waits) {
    lock.lock();
    try {
      while (true) {
        if (stopping) {
          return stoppingFailure();
        }
        long more = isCounted(entry) ? 0 : entry.size();
        boolean room = line.isEmpty() || line.size() + more <= policy.queueSize();
        if (room && memory.tryReserve(entry.bytes())) {
          if (line.add(entry, more)) {
            filled.signal();
            filling = isFilling();
          }
          return null;
        }
        // Where nothing more fits, nothing is to wait for more.
        line.endGathering();
        filled.signal();
        if (!waits) {
          return room
              ? Failure.retryable(
                  Cause.MEMORY, "exporter " + exporter + ": no memory left for its sending queue")
              : Failure.retryable(
                  Cause.QUEUE_FULL, "exporter " + exporter + ": its sending queue is full");
        }
        // Memory is also given back by others, who do not tell.
        var _ = emptied.awaitNanos(LOOK_AGAIN.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stoppingFailure();
    } finally {
      lock.unlock();
    }
  }

  /// Whether an entry is part of a request that is counted already. What the policy joins counts apart.
  private boolean isCounted(WaitingLine.Entry<B> entry) {
    return policy.sizer() == Sizer.REQUESTS && policy.batch().isEmpty() && line.joins(entry);
  }

  private void consume() {
    try {
      for (var taken = take(); taken != null; taken = take()) {
        Parcel<B> parcel = Joining.join(taken.parcels());
        long most = policy.batch().map(batching -> mostItems(batching, parcel)).orElse(0L);
        for (Parcel<B> piece : most > 0 ? Joining.split(parcel, most) : List.of(parcel)) {
          delivery.run(piece, taken.sinceNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// How many items of a parcel are sent together at most; 0 for all. In bytes it is an estimate by the average.
  private static long mostItems(BatchSettings batching, Parcel<?> parcel) {
    long most = batching.maxSize();
    if (batching.sizer() != Sizer.BYTES || most == 0 || parcel.sizeBytes() <= most) {
      return batching.sizer() == Sizer.ITEMS ? most : 0;
    }
    return Math.max(1, (long) ((double) most * parcel.items() / parcel.sizeBytes()));
  }

  /// Waits for what is to be sent next; null once stopped and drained.
  private WaitingLine.@Nullable Group<B> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        WaitingLine.Group<B> next = poll();
        if (next != null || stopping) {
          return next;
        }
        long left = line.nanosLeft(System.nanoTime());
        if (left == Long.MAX_VALUE) {
          filled.await();
        } else {
          var _ = filled.awaitNanos(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes what is ready to be sent, and leaves the rest of the line to another consumer.
  private WaitingLine.@Nullable Group<B> poll() {
    lock.lock();
    try {
      WaitingLine.Group<B> group = line.poll(System.nanoTime());
      if (group != null) {
        memory.release(group.bytes());
        filling = isFilling();
        emptied.signalAll();
        if (!line.isEmpty()) {
          filled.signal();
        }
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  static long measure(Parcel<?> parcel, Sizer sizer) {
    return switch (sizer) {
      case REQUESTS -> 1;
      case ITEMS -> parcel.items();
      case BYTES -> parcel.sizeBytes();
    };
  }
}
