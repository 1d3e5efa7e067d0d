package dev.pharos.pipeline.config.service;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks that pipelines and components fit together: references lead somewhere, signals are supported, connectors have
/// both ends and form no cycle. One thread; one use.
final class PipelineChecks {
  /// One mention of a connector in a pipeline.
  private record End(PipelineConfig pipeline, Reference reference) {}

  /// The pipelines a connector takes from and gives to.
  private record Ends(List<End> sources, List<End> targets) {}

  private final Map<ComponentKind, Map<ComponentId, ComponentConfig>> components;
  private final Map<ComponentKind, Map<String, Position>> defined;
  private final Problems problems;
  private final Set<ComponentConfig> used = new HashSet<>();
  private final Map<ComponentId, Ends> connections = new LinkedHashMap<>();

  /// @param components those that could be decoded
  /// @param defined the ids of all, with the position of each
  PipelineChecks(
      Map<ComponentKind, Map<ComponentId, ComponentConfig>> components,
      Map<ComponentKind, Map<String, Position>> defined,
      Problems problems) {
    this.components = components;
    this.defined = defined;
    this.problems = problems;
  }

  void check(Collection<PipelineConfig> pipelines, List<Reference> extensions) {
    checkConnectorIds();
    for (PipelineConfig pipeline : pipelines) {
      pipeline.receivers().forEach(r -> checkEnd(pipeline, r, ComponentKind.RECEIVER));
      checkProcessors(pipeline);
      pipeline.exporters().forEach(r -> checkEnd(pipeline, r, ComponentKind.EXPORTER));
    }
    for (Reference extension : extensions) {
      find(ComponentKind.EXTENSION, extension, "service::extensions").ifPresent(used::add);
    }
    connections.forEach(this::checkConnector);
    checkCycles(pipelines);
    for (ComponentConfig component : unused()) {
      String where =
          component.kind() == ComponentKind.EXTENSION ? "service::extensions" : "any pipeline";
      problems.warn(
          component.position(), component.path(), "is configured but not used in " + where);
    }
  }

  /// The components that nothing mentions, in the order written.
  Set<ComponentConfig> unused() {
    Set<ComponentConfig> unused = new LinkedHashSet<>();
    components.values().forEach(section -> unused.addAll(section.values()));
    unused.removeAll(used);
    return unused;
  }

  private void checkConnectorIds() {
    ids(ComponentKind.CONNECTOR)
        .forEach(
            (id, position) -> {
              for (ComponentKind kind : List.of(ComponentKind.RECEIVER, ComponentKind.EXPORTER)) {
                Position other = ids(kind).get(id);
                if (other != null) {
                  String both =
                      "ambiguous ID: \""
                          + id
                          + "\" is a connector and the "
                          + kind.label()
                          + " at "
                          + other;
                  String mend = "; rename one of them, for example to \"" + id + "/connector\"";
                  problems.error(position, "connectors::" + id, both + mend);
                }
              }
            });
  }

  private void checkEnd(PipelineConfig pipeline, Reference reference, ComponentKind kind) {
    String id = reference.id().toString();
    // An id that is both has been refused; here it counts as what is no connector.
    if (ids(ComponentKind.CONNECTOR).containsKey(id) && !ids(kind).containsKey(id)) {
      ComponentConfig connector = component(ComponentKind.CONNECTOR, reference.id());
      if (connector != null) {
        used.add(connector);
        Ends ends =
            connections.computeIfAbsent(
                reference.id(), _ -> new Ends(new ArrayList<>(), new ArrayList<>()));
        (kind == ComponentKind.RECEIVER ? ends.targets : ends.sources)
            .add(new End(pipeline, reference));
      }
      return;
    }
    find(kind, reference, pipeline.path())
        .ifPresent(
            component -> {
              used.add(component);
              checkSignal(pipeline, reference, component);
            });
  }

  private void checkProcessors(PipelineConfig pipeline) {
    Set<ComponentId> seen = new HashSet<>();
    for (Reference reference : pipeline.processors()) {
      if (!seen.add(reference.id())) {
        String message = "references processor \"" + reference.id() + "\" multiple times";
        problems.error(reference.position(), pipeline.path(), message);
        continue;
      }
      find(ComponentKind.PROCESSOR, reference, pipeline.path())
          .ifPresent(
              component -> {
                used.add(component);
                checkSignal(pipeline, reference, component);
              });
    }
  }

  /// A null is a component that is defined but could not be decoded, which has been reported.
  private Optional<ComponentConfig> find(ComponentKind kind, Reference reference, String path) {
    ComponentConfig component = component(kind, reference.id());
    if (component != null) {
      return Optional.of(component);
    }
    String id = reference.id().toString();
    if (!ids(kind).containsKey(id)) {
      Set<String> known = new LinkedHashSet<>(ids(kind).keySet());
      if (kind == ComponentKind.RECEIVER || kind == ComponentKind.EXPORTER) {
        known.addAll(ids(ComponentKind.CONNECTOR).keySet());
      }
      String message = "references " + kind.label() + " \"" + id + "\" which is not configured";
      String list = known.isEmpty() ? "there is none" : "configured: " + String.join(", ", known);
      String hint = Nearest.hint(id, known) + " (" + list + ")";
      problems.error(reference.position(), path, message + hint);
    }
    return Optional.empty();
  }

  private void checkSignal(
      PipelineConfig pipeline, Reference reference, ComponentConfig component) {
    Set<Signal> supported = component.descriptor().signals().keySet();
    Signal signal = pipeline.id().signal();
    if (!supported.contains(signal)) {
      String what = component.kind().label() + " \"" + reference.id() + "\" for " + signal.label();
      String expected = String.join(", ", supported.stream().map(Signal::label).toList());
      problems.error(
          reference.position(),
          pipeline.path(),
          what + ": telemetry type is not supported (supported: " + expected + ")");
    }
  }

  private void checkConnector(ComponentId id, Ends ends) {
    for (End source : ends.sources) {
      if (ends.targets.stream().noneMatch(target -> connects(id, source, target))) {
        refuseHalf(id, source, "exporter", "receiver");
      }
    }
    for (End target : ends.targets) {
      if (ends.sources.stream().noneMatch(source -> connects(id, source, target))) {
        refuseHalf(id, target, "receiver", "exporter");
      }
    }
  }

  private void refuseHalf(ComponentId id, End end, String as, String missing) {
    ComponentConfig connector = component(ComponentKind.CONNECTOR, id);
    String supported =
        connector == null
            ? ""
            : String.join(
                ", ",
                connector.descriptor().pairs().keySet().stream()
                    .map(SignalPair::label)
                    .sorted()
                    .toList());
    String used =
        "connector \"" + id + "\" used as " + as + " in [" + end.pipeline.id() + "] pipeline";
    String message =
        used
            + " but not used in any supported "
            + missing
            + " pipeline (supported: "
            + supported
            + ")";
    problems.error(end.reference.position(), end.pipeline.path(), message);
  }

  private boolean connects(ComponentId id, End source, End target) {
    ComponentConfig connector = component(ComponentKind.CONNECTOR, id);
    SignalPair pair = new SignalPair(source.pipeline.id().signal(), target.pipeline.id().signal());
    return connector != null && connector.descriptor().pairs().containsKey(pair);
  }

  private void checkCycles(Collection<PipelineConfig> pipelines) {
    Set<PipelineId> done = new HashSet<>();
    for (PipelineConfig pipeline : pipelines) {
      if (walk(pipeline, new ArrayList<>(), new ArrayList<>(), done)) {
        return;
      }
    }
  }

  /// Follows the connectors out of `pipeline`; true if that led back to a pipeline on the way.
  private boolean walk(
      PipelineConfig pipeline, List<PipelineId> way, List<String> steps, Set<PipelineId> done) {
    int start = way.indexOf(pipeline.id());
    if (start >= 0) {
      List<String> cycle = new ArrayList<>(steps.subList(2 * start, steps.size()));
      cycle.add("pipeline \"" + pipeline.id() + "\"");
      problems.error(
          pipeline.position(), pipeline.path(), "cycle detected: " + String.join(" -> ", cycle));
      return true;
    }
    if (!done.add(pipeline.id())) {
      return false;
    }
    way.add(pipeline.id());
    steps.add("pipeline \"" + pipeline.id() + "\"");
    for (Map.Entry<ComponentId, Ends> connection : connections.entrySet()) {
      for (End source : connection.getValue().sources) {
        if (!source.pipeline.equals(pipeline)) {
          continue;
        }
        steps.add("connector \"" + connection.getKey() + "\"");
        for (End target : connection.getValue().targets) {
          if (connects(connection.getKey(), source, target)
              && walk(target.pipeline, way, steps, done)) {
            return true;
          }
        }
        steps.removeLast();
      }
    }
    way.removeLast();
    steps.removeLast();
    return false;
  }

  private Map<String, Position> ids(ComponentKind kind) {
    return defined.getOrDefault(kind, Map.of());
  }

  private @Nullable ComponentConfig component(ComponentKind kind, ComponentId id) {
    return components.getOrDefault(kind, Map.of()).get(id);
  }
}
