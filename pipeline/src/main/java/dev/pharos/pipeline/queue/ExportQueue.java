package dev.pharos.pipeline.queue;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Sink;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.config.settings.BatchSettings;
import dev.pharos.pipeline.config.settings.QueueSettings;
import dev.pharos.pipeline.config.settings.RetrySettings;
import dev.pharos.pipeline.config.settings.Sizer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The sending queue of one exporter and signal, in memory: bounded in requests, items or bytes and by its memory
/// account, emptied by a fixed number of virtual threads, each batch sent with retries.
///
/// A full queue refuses (retryable, `queue_full`) or makes the caller wait. A parcel is answered when it is queued,
/// unless the policy says to wait for the result. Stopping gives queued batches ten seconds and one attempt each to be
/// sent, and refuses the rest.
public final class ExportQueue<B extends Batch> implements Sink<B>, Component {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /// How often a sender that waits for room looks for memory.
  static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private record Waiting<B extends Batch>(Parcel<B> parcel, long size, long bytes) {}

  private final String exporter;
  private final QueueSettings policy;
  private final Account memory;
  private final String signal;
  private final Registry registry;
  private final Delivery<B> delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final ArrayDeque<Waiting<B>> queue = new ArrayDeque<>();
  private final List<Thread> consumers = new ArrayList<>();

  /// Those that send without a queue.
  private final Set<Thread> unqueued = ConcurrentHashMap.newKeySet();

  private long size;

  /// One consumer at a time gathers a batch, so that what comes in is not spread over many small ones.
  private boolean gathering;

  private boolean stopping;

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

  private double size() {
    lock.lock();
    try {
      return size;
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
        signal);
    registry.gauge(
        "pharos_exporter_queue_capacity",
        "What the sending queue holds.",
        policy::queueSize,
        "exporter",
        exporter,
        "signal",
        signal);
    for (int i = 0; policy.enabled() && i < policy.numConsumers(); i++) {
      consumers.add(Thread.ofVirtual().name("export " + exporter + " " + i).start(this::consume));
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopping = true;
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
    delivery.stop();
    try {
      long until = System.nanoTime() + STOP_WITHIN.toNanos();
      for (Thread sending : sending()) {
        sending.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sending().forEach(Thread::interrupt);
    for (Waiting<B> left = poll(); left != null; left = poll()) {
      delivery.refuse(left.parcel);
    }
  }

  private Failure stoppingFailure() {
    return Failure.retryable(Cause.SHUTDOWN, "exporter " + exporter + " is stopping");
  }

  private List<Thread> sending() {
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
  public void accept(Parcel<B> parcel) {
    if (!policy.enabled()) {
      sendAtOnce(parcel);
    } else if (policy.blockOnOverflow()) {
      Thread.startVirtualThread(() -> enqueue(parcel));
    } else {
      enqueue(parcel);
    }
  }

  private void sendAtOnce(Parcel<B> parcel) {
    Thread thread =
        Thread.ofVirtual()
            .name("export " + exporter)
            .unstarted(
                () -> {
                  try {
                    delivery.run(parcel);
                  } finally {
                    unqueued.remove(Thread.currentThread());
                  }
                });
    unqueued.add(thread);
    thread.start();
  }

  private void enqueue(Parcel<B> parcel) {
    long bytes = parcel.sizeBytes();
    Acknowledgement upstream = parcel.acknowledgement();
    Parcel<B> held = policy.waitForResult() ? parcel : parcel.with(Acknowledgement.NOBODY);
    Failure refused = offer(new Waiting<>(held, measure(parcel, policy.sizer()), bytes));
    if (refused != null) {
      upstream.fail(refused);
    } else if (!policy.waitForResult()) {
      upstream.done();
    }
  }

  private @Nullable Failure offer(Waiting<B> waiting) {
    lock.lock();
    try {
      while (true) {
        if (stopping) {
          return stoppingFailure();
        }
        boolean room = size + waiting.size <= policy.queueSize() || queue.isEmpty();
        if (room && memory.tryReserve(waiting.bytes)) {
          queue.add(waiting);
          size += waiting.size;
          filled.signal();
          return null;
        }
        if (!policy.blockOnOverflow()) {
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

  private @Nullable Waiting<B> poll() {
    lock.lock();
    try {
      Waiting<B> first = queue.poll();
      if (first != null) {
        size -= first.size;
        memory.release(first.bytes);
        emptied.signal();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void consume() {
    try {
      while (true) {
        List<Parcel<B>> taken = take();
        if (taken.isEmpty()) {
          return;
        }
        Parcel<B> joined = Joining.join(taken);
        long most = policy.batch().map(batching -> mostItems(batching, joined)).orElse(0L);
        for (Parcel<B> parcel : most > 0 ? Joining.split(joined, most) : List.of(joined)) {
          delivery.run(parcel);
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

  /// Waits for the next batch: one parcel, or as many of one tenant as make a batch. Empty once stopped and drained.
  private List<Parcel<B>> take() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() || gathering) {
        if (stopping && queue.isEmpty()) {
          return List.of();
        }
        filled.await();
      }
      var taken = new ArrayList<Parcel<B>>();
      long gathered = pollInto(taken);
      if (policy.batch().isPresent()) {
        gather(policy.batch().get(), gathered, taken);
      }
      if (!queue.isEmpty()) {
        filled.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void gather(BatchSettings batching, long gathered, List<Parcel<B>> taken)
      throws InterruptedException {
    gathering = true;
    try {
      long left = batching.flushTimeout().toNanos();
      while (gathered < batching.minSize()) {
        Waiting<B> next = queue.peek();
        if (next == null) {
          if (stopping || left <= 0) {
            return;
          }
          left = filled.awaitNanos(left);
        } else if (next.parcel.tenant().equals(taken.get(0).tenant())) {
          gathered += pollInto(taken);
        } else {
          return;
        }
      }
    } finally {
      gathering = false;
      filled.signalAll();
    }
  }

  private long pollInto(List<Parcel<B>> taken) {
    Waiting<B> first = poll();
    if (first == null) {
      return 0;
    }
    taken.add(first.parcel);
    return policy.batch().map(batching -> measure(first.parcel, batching.sizer())).orElse(0L);
  }

  static long measure(Parcel<?> parcel, Sizer sizer) {
    return switch (sizer) {
      case REQUESTS -> 1;
      case ITEMS -> parcel.items();
      case BYTES -> parcel.sizeBytes();
    };
  }
}
