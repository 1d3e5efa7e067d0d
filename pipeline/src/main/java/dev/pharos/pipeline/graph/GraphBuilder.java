package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Connector;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.ComponentConfig;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.PipelineConfig;
import dev.pharos.pipeline.config.service.PipelineId;
import dev.pharos.pipeline.config.service.Reference;
import dev.pharos.pipeline.config.service.ServiceConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Builds the graph of a checked configuration from its ends backwards, so that every component is made with what comes
/// after it. An exporter, connector or receiver is made once, a processor once per pipeline; parts that no pipeline
/// names are not made. Of the running graph, if there is one, every component is kept that would be made the same
/// again. One thread, one use.
public final class GraphBuilder {
  private final ServiceConfig config;
  private final Registry registry;
  private final ComponentMaker maker;
  private final Optional<Graph> running;
  private final Map<Node.Key, Node> nodes = new LinkedHashMap<>();
  private final Map<EdgeCounts.Key, EdgeCounts> edges = new HashMap<>();
  private final List<Graph.Switch> switches = new ArrayList<>();
  private final Map<PipelineId, Branch<Batch>> pipelines = new LinkedHashMap<>();
  private final Map<ComponentId, Durability> connectors = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private GraphBuilder(
      ServiceConfig config, Registry registry, ComponentMaker maker, Optional<Graph> running) {
    this.config = config;
    this.registry = registry;
    this.maker = maker;
    this.running = running;
  }

  /// @throws ComponentException if a component cannot be made
  public static Graph build(
      ServiceConfig config, Factories factories, Registry registry, Clock clock) {
    return build(config, factories, registry, clock, Optional.empty());
  }

  /// A graph that can take over from a running one ([Graph#takeOver]), with as many of its components as possible.
  /// Nothing changes in the running one meanwhile.
  ///
  /// @throws ComponentException if a component cannot be made
  public static Graph build(
      ServiceConfig config,
      Factories factories,
      Registry registry,
      Clock clock,
      Optional<Graph> running) {
    var maker = new ComponentMaker(factories, registry, clock);
    return new GraphBuilder(config, registry, maker, running).build();
  }

  private Graph build() {
    for (Reference reference : config.serviceExtensions()) {
      Node node = node(part(ComponentKind.EXTENSION, reference.id()), "", Map.of());
      maker.offer(reference.id(), (Extension) node.component());
    }
    config.pipelines().values().forEach(this::pipeline);
    config
        .receivers()
        .forEach(
            (id, part) -> {
              Map<Signal, Sink<Batch>> next = sinksAfter(id);
              if (!next.isEmpty()) {
                node(part, "", next);
              }
            });
    return new Graph(inStartOrder(), edges, switches, notes);
  }

  private List<Node> inStartOrder() {
    List<Node> order = new ArrayList<>();
    for (ComponentKind kind :
        List.of(
            ComponentKind.EXTENSION,
            ComponentKind.EXPORTER,
            ComponentKind.CONNECTOR,
            ComponentKind.PROCESSOR,
            ComponentKind.RECEIVER)) {
      nodes.values().stream().filter(node -> node.key().kind() == kind).forEach(order::add);
    }
    return order;
  }

  /// The component of this configuration: the one that was made already, the one that runs, or a new one.
  ///
  /// @param pipeline of a processor, otherwise empty
  /// @param next what is to come after it
  private Node node(ComponentConfig part, String pipeline, Map<Signal, Sink<Batch>> next) {
    var key = new Node.Key(part.kind(), part.id(), pipeline);
    Optional<Node> known = running.flatMap(graph -> graph.node(key));
    if (known.isPresent() && known.get().serves(part, next.keySet(), maker.extensions().values())) {
      Node kept = known.get();
      next.forEach((signal, sink) -> switches.add(new Graph.Switch(kept.after(signal), sink)));
      nodes.put(key, kept);
      return kept;
    }
    Map<Signal, Junction<Batch>> junctions = new EnumMap<>(Signal.class);
    next.forEach((signal, sink) -> junctions.put(signal, new Junction<>(sink)));
    if (known.isPresent() && part.kind() == ComponentKind.RECEIVER) {
      // Requests that a receiver is still decoding when it goes take the new way.
      next.forEach(
          (signal, sink) -> {
            if (known.get().next().containsKey(signal)) {
              switches.add(new Graph.Switch(known.get().after(signal), sink));
            }
          });
    }
    ComponentMaker.Made made = maker.make(part, junctions);
    var node = new Node(key, made.owner(), part, made.component(), made.uses(), junctions);
    nodes.put(key, node);
    return node;
  }

  private Optional<Component> made(ComponentKind kind, ComponentId id) {
    return Optional.ofNullable(nodes.get(new Node.Key(kind, id, ""))).map(Node::component);
  }

  /// The pipelines that name `id` as a receiver, by signal, behind one fan-out each.
  private Map<Signal, Sink<Batch>> sinksAfter(ComponentId id) {
    Map<Signal, Sink<Batch>> next = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      List<Branch<Batch>> branches = branchesAfter(id, signal);
      if (!branches.isEmpty()) {
        next.put(signal, FanOut.of(branches));
      }
    }
    return next;
  }

  private List<Branch<Batch>> branchesAfter(ComponentId id, Signal signal) {
    List<Branch<Batch>> branches = new ArrayList<>();
    for (PipelineConfig pipeline : config.pipelines().values()) {
      if (pipeline.id().signal() == signal
          && pipeline.receivers().stream().anyMatch(from -> from.id().equals(id))) {
        Branch<Batch> branch = pipeline(pipeline);
        var edge = edge(signal, id.toString(), branch.name(), branch.sink());
        branches.add(new Branch<>(branch.name(), edge, branch.durability()));
      }
    }
    return branches;
  }

  /// The name by which the edges before and behind a processor are counted, as there is one in each pipeline.
  public static String place(String pipeline, ComponentId processor) {
    return pipeline + ":" + processor;
  }

  private Branch<Batch> pipeline(PipelineConfig pipeline) {
    Branch<Batch> known = pipelines.get(pipeline.id());
    if (known != null) {
      return known;
    }
    Signal signal = pipeline.id().signal();
    String name = pipeline.id().toString();
    List<Branch<Batch>> ends =
        pipeline.exporters().stream()
            .map(Reference::id)
            .distinct()
            .map(id -> end(name, signal, id))
            .toList();
    Sink<Batch> sink = FanOut.of(ends);
    List<Reference> processors = pipeline.processors();
    for (int i = processors.size() - 1; i >= 0; i--) {
      ComponentId id = processors.get(i).id();
      if (i < processors.size() - 1) {
        sink = edge(signal, place(name, id), place(name, processors.get(i + 1).id()), sink);
      }
      sink = processor(signal, name, id, sink);
    }
    Durability durability = strongest(ends);
    boolean keeps = ends.stream().anyMatch(end -> end.durability() != Durability.NONE);
    if (durability == Durability.BEST_EFFORT && keeps) {
      notes.add(
          "pipeline "
              + name
              + " answers its senders before the data is durable: "
              + pipeline.exporters().stream()
                  .map(to -> to.id().toString())
                  .collect(Collectors.joining(", "))
              + " keep it in memory until it is delivered");
    }
    var branch = new Branch<>(name, sink, durability);
    pipelines.put(pipeline.id(), branch);
    return branch;
  }

  @SuppressWarnings("unchecked") // a pipeline carries one signal
  private Sink<Batch> processor(Signal signal, String pipeline, ComponentId id, Sink<Batch> next) {
    String place = pipeline;
    while (nodes.containsKey(new Node.Key(ComponentKind.PROCESSOR, id, place))) {
      place += " again";
    }
    Node node = node(part(ComponentKind.PROCESSOR, id), place, Map.of(signal, next));
    return (Sink<Batch>) node.component();
  }

  private Branch<Batch> end(String pipeline, Signal signal, ComponentId id) {
    ComponentConfig part = config.exporters().get(id);
    if (part != null) {
      Exporter exporter =
          (Exporter)
              made(ComponentKind.EXPORTER, id)
                  .orElseGet(() -> node(part, "", Map.of()).component());
      boolean required = part.required() && exporter.durability() == Durability.BEST_EFFORT;
      return branch(
          pipeline,
          signal,
          id,
          exporter.sinks(),
          required ? Durability.REQUIRED : exporter.durability());
    }
    Connector connector = connector(id);
    return branch(pipeline, signal, id, connector.sinks(), strongestAfter(id));
  }

  private Branch<Batch> branch(
      String pipeline, Signal signal, ComponentId id, Sinks sinks, Durability durability) {
    Sink<Batch> sink =
        sinks
            .of(signal)
            .orElseThrow(
                () ->
                    new ComponentException(
                        id
                            + " does not take "
                            + signal.label()
                            + ", which pipeline "
                            + pipeline
                            + " carries"));
    Sink<Batch> keyed =
        durability == Durability.DURABLE && pipelinesInto(id, signal) > 1
            ? PipelineKeys.of(pipeline, sink)
            : sink;
    return new Branch<>(id.toString(), edge(signal, pipeline, id.toString(), keyed), durability);
  }

  private long pipelinesInto(ComponentId exporter, Signal signal) {
    return config.pipelines().values().stream()
        .filter(pipeline -> pipeline.id().signal() == signal)
        .filter(pipeline -> pipeline.exporters().stream().anyMatch(to -> to.id().equals(exporter)))
        .count();
  }

  private Connector connector(ComponentId id) {
    return (Connector)
        made(ComponentKind.CONNECTOR, id)
            .orElseGet(
                () -> node(part(ComponentKind.CONNECTOR, id), "", sinksAfter(id)).component());
  }

  private Durability strongestAfter(ComponentId connector) {
    Durability known = connectors.get(connector);
    if (known != null) {
      return known;
    }
    List<Branch<Batch>> after = new ArrayList<>();
    for (PipelineConfig pipeline : config.pipelines().values()) {
      if (pipeline.receivers().stream().anyMatch(from -> from.id().equals(connector))) {
        after.add(pipeline(pipeline));
      }
    }
    Durability strongest = strongest(after);
    connectors.put(connector, strongest);
    return strongest;
  }

  /// A part that the checked configuration is known to have.
  private ComponentConfig part(ComponentKind kind, ComponentId id) {
    return config
        .component(kind, id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    kind.label() + ": " + id + " (expected: one that is configured)"));
  }

  private static Durability strongest(List<Branch<Batch>> branches) {
    boolean durable =
        branches.stream().anyMatch(branch -> branch.durability() == Durability.DURABLE);
    boolean required =
        branches.stream().anyMatch(branch -> branch.durability() == Durability.REQUIRED);
    return durable ? Durability.DURABLE : required ? Durability.REQUIRED : Durability.BEST_EFFORT;
  }

  private Edge<Batch> edge(Signal signal, String from, String to, Sink<Batch> sink) {
    var key = new EdgeCounts.Key(signal.label(), from, to);
    EdgeCounts counts =
        edges.computeIfAbsent(
            key,
            _ ->
                running
                    .flatMap(graph -> graph.edge(key))
                    .orElseGet(() -> new EdgeCounts(registry, key)));
    return new Edge<>(counts, sink);
  }
}
