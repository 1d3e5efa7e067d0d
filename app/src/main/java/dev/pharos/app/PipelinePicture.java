package dev.pharos.app;

import dev.pharos.api.pharos.PipelineState;
import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Kind;
import dev.pharos.api.pharos.PipelineState.Node;
import dev.pharos.api.pharos.PipelineState.Reload;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Sending;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.ComponentConfig;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.PipelineConfig;
import dev.pharos.pipeline.config.service.Reference;
import dev.pharos.pipeline.config.service.ServiceConfig;
import dev.pharos.pipeline.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Draws the running pipelines: their components in order, joined as data go, with what the process's own metrics
/// count of each. One thread, one use.
final class PipelinePicture {
  private final ServiceConfig config;
  private final ShownConfiguration shown;
  private final Map<ComponentId, Sending> sending;
  private final Readings now;

  /// What does not change while it is drawn, by component.
  private final Map<Part, Words> words;

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();

  private record Part(ComponentKind kind, ComponentId id) {}

  private record Words(String detail, String position) {}

  private PipelinePicture(
      Configuration configuration,
      ShownConfiguration shown,
      Map<ComponentId, Sending> sending,
      Readings now,
      Map<Part, Words> words) {
    this.config = configuration.service();
    this.shown = shown;
    this.sending = sending;
    this.now = now;
    this.words = words;
    config.pipelines().values().forEach(this::draw);
  }

  /// @param shown the same configuration
  /// @param sending how that of the exporters goes
  /// @param reload what came of reading the configuration
  static PipelineState of(
      Configuration configuration,
      ShownConfiguration shown,
      Map<ComponentId, Sending> sending,
      Registry registry,
      Reload reload) {
    // Counters are read one after the other: what moves meanwhile is no loss.
    var words = new HashMap<Part, Words>();
    var before = new PipelinePicture(configuration, shown, sending, Readings.of(registry), words);
    var after = new PipelinePicture(configuration, shown, sending, Readings.of(registry), words);
    var nodes = List.copyOf(after.nodes.values());
    return new PipelineState(
        configuration.sources(),
        reload,
        nodes,
        after.edges,
        new Books(List.copyOf(before.nodes.values()), before.edges).missing(nodes, after.edges));
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

  private Words words(ComponentKind kind, ComponentId id) {
    return words.computeIfAbsent(
        new Part(kind, id),
        part ->
            new Words(
                shown.detail(part.kind(), part.id()), shown.position(part.kind(), part.id())));
  }

  private String processor(String pipeline, ComponentId id) {
    String node = "processor/" + pipeline + "/" + id;
    Words words = words(ComponentKind.PROCESSOR, id);
    nodes.putIfAbsent(
        node,
        new Node(
            node,
            Kind.PROCESSOR,
            id.toString(),
            pipeline,
            words.detail(),
            words.position(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Map.of(),
            Optional.empty(),
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
    String node = kind.name().toLowerCase(Locale.ROOT) + "/" + id;
    ComponentKind part = ComponentKind.valueOf(kind.name());
    Words words = words(part, id);
    // Components count under the modern spelling of their type.
    ComponentId counted = config.component(part, id).map(ComponentConfig::canonicalId).orElse(id);
    Function<String, OptionalLong> ofReceiver = metric -> now.sum(metric, "receiver", counted);
    Function<String, OptionalLong> ofExporter = metric -> now.sum(metric, "exporter", counted);
    boolean receives = kind == Kind.RECEIVER;
    nodes.putIfAbsent(
        node,
        new Node(
            node,
            kind,
            id.toString(),
            "",
            words.detail(),
            words.position(),
            ofReceiver.apply("pharos_receiver_received_items_total"),
            ofReceiver.apply("pharos_receiver_accepted_items_total"),
            ofExporter.apply("pharos_exporter_sent_items_total"),
            receives
                ? now.causes("pharos_receiver_refused_items_total", "receiver", counted)
                : now.causes("pharos_exporter_failed_items_total", "exporter", counted),
            now.queue(counted),
            kind == Kind.EXPORTER
                ? Optional.ofNullable(sending.get(id)).map(this::shown)
                : Optional.empty()));
    return node;
  }

  private PipelineState.Sending shown(Sending one) {
    return new PipelineState.Sending(
        one.retries(),
        one.retrying(),
        one.nextTry(),
        one.lastFault()
            .map(
                fault ->
                    new PipelineState.Fault(
                        fault.ago(), shown.hide(fault.message()), fault.isRepeated())),
        one.oldest());
  }
}
