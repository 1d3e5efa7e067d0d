package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Sink;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Sending;
import dev.pharos.pipeline.config.ComponentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Built pipelines. [#start] runs extensions, then exporters, connectors, processors and receivers; [#stop] goes the
/// other way, so that nothing is handed to a component that has stopped. [#takeOver] starts in place of a running
/// graph, whose components it may share. One thread.
public final class Graph {
  private static final Logger LOG = LoggerFactory.getLogger(Graph.class);

  private final Map<Node.Key, Node> nodes = new LinkedHashMap<>();
  private final Map<EdgeCounts.Key, EdgeCounts> edges;
  private final List<Switch> switches;
  private final List<String> notes;
  private final List<Node> running = new ArrayList<>();
  private final Map<ComponentId, Exporter> exporters;
  private final int size;

  /// That what comes after a component of the running graph becomes something else.
  record Switch(Junction<Batch> junction, Sink<Batch> next) {}

  Graph(
      List<Node> inStartOrder,
      Map<EdgeCounts.Key, EdgeCounts> edges,
      List<Switch> switches,
      List<String> notes) {
    inStartOrder.forEach(node -> nodes.put(node.key(), node));
    this.size = nodes.size();
    this.exporters =
        inStartOrder.stream()
            .filter(node -> node.component() instanceof Exporter)
            .collect(
                Collectors.toUnmodifiableMap(
                    node -> node.key().id(), node -> (Exporter) node.component()));
    this.edges = Map.copyOf(edges);
    this.switches = List.copyOf(switches);
    this.notes = List.copyOf(notes);
  }

  Optional<Node> node(Node.Key key) {
    return Optional.ofNullable(nodes.get(key));
  }

  Optional<EdgeCounts> edge(EdgeCounts.Key key) {
    return Optional.ofNullable(edges.get(key));
  }

  /// Starts every component; if one cannot start, those before it are stopped again.
  ///
  /// @throws dev.pharos.pipeline.component.ComponentException of the component that cannot start
  public void start() {
    sayNotes();
    start(List.copyOf(nodes.values()));
  }

  private void sayNotes() {
    notes.forEach(note -> LOG.info("{}", note));
  }

  private void start(List<Node> fresh) {
    var started = new ArrayList<Node>();
    try {
      for (Node node : fresh) {
        node.component().start();
        started.add(node);
      }
    } catch (RuntimeException e) {
      stop(started);
      throw e;
    }
    running.addAll(started);
  }

  /// Tells the extensions that everything runs.
  public void ready() {
    ready(nodes.values());
  }

  private static void ready(Iterable<Node> started) {
    for (Node node : started) {
      if (node.component() instanceof Extension extension) {
        extension.ready();
      }
    }
  }

  /// Starts in place of `old`, for which this graph was built. Components of both stay as they are; new ones start and
  /// take over, then those that are not needed any more finish what they have and stop. Parcels under way reach their
  /// ends in either graph.
  ///
  /// An exclusive component, as every extension is, stops before its successor starts; what depends on it refuses
  /// meanwhile.
  ///
  /// @param listen lets the new graph's listeners accept in place of the old one's, or throws and changes nothing; it
  /// is given the owners, id and position, of the components that stay
  /// @throws RuntimeException if a component cannot start or `listen` throws; `old` goes on running, but for exclusive
  /// components that had to stop: a graph built anew from it brings them back
  public void takeOver(Graph old, Consumer<Set<String>> listen) {
    List<Node> fresh = nodes.values().stream().filter(node -> !old.running.contains(node)).toList();
    List<Node> gone = old.running.stream().filter(node -> !isKept(node)).toList();
    List<Node> goneFirst = gone.stream().filter(node -> node.component().isExclusive()).toList();
    sayNotes();
    old.stopAndForget(goneFirst);
    start(fresh);
    try {
      listen.accept(
          nodes.values().stream()
              .filter(node -> !fresh.contains(node))
              .map(Node::owner)
              .collect(Collectors.toSet()));
    } catch (RuntimeException e) {
      stop(running);
      running.clear();
      throw e;
    }
    for (Switch change : switches) {
      if (!change.junction.switchTo(change.next)) {
        LOG.warn("a component does not come to an end with what it was handed");
      }
    }
    running.clear();
    running.addAll(nodes.values());
    stop(gone.stream().filter(node -> !goneFirst.contains(node)).toList());
    old.running.clear();
    ready(fresh);
  }

  private boolean isKept(Node node) {
    return nodes.get(node.key()) == node;
  }

  private void stopAndForget(List<Node> unwanted) {
    stop(unwanted);
    running.removeAll(unwanted);
    unwanted.forEach(node -> nodes.remove(node.key()));
  }

  public void stop() {
    stop(running);
    running.clear();
  }

  private static void stop(List<Node> started) {
    for (Node node : started.reversed()) {
      try {
        node.component().stop();
      } catch (RuntimeException e) {
        LOG.error("{} could not be stopped", node.owner(), e);
      }
    }
  }

  /// Whether all components run: not so before the start, after the stop, and after a vain [#takeOver] that had to stop
  /// exclusive ones.
  public boolean isWhole() {
    return running.size() == size;
  }

  /// How the sending of each exporter goes that has something to tell. Any thread.
  public Map<ComponentId, Sending> sending() {
    Map<ComponentId, Sending> found = new LinkedHashMap<>();
    exporters.forEach(
        (id, exporter) ->
            Sending.together(exporter.sending()).ifPresent(one -> found.put(id, one)));
    return found;
  }

  /// How many components it has.
  public int size() {
    return size;
  }

  /// How many of its components are those of another graph.
  public int shared(Graph other) {
    return (int)
        nodes.values().stream().filter(node -> other.nodes.get(node.key()) == node).count();
  }

  /// Where a sender is answered before its data is durable, one sentence a pipeline.
  public List<String> notes() {
    return notes;
  }
}
