package dev.pharos.pipeline.graph;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Sink;
import dev.pharos.observe.Cause;
import java.util.concurrent.atomic.AtomicLong;

/// A counted connection from one component to the next. At any time
/// `offered = delivered + dropped (by cause) + waiting`, in items.
final class Edge<B extends Batch> implements Sink<B> {
  private final EdgeCounts counts;
  private final Sink<B> next;

  Edge(EdgeCounts counts, Sink<B> next) {
    this.counts = counts;
    this.next = next;
  }

  @Override
  public void accept(Parcel<B> parcel) {
    next.accept(counted(parcel));
  }

  @Override
  public void accept(Parcel<B> parcel, Patience patience) {
    next.accept(counted(parcel), patience);
  }

  private Parcel<B> counted(Parcel<B> parcel) {
    int items = parcel.items();
    counts.offered(items);
    return parcel.with(new Counted(parcel.acknowledgement(), items));
  }

  @Override
  public boolean joins() {
    return next.joins();
  }

  @Override
  public boolean looksInside() {
    return next.looksInside();
  }

  /// Counts the answer before it passes it on. Rejections come before the answer and are few.
  private final class Counted implements Acknowledgement {
    private final Acknowledgement upstream;
    private final AtomicLong left;

    Counted(Acknowledgement upstream, int items) {
      this.upstream = upstream;
      this.left = new AtomicLong(items);
    }

    @Override
    public void rejected(int source, long items, Cause cause, String reason) {
      long counted = Math.min(items, left.getAndAdd(-items));
      counts.dropped(Math.max(0, counted), cause);
      upstream.rejected(source, items, cause, reason);
    }

    @Override
    public void done() {
      counts.delivered(Math.max(0, left.get()));
      upstream.done();
    }

    @Override
    public void fail(Failure failure) {
      counts.dropped(Math.max(0, left.get()), failure.cause());
      upstream.fail(failure);
    }
  }
}
