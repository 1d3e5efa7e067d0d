package dev.pharos.api.pharos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The graph of components as it runs, with its counters since the process began.
///
/// @param configuration the files it was made of, or what stands for them
/// @param missing where the counters do not add up; empty if they do
public record PipelineState(
    List<String> configuration,
    Reload reload,
    List<Node> nodes,
    List<Edge> edges,
    List<Missing> missing) {
  /// Gives what runs now. Any thread.
  public interface Source {
    PipelineState state();

    PipelineConfiguration configuration();
  }

  /// Nothing runs.
  public static final PipelineState NONE =
      new PipelineState(
          List.of(), new Reload(0, Optional.empty()), List.of(), List.of(), List.of());

  public PipelineState {
    configuration = List.copyOf(configuration);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    missing = List.copyOf(missing);
  }

  /// What came of reading the configuration.
  ///
  /// @param takenUpMillis since 1970, when the one that runs was taken up
  /// @param refused the newest attempt to read another, if it was in vain
  public record Reload(long takenUpMillis, Optional<Refusal> refused) {}

  /// A configuration that was not taken up.
  public record Refusal(long millis, String problem) {}

  /// A place where the counters do not add up.
  ///
  /// @param from the node, or that from which the edge comes
  /// @param to where the edge goes; empty if the place is a receiver
  /// @param signal of the edge, else empty
  /// @param items received and neither accepted, refused nor under way; or offered and neither delivered, dropped nor
  ///     waiting. Negative if there are more of these.
  public record Missing(String from, String to, String signal, long items) {}

  /// What a component is.
  public enum Kind {
    RECEIVER,
    PROCESSOR,
    EXPORTER,
    CONNECTOR
  }

  /// A component; a processor is one in each pipeline.
  ///
  /// @param id of the node
  /// @param name the component's id
  /// @param pipeline of a processor, else empty
  /// @param detail its addresses, or what was set, in a few words
  /// @param position in the configuration, `file:line:column`; empty if it stands in no file
  /// @param received items that reached a receiver
  /// @param accepted items that a receiver has acknowledged
  /// @param sent items that an exporter's backend took
  /// @param refused items that it did not take, by cause
  public record Node(
      String id,
      Kind kind,
      String name,
      String pipeline,
      String detail,
      String position,
      OptionalLong received,
      OptionalLong accepted,
      OptionalLong sent,
      Map<String, Long> refused,
      Optional<Queue> queue,
      Optional<Sending> sending) {}

  /// What waits in an exporter's sending queue, and what it holds.
  ///
  /// @param sizer the unit of both: `requests`, `items` or `bytes`
  public record Queue(long size, long capacity, String sizer) {}

  /// How an exporter's sending goes, of all signals.
  ///
  /// @param retries sends that were in vain and are repeated, by what the backend answered
  /// @param retrying batches that wait for their next try
  /// @param nextTry how long the first of these still waits
  /// @param lastFault the newest send that was in vain
  /// @param oldest how long ago came what is here longest of that which no backend has taken
  public record Sending(
      Map<String, Long> retries,
      int retrying,
      Optional<Duration> nextTry,
      Optional<Fault> lastFault,
      Optional<Duration> oldest) {}

  /// A send that was in vain.
  ///
  /// @param isRepeated whether it is tried again; otherwise its items are lost
  public record Fault(Duration ago, String message, boolean isRepeated) {}

  /// Items between two nodes.
  public record Edge(
      String from,
      String to,
      String signal,
      long offered,
      long delivered,
      Map<String, Long> dropped,
      long waiting) {}
}
