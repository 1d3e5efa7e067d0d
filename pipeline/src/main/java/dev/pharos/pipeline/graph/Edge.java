package dev.pharos.pipeline.graph;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Sink;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Counter;
import dev.pharos.observe.Registry;
import java.util.concurrent.atomic.AtomicLong;

/// A counted connection from one component to the next. At any time
/// `offered = delivered + dropped (by cause) + waiting`, in items.
public final class Edge<B extends Batch> implements Sink<B> {
  private static final String DROPPED_HELP =
      "Items that an edge's far end refused or rejected, by cause.";

  private final Registry registry;
  private final String[] labels;
  private final Sink<B> next;
  private final Counter offered;
  private final Counter delivered;
  private final AtomicLong waiting = new AtomicLong();

  /// @param from name of the component that sends
  /// @param to name of the component that takes
  public Edge(Registry registry, String signal, String from, String to, Sink<B> next) {
    this.registry = registry;
    this.next = next;
    this.labels = new String[] {"signal", signal, "from", from, "to", to};
    offered =
        registry.counter("pharos_edge_offered_items_total", "Items handed to an edge.", labels);
    delivered =
        registry.counter(
            "pharos_edge_delivered_items_total", "Items that an edge's far end took.", labels);
    registry.gauge(
        "pharos_edge_waiting_items",
        "Items that an edge's far end has not answered.",
        waiting::get,
        labels);
  }

  @Override
  public void accept(Parcel<B> parcel) {
    int items = parcel.items();
    waiting.addAndGet(items);
    offered.add(items);
    next.accept(parcel.with(new Counted(parcel.acknowledgement(), items)));
  }

  @Override
  public boolean looksInside() {
    return next.looksInside();
  }

  private void dropped(long items, Cause cause) {
    var all = new String[labels.length + 2];
    System.arraycopy(labels, 0, all, 0, labels.length);
    all[labels.length] = "cause";
    all[labels.length + 1] = cause.label();
    registry.counter("pharos_edge_dropped_items_total", DROPPED_HELP, all).add(items);
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
      dropped(Math.max(0, counted), cause);
      waiting.addAndGet(-Math.max(0, counted));
      upstream.rejected(source, items, cause, reason);
    }

    @Override
    public void done() {
      long taken = Math.max(0, left.get());
      delivered.add(taken);
      waiting.addAndGet(-taken);
      upstream.done();
    }

    @Override
    public void fail(Failure failure) {
      long refused = Math.max(0, left.get());
      dropped(refused, failure.cause());
      waiting.addAndGet(-refused);
      upstream.fail(failure);
    }
  }
}
