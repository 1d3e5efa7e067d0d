package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Sink;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What comes after a component, in a form that can be exchanged while parcels pass: a component is made with it once
/// and stays when the graph behind it becomes another. Any thread; [#switchTo] by one at a time.
final class Junction<B extends Batch> implements Sink<B> {
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(5);

  /// Where parcels go, and how many calls into it have not returned.
  private record Target<B extends Batch>(Sink<B> sink, AtomicInteger inside) {
    static <B extends Batch> Target<B> of(Sink<B> sink) {
      return new Target<>(sink, new AtomicInteger());
    }
  }

  private volatile Target<B> target;

  Junction(Sink<B> first) {
    target = Target.of(first);
  }

  @Override
  public void accept(Parcel<B> parcel) {
    Target<B> now = enter();
    try {
      now.sink.accept(parcel);
    } finally {
      now.inside.decrementAndGet();
    }
  }

  @Override
  public void accept(Parcel<B> parcel, Patience patience) {
    Target<B> now = enter();
    try {
      now.sink.accept(parcel, patience);
    } finally {
      now.inside.decrementAndGet();
    }
  }

  @Override
  public boolean joins() {
    return target.sink.joins();
  }

  @Override
  public boolean looksInside() {
    return target.sink.looksInside();
  }

  /// Counts itself in first and looks again then, so that [#switchTo] either sees the call or is seen by it.
  private Target<B> enter() {
    while (true) {
      Target<B> now = target;
      now.inside.incrementAndGet();
      if (now == target) {
        return now;
      }
      now.inside.decrementAndGet();
    }
  }

  /// Sends everything to another sink from now on, and returns when the last call into the old one has.
  ///
  /// @return false if calls into the old one had not returned after five seconds
  boolean switchTo(Sink<B> next) {
    Target<B> before = target;
    target = Target.of(next);
    long until = System.nanoTime() + QUIET_WITHIN.toNanos();
    while (before.inside.get() != 0) {
      if (System.nanoTime() - until > 0) {
        return false;
      }
      LockSupport.parkNanos(50_000);
    }
    return true;
  }
}
