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
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.ComponentConfig;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calls the factories, and keeps which extensions a component asks for meanwhile. One thread.
final class ComponentMaker {
  private final Factories factories;
  private final Registry registry;
  private final Clock clock;
  private final Map<ComponentId, Extension> extensions = new LinkedHashMap<>();

  ComponentMaker(Factories factories, Registry registry, Clock clock) {
    this.factories = factories;
    this.registry = registry;
    this.clock = clock;
  }

  /// A component just made.
  record Made(Component component, String owner, Set<Extension> uses) {}

  /// Lets components that are made from now on find an extension.
  void offer(ComponentId id, Extension extension) {
    extensions.put(id, extension);
  }

  Map<ComponentId, Extension> extensions() {
    return extensions;
  }

  /// @param next of each signal; of a processor the one of its pipeline
  Made make(ComponentConfig part, Map<Signal, Junction<Batch>> next) {
    Set<Extension> uses = new HashSet<>();
    var setup =
        new Setup(part.canonicalId(), part.position(), registry, clock, new FoundExtensions(uses));
    return new Made(made(setup, part, next), setup.owner(), uses);
  }

  @SuppressWarnings("unchecked") // a descriptor's factory makes its settings
  private Component made(Setup setup, ComponentConfig part, Map<Signal, Junction<Batch>> next) {
    Factory<?> factory = factories.of(part.descriptor());
    Object settings = part.settings();
    return switch (factory) {
      case Factory.OfExtension<?> maker ->
          ((Factory.OfExtension<Object>) maker).create(setup, settings);
      case Factory.OfExporter<?> maker ->
          ((Factory.OfExporter<Object>) maker).create(setup, settings);
      case Factory.OfReceiver<?> maker ->
          ((Factory.OfReceiver<Object>) maker).create(setup, settings, sinks(next));
      case Factory.OfConnector<?> maker ->
          ((Factory.OfConnector<Object>) maker).create(setup, settings, sinks(next));
      case Factory.OfProcessor<?> maker ->
          processor((Factory.OfProcessor<Object>) maker, setup, settings, next);
    };
  }

  private static Sinks sinks(Map<Signal, Junction<Batch>> next) {
    Sinks sinks = Sinks.NONE;
    for (Map.Entry<Signal, Junction<Batch>> one : next.entrySet()) {
      sinks = sinks.with(one.getKey(), one.getValue());
    }
    return sinks;
  }

  @SuppressWarnings("unchecked") // a pipeline carries one signal
  private static Component processor(
      Factory.OfProcessor<Object> maker,
      Setup setup,
      Object settings,
      Map<Signal, Junction<Batch>> next) {
    Map.Entry<Signal, Junction<Batch>> only = next.entrySet().iterator().next();
    Sink<?> typed = only.getValue();
    return switch (only.getKey()) {
      case TRACES -> maker.traces(setup, settings, (Sink<SpanBatch>) typed);
      case METRICS -> maker.metrics(setup, settings, (Sink<MetricBatch>) typed);
      case LOGS -> maker.logs(setup, settings, (Sink<LogBatch>) typed);
    };
  }

  /// Extensions made so far.
  private final class FoundExtensions implements Setup.Extensions {
    private final Set<Extension> uses;

    FoundExtensions(Set<Extension> uses) {
      this.uses = uses;
    }

    @Override
    public <E extends Extension> E find(Class<E> type, Optional<ComponentId> id) {
      List<E> found =
          extensions.entrySet().stream()
              .filter(entry -> id.isEmpty() || id.get().equals(entry.getKey()))
              .map(Map.Entry::getValue)
              .filter(type::isInstance)
              .map(type::cast)
              .toList();
      if (found.size() == 1) {
        uses.add(found.get(0));
        return found.get(0);
      }
      String wanted = id.map(ComponentId::toString).orElse("a " + type.getSimpleName());
      throw new ComponentException(
          found.isEmpty()
              ? "extension " + wanted + " is not among service::extensions " + extensions.keySet()
              : "extension "
                  + wanted
                  + " is there "
                  + found.size()
                  + " times: name the one that is meant");
    }
  }
}
