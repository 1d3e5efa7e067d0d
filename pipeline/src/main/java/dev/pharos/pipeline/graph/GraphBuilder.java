package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Connector;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.component.Setup;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Builds the graph of a checked configuration from its ends backwards, so that every component is made with what comes
/// after it. An exporter, connector or receiver is made once, a processor once per pipeline; parts that no pipeline
/// names are not made. One thread, one use.
public final class GraphBuilder {
  private final ServiceConfig config;
  private final Factories factories;
  private final Registry registry;
  private final Clock clock;
  private final Map<ComponentId, Extension> extensions = new LinkedHashMap<>();
  private final Map<ComponentId, Exporter> exporters = new LinkedHashMap<>();
  private final Map<ComponentId, BuiltConnector> connectors = new LinkedHashMap<>();
  private final Map<PipelineId, Branch<Batch>> pipelines = new LinkedHashMap<>();
  private final List<Component> processors = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private record BuiltConnector(Connector connector, Durability durability) {}

  private GraphBuilder(ServiceConfig config, Factories factories, Registry registry, Clock clock) {
    this.config = config;
    this.factories = factories;
    this.registry = registry;
    this.clock = clock;
  }

  /// @throws ComponentException if a component cannot be made
  public static Graph build(
      ServiceConfig config, Factories factories, Registry registry, Clock clock) {
    return new GraphBuilder(config, factories, registry, clock).build();
  }

  private Graph build() {
    for (Reference reference : config.serviceExtensions()) {
      extensions.put(reference.id(), extension(part(ComponentKind.EXTENSION, reference.id())));
    }
    config.pipelines().values().forEach(this::pipeline);
    List<Component> receivers = new ArrayList<>();
    config
        .receivers()
        .forEach(
            (id, part) -> {
              Sinks next = sinksAfter(id);
              if (!next.equals(Sinks.NONE)) {
                receivers.add(receiver(part, next));
              }
            });
    List<Component> order = new ArrayList<>(extensions.values());
    order.addAll(exporters.values());
    connectors.values().forEach(built -> order.add(built.connector));
    order.addAll(processors);
    order.addAll(receivers);
    return new Graph(order, List.copyOf(extensions.values()), notes);
  }

  /// The pipelines that name `id` as a receiver, by signal, behind one fan-out each.
  private Sinks sinksAfter(ComponentId id) {
    Sinks next = Sinks.NONE;
    for (Signal signal : Signal.values()) {
      List<Branch<Batch>> branches = branchesAfter(id, signal);
      if (!branches.isEmpty()) {
        next = next.with(signal, FanOut.of(branches));
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
    for (Reference processor : pipeline.processors().reversed()) {
      sink = processor(signal, processor.id(), sink);
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

  private Branch<Batch> end(String pipeline, Signal signal, ComponentId id) {
    ComponentConfig part = config.exporters().get(id);
    if (part != null) {
      Exporter exporter = exporters.computeIfAbsent(id, ignored -> exporter(part));
      boolean required = part.required() && exporter.durability() == Durability.BEST_EFFORT;
      return branch(
          pipeline,
          signal,
          id,
          exporter.sinks(),
          required ? Durability.REQUIRED : exporter.durability());
    }
    BuiltConnector built = connector(id);
    return branch(pipeline, signal, id, built.connector.sinks(), built.durability);
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

  private BuiltConnector connector(ComponentId id) {
    BuiltConnector known = connectors.get(id);
    if (known != null) {
      return known;
    }
    ComponentConfig part = part(ComponentKind.CONNECTOR, id);
    List<Branch<Batch>> after = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      after.addAll(branchesAfter(id, signal));
    }
    var built = new BuiltConnector(connector(part, sinksAfter(id)), strongest(after));
    connectors.put(id, built);
    return built;
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
    return new Edge<>(registry, signal.label(), from, to, sink);
  }

  @SuppressWarnings("unchecked")
  private Sink<Batch> processor(Signal signal, ComponentId id, Sink<Batch> next) {
    ComponentConfig part = part(ComponentKind.PROCESSOR, id);
    var factory = (Factory.OfProcessor<Object>) factories.of(part.descriptor());
    Setup setup = setup(part);
    Sink<?> typed = next;
    Processor<?> made =
        switch (signal) {
          case TRACES -> factory.traces(setup, part.settings(), (Sink<SpanBatch>) typed);
          case METRICS -> factory.metrics(setup, part.settings(), (Sink<MetricBatch>) typed);
          case LOGS -> factory.logs(setup, part.settings(), (Sink<LogBatch>) typed);
        };
    processors.add(made);
    return (Sink<Batch>) (Sink<?>) made;
  }

  @SuppressWarnings("unchecked")
  private Extension extension(ComponentConfig part) {
    return ((Factory.OfExtension<Object>) factories.of(part.descriptor()))
        .create(setup(part), part.settings());
  }

  @SuppressWarnings("unchecked")
  private Component receiver(ComponentConfig part, Sinks next) {
    return ((Factory.OfReceiver<Object>) factories.of(part.descriptor()))
        .create(setup(part), part.settings(), next);
  }

  @SuppressWarnings("unchecked")
  private Exporter exporter(ComponentConfig part) {
    return ((Factory.OfExporter<Object>) factories.of(part.descriptor()))
        .create(setup(part), part.settings());
  }

  @SuppressWarnings("unchecked")
  private Connector connector(ComponentConfig part, Sinks next) {
    return ((Factory.OfConnector<Object>) factories.of(part.descriptor()))
        .create(setup(part), part.settings(), next);
  }

  private Setup setup(ComponentConfig part) {
    return new Setup(
        part.canonicalId(),
        part.position(),
        registry,
        clock,
        new FoundExtensions(Map.copyOf(extensions)));
  }

  /// Extensions made so far.
  private record FoundExtensions(Map<ComponentId, Extension> made) implements Setup.Extensions {
    @Override
    public <E extends Extension> E find(Class<E> type, Optional<ComponentId> id) {
      List<E> found =
          made.entrySet().stream()
              .filter(entry -> id.isEmpty() || id.get().equals(entry.getKey()))
              .map(Map.Entry::getValue)
              .filter(type::isInstance)
              .map(type::cast)
              .toList();
      if (found.size() == 1) {
        return found.get(0);
      }
      String wanted = id.map(ComponentId::toString).orElse("a " + type.getSimpleName());
      throw new ComponentException(
          found.isEmpty()
              ? "extension " + wanted + " is not among service::extensions " + made.keySet()
              : "extension "
                  + wanted
                  + " is there "
                  + found.size()
                  + " times: name the one that is meant");
    }
  }
}
