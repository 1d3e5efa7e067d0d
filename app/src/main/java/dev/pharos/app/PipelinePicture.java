package dev.pharos.app;

import dev.pharos.api.pharos.PipelineState;
import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Kind;
import dev.pharos.api.pharos.PipelineState.Node;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.PipelineConfig;
import dev.pharos.pipeline.config.service.Reference;
import dev.pharos.pipeline.config.service.ServiceConfig;
import dev.pharos.pipeline.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Draws the running pipelines: their components in order, joined as data go, with what the process's own metrics
/// count of each. One thread, one use.
final class PipelinePicture {
  private final ServiceConfig config;
  private final Readings now;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();

  private PipelinePicture(ServiceConfig config, Readings now) {
    this.config = config;
    this.now = now;
  }

  /// @param sources what the configuration was made of
  static PipelineState of(ServiceConfig config, Registry registry, List<String> sources) {
    // The counters of an edge are read one after the other: what moves meanwhile is no loss.
    var before = new PipelinePicture(config, Readings.of(registry));
    var after = new PipelinePicture(config, Readings.of(registry));
    before.draw();
    after.draw();
    return new PipelineState(
        sources,
        List.copyOf(after.nodes.values()),
        after.edges,
        isConsistent(before.edges, after.edges));
  }

  private static boolean isConsistent(List<Edge> before, List<Edge> after) {
    for (int i = 0; i < after.size(); i++) {
      Edge then = before.get(i);
      Edge edge = after.get(i);
      long missing = edge.offered() - edge.delivered() - sum(edge.dropped()) - edge.waiting();
      long moved =
          edge.offered()
              - then.offered()
              + edge.delivered()
              - then.delivered()
              + sum(edge.dropped())
              - sum(then.dropped());
      if (Math.abs(missing) > moved) {
        return false;
      }
    }
    return true;
  }

  private static long sum(Map<String, Long> causes) {
    return causes.values().stream().mapToLong(Long::longValue).sum();
  }

  private void draw() {
    config.pipelines().values().forEach(this::draw);
  }

  private void draw(PipelineConfig pipeline) {
    String name = pipeline.id().toString();
    String signal = pipeline.id().signal().label();
    List<String> processors = new ArrayList<>();
    for (Reference each : pipeline.processors()) {
      processors.add(processor(name, each.id()));
    }
    // Without a processor, what comes in goes straight to the ends, and is drawn by what these are
    // offered.
    for (Reference from : pipeline.receivers()) {
      String source = source(from.id());
      if (processors.isEmpty()) {
        for (Reference to : pipeline.exporters()) {
          edges.add(now.edge(source, end(to.id()), signal, from.id().toString(), name));
        }
      } else {
        edges.add(now.edge(source, processors.getFirst(), signal, from.id().toString(), name));
      }
    }
    for (int i = 1; i < processors.size(); i++) {
      String left = GraphBuilder.place(name, pipeline.processors().get(i - 1).id());
      String right = GraphBuilder.place(name, pipeline.processors().get(i).id());
      edges.add(now.edge(processors.get(i - 1), processors.get(i), signal, left, right));
    }
    for (Reference to : pipeline.exporters()) {
      String end = end(to.id());
      if (!processors.isEmpty()) {
        edges.add(now.edge(processors.getLast(), end, signal, name, to.id().toString()));
      }
    }
  }

  private String processor(String pipeline, ComponentId id) {
    String node = "processor/" + pipeline + "/" + id;
    nodes.putIfAbsent(
        node,
        new Node(
            node,
            Kind.PROCESSOR,
            id.toString(),
            pipeline,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Map.of(),
            Optional.empty()));
    return node;
  }

  private String source(ComponentId id) {
    return config.receivers().containsKey(id) ? component(Kind.RECEIVER, id) : connector(id);
  }

  private String end(ComponentId id) {
    return config.exporters().containsKey(id) ? component(Kind.EXPORTER, id) : connector(id);
  }

  private String connector(ComponentId id) {
    return component(Kind.CONNECTOR, id);
  }

  private String component(Kind kind, ComponentId id) {
    String node = kind.name().toLowerCase(java.util.Locale.ROOT) + "/" + id;
    Function<String, OptionalLong> ofReceiver = metric -> now.sum(metric, "receiver", id);
    Function<String, OptionalLong> ofExporter = metric -> now.sum(metric, "exporter", id);
    boolean receives = kind == Kind.RECEIVER;
    nodes.putIfAbsent(
        node,
        new Node(
            node,
            kind,
            id.toString(),
            "",
            ofReceiver.apply("pharos_receiver_received_items_total"),
            ofReceiver.apply("pharos_receiver_accepted_items_total"),
            ofExporter.apply("pharos_exporter_sent_items_total"),
            receives
                ? now.causes("pharos_receiver_refused_items_total", "receiver", id)
                : now.causes("pharos_exporter_failed_items_total", "exporter", id),
            now.queue(id)));
    return node;
  }
}
