package dev.pharos.pipeline.graph;

import dev.pharos.observe.Cause;
import dev.pharos.observe.Counter;
import dev.pharos.observe.Registry;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// The counters of an edge. They outlive the edge: one between the same components in the next configuration's graph
/// goes on with them, while parcels of the first are still waiting.
final class EdgeCounts {
  /// Which edge: its signal and the names of both ends.
  record Key(String signal, String from, String to) {}

  private static final String DROPPED_HELP =
      "Items that an edge's far end refused or rejected, by cause.";

  private final Registry registry;
  private final String[] labels;
  private final Counter offered;
  private final Counter delivered;
  private final AtomicLong waiting = new AtomicLong();

  EdgeCounts(Registry registry, Key key) {
    this.registry = registry;
    labels = new String[] {"signal", key.signal, "from", key.from, "to", key.to};
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

  void offered(long items) {
    waiting.addAndGet(items);
    offered.add(items);
  }

  void delivered(long items) {
    delivered.add(items);
    waiting.addAndGet(-items);
  }

  void dropped(long items, Cause cause) {
    String[] all = Arrays.copyOf(labels, labels.length + 2);
    all[labels.length] = "cause";
    all[labels.length + 1] = cause.label();
    registry.counter("pharos_edge_dropped_items_total", DROPPED_HELP, all).add(items);
    waiting.addAndGet(-items);
  }
}
