package dev.pharos.app;

import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Queue;
import dev.pharos.observe.Distribution;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.ComponentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The process's own counters and gauges, read once. Immutable; any thread.
final class Readings {
  /// One reading.
  private record Reading(Map<String, String> labels, long value) {
    boolean has(Map<String, String> wanted) {
      return labels.entrySet().containsAll(wanted.entrySet());
    }
  }

  private final Map<String, List<Reading>> byName = new HashMap<>();

  private Readings() {}

  static Readings of(Registry registry) {
    var readings = new Readings();
    registry.visit(
        new Registry.Visitor() {
          @Override
          public void counter(String name, String help, List<String> labels, double value) {
            readings.add(name, labels, value);
          }

          @Override
          public void gauge(String name, String help, List<String> labels, double value) {
            readings.add(name, labels, value);
          }

          @Override
          public void histogram(
              String name, String help, List<String> labels, Distribution distribution) {}
        });
    return readings;
  }

  private void add(String name, List<String> labels, double value) {
    Map<String, String> byLabel = new HashMap<>();
    for (int i = 0; i < labels.size(); i += 2) {
      byLabel.put(labels.get(i), labels.get(i + 1));
    }
    byName
        .computeIfAbsent(name, ignored -> new ArrayList<>())
        .add(new Reading(byLabel, (long) value));
  }

  private List<Reading> of(String name, Map<String, String> labels) {
    return byName.getOrDefault(name, List.of()).stream()
        .filter(reading -> reading.has(labels))
        .toList();
  }

  private long sum(String name, Map<String, String> labels) {
    return of(name, labels).stream().mapToLong(Reading::value).sum();
  }

  /// What a component has counted, of all signals; empty if it counts no such thing.
  OptionalLong sum(String name, String label, ComponentId id) {
    List<Reading> found = of(name, Map.of(label, id.toString()));
    return found.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(found.stream().mapToLong(Reading::value).sum());
  }

  /// As [#sum], by cause.
  Map<String, Long> causes(String name, String label, ComponentId id) {
    return causes(name, Map.of(label, id.toString()));
  }

  private Map<String, Long> causes(String name, Map<String, String> labels) {
    var causes = new TreeMap<String, Long>();
    of(name, labels)
        .forEach(
            reading ->
                causes.merge(
                    reading.labels().getOrDefault("cause", "unknown"), reading.value(), Long::sum));
    return causes;
  }

  /// The sending queues of an exporter, of all signals; empty if it has none.
  Optional<Queue> queue(ComponentId id) {
    List<Reading> sizes = of("pharos_exporter_queue_size", Map.of("exporter", id.toString()));
    OptionalLong capacity = sum("pharos_exporter_queue_capacity", "exporter", id);
    return sizes.isEmpty() || capacity.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Queue(
                sizes.stream().mapToLong(Reading::value).sum(),
                capacity.getAsLong(),
                sizes.getFirst().labels().getOrDefault("sizer", "")));
  }

  /// The counters of an edge.
  ///
  /// @param left the near end, as the edge is counted under
  Edge edge(String from, String to, String signal, String left, String right) {
    var labels = Map.of("signal", signal, "from", left, "to", right);
    return new Edge(
        from,
        to,
        signal,
        sum("pharos_edge_offered_items_total", labels),
        sum("pharos_edge_delivered_items_total", labels),
        causes("pharos_edge_dropped_items_total", labels),
        sum("pharos_edge_waiting_items", labels));
  }
}
