package dev.pharos.api.pharos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// The graph of components as it runs, with its counters since the process began.
///
/// @param configuration the files it was made of, or what stands for them
/// @param consistent whether on each edge what was offered is what was delivered, dropped or waits
public record PipelineState(
    List<String> configuration, List<Node> nodes, List<Edge> edges, boolean consistent) {
  /// Gives the graph of now. Any thread.
  @FunctionalInterface
  public interface Source extends Supplier<PipelineState> {}

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
  /// @param received items that reached a receiver
  /// @param accepted items that a receiver has acknowledged
  /// @param sent items that an exporter's backend took
  /// @param refused items that it did not take, by cause
  public record Node(
      String id,
      Kind kind,
      String name,
      String pipeline,
      OptionalLong received,
      OptionalLong accepted,
      OptionalLong sent,
      Map<String, Long> refused,
      Optional<Queue> queue) {}

  /// What waits in an exporter's sending queue, and what it holds.
  ///
  /// @param sizer the unit of both: `requests`, `items` or `bytes`
  public record Queue(long size, long capacity, String sizer) {}

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
