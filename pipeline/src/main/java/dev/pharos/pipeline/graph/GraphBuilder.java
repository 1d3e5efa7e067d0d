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
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.ComponentId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds the graph of a blueprint from its ends backwards, so that every component is made with what comes after it. An
/// exporter, connector or receiver is made once, a processor once per pipeline; parts that no pipeline names are not made.
/// One thread, one use.
public final class GraphBuilder {
  private final Blueprint blueprint;
  private final Registry registry;
  private final Clock clock;
  private final Map<ComponentId, Extension> extensions = new LinkedHashMap<>();
  private final Map<ComponentId, Exporter> exporters = new LinkedHashMap<>();
  private final Map<ComponentId, BuiltConnector> connectors = new LinkedHashMap<>();
  private final Map<String, Branch<Batch>> pipelines = new LinkedHashMap<>();
  private final List<Component> processors = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private record BuiltConnector(Connector connector, Durability durability) {}

  private GraphBuilder(Blueprint blueprint, Registry registry, Clock clock) {
    this.blueprint = blueprint;
    this.registry = registry;
    this.clock = clock;
  }

  /// @throws ComponentException if a component cannot be made
  public static Graph build(Blueprint blueprint, Registry registry, Clock clock) {
    return new GraphBuilder(blueprint, registry, clock).build();
  }

  private Graph build() {
    for (var part : blueprint.extensions()) {
      extensions.put(part.id(), extension(part));
    }
    blueprint.pipelines().keySet().forEach(this::pipeline);
    List<Component> receivers = new ArrayList<>();
    blueprint.receivers().forEach((id, part) -> {
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
    blueprint.pipelines().forEach((name, pipeline) -> {
      if (pipeline.signal() == signal && pipeline.receivers().contains(id)) {
        Branch<Batch> branch = pipeline(name);
        branches.add(new Branch<>(branch.name(), edge(signal, id.toString(), name, branch.sink()), branch.durability()));
      }
    });
    return branches;
  }

  private Branch<Batch> pipeline(String name) {
    Branch<Batch> known = pipelines.get(name);
    if (known != null) {
      return known;
    }
    Blueprint.Pipeline pipeline = blueprint.pipelines().get(name);
    if (pipeline == null) {
      throw new IllegalArgumentException("pipeline: " + name + " (expected: one of " + blueprint.pipelines().keySet() + ")");
    }
    List<Branch<Batch>> ends = new ArrayList<>();
    Set<ComponentId> distinct = new LinkedHashSet<>(pipeline.exporters());
    distinct.forEach(id -> ends.add(end(name, pipeline.signal(), id)));
    Sink<Batch> sink = FanOut.of(ends);
    for (ComponentId id : pipeline.processors().reversed()) {
      sink = processor(pipeline.signal(), id, sink);
    }
    Durability durability = strongest(ends);
    if (durability == Durability.BEST_EFFORT) {
      notes.add("pipeline " + name + " answers its senders before the data is durable: "
          + pipeline.exporters() + " keep it in memory until it is delivered");
    }
    var branch = new Branch<>(name, sink, durability);
    pipelines.put(name, branch);
    return branch;
  }

  private Branch<Batch> end(String pipeline, Signal signal, ComponentId id) {
    var exporterPart = blueprint.exporters().get(id);
    if (exporterPart != null) {
      Exporter exporter = exporters.computeIfAbsent(id, ignored -> exporter(exporterPart));
      return branch(pipeline, signal, id, exporter.sinks(), exporter.durability());
    }
    BuiltConnector built = connector(id);
    return branch(pipeline, signal, id, built.connector.sinks(), built.durability);
  }

  private Branch<Batch> branch(String pipeline, Signal signal, ComponentId id, Sinks sinks, Durability durability) {
    Sink<Batch> sink = sinks.of(signal)
        .orElseThrow(() -> new ComponentException(id + " does not take " + signal.label() + ", which pipeline " + pipeline + " carries"));
    return new Branch<>(id.toString(), edge(signal, pipeline, id.toString(), sink), durability);
  }

  private BuiltConnector connector(ComponentId id) {
    BuiltConnector known = connectors.get(id);
    if (known != null) {
      return known;
    }
    var part = blueprint.connectors().get(id);
    if (part == null) {
      throw new IllegalArgumentException("exporter: " + id + " (expected: an exporter or connector of the blueprint)");
    }
    List<Branch<Batch>> after = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      after.addAll(branchesAfter(id, signal));
    }
    var built = new BuiltConnector(connector(part, sinksAfter(id)), strongest(after));
    connectors.put(id, built);
    return built;
  }

  private static Durability strongest(List<Branch<Batch>> branches) {
    boolean durable = branches.stream().anyMatch(branch -> branch.durability() == Durability.DURABLE);
    boolean required = branches.stream().anyMatch(branch -> branch.durability() == Durability.REQUIRED);
    return durable ? Durability.DURABLE : required ? Durability.REQUIRED : Durability.BEST_EFFORT;
  }

  private Edge<Batch> edge(Signal signal, String from, String to, Sink<Batch> sink) {
    return new Edge<>(registry, signal.label(), from, to, sink);
  }

  @SuppressWarnings("unchecked")
  private Sink<Batch> processor(Signal signal, ComponentId id, Sink<Batch> next) {
    var part = blueprint.processors().get(id);
    if (part == null) {
      throw new IllegalArgumentException("processor: " + id + " (expected: one of " + blueprint.processors().keySet() + ")");
    }
    var factory = (Factory.OfProcessor<Object>) part.factory();
    Setup setup = setup(part);
    Sink<?> typed = next;
    Processor<?> made = switch (signal) {
      case TRACES -> factory.traces(setup, part.config(), (Sink<SpanBatch>) typed);
      case METRICS -> factory.metrics(setup, part.config(), (Sink<MetricBatch>) typed);
      case LOGS -> factory.logs(setup, part.config(), (Sink<LogBatch>) typed);
    };
    processors.add(made);
    return (Sink<Batch>) (Sink<?>) made;
  }

  @SuppressWarnings("unchecked")
  private Extension extension(Blueprint.Part<Factory.OfExtension<?>> part) {
    return ((Factory.OfExtension<Object>) part.factory()).create(setup(part), part.config());
  }

  @SuppressWarnings("unchecked")
  private Component receiver(Blueprint.Part<Factory.OfReceiver<?>> part, Sinks next) {
    return ((Factory.OfReceiver<Object>) part.factory()).create(setup(part), part.config(), next);
  }

  @SuppressWarnings("unchecked")
  private Exporter exporter(Blueprint.Part<Factory.OfExporter<?>> part) {
    return ((Factory.OfExporter<Object>) part.factory()).create(setup(part), part.config());
  }

  @SuppressWarnings("unchecked")
  private Connector connector(Blueprint.Part<Factory.OfConnector<?>> part, Sinks next) {
    return ((Factory.OfConnector<Object>) part.factory()).create(setup(part), part.config(), next);
  }

  private Setup setup(Blueprint.Part<?> part) {
    return new Setup(part.id(), part.position(), registry, clock, new FoundExtensions(Map.copyOf(extensions)));
  }

  /// Extensions made so far.
  private record FoundExtensions(Map<ComponentId, Extension> made) implements Setup.Extensions {
    @Override
    public <E extends Extension> E find(Class<E> type, Optional<ComponentId> id) {
      List<E> found = made.entrySet().stream()
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
              : "extension " + wanted + " is there " + found.size() + " times: name the one that is meant");
    }
  }
}
