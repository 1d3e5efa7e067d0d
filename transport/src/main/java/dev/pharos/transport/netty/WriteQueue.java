package dev.pharos.transport.netty;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Brings the writes of many threads to a connection's event loop, so that those that come together share one wake-up
/// and one flush. Any thread.
///
/// Bounded by the exchanges of the connection: each has one reply, or one chunk that its writer waits for.
final class WriteQueue {
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final EventLoop loop;
  private final Runnable flush;
  private final Runnable drain = this::drain;
  private boolean reading;

  WriteQueue(EventLoop loop, Runnable flush) {
    this.loop = loop;
    this.flush = flush;
  }

  /// While true, writes of the event loop itself run at once, and whoever reads flushes afterwards. Event loop only.
  void reading(boolean now) {
    reading = now;
  }

  void run(Runnable write) {
    if (loop.inEventLoop() && reading) {
      write.run();
      return;
    }
    waiting.add(write);
    if (scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(drain);
      } catch (RejectedExecutionException e) {
        waiting.clear();
      }
    }
  }

  private void drain() {
    scheduled.set(false);
    Runnable write = waiting.poll();
    while (write != null) {
      write.run();
      write = waiting.poll();
    }
    flush.run();
  }
}
