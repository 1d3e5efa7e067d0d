package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The answer to a LogQL query; the same query over the same records gives an equal answer, order included.
public sealed interface LogqlResult {
  Stats stats();

  /// Lines by stream, streams in the order of their labels, lines in the order asked for.
  record Streams(List<Stream> streams, Stats stats) implements LogqlResult {
    /// The same lines regrouped by all their labels, as clients expect that do not ask for categories.
    public List<MergedStream> merged() {
      var byLabels = new TreeMap<Labels, List<Entry>>();
      for (Stream stream : streams) {
        for (Entry entry : stream.entries()) {
          var labels = stream.labels().toBuilder();
          entry.metadata().forEach(labels::set);
          entry.parsed().forEach(labels::set);
          byLabels.computeIfAbsent(labels.build(), k -> new ArrayList<>()).add(entry);
        }
      }
      return byLabels.entrySet().stream()
          .map(e -> new MergedStream(e.getKey(), e.getValue()))
          .toList();
    }
  }

  /// Series over the steps of a range, in the order of their labels.
  record Matrix(List<Series> series, Stats stats) implements LogqlResult {}

  /// One sample a series at one time; in the order of labels, or as `sort` and `topk` order them.
  record Vector(long timeNanos, List<Sample> samples, Stats stats) implements LogqlResult {}

  record Scalar(long timeNanos, double value, Stats stats) implements LogqlResult {}

  /// @param labels of the stream alone
  record Stream(Labels labels, List<Entry> entries) {}

  record MergedStream(Labels labels, List<Entry> entries) {}

  /// @param metadata structured metadata by name, `detected_level` among it
  /// @param parsed what stages read from the line, `__error__` among it
  record Entry(
      long timeNanos, String line, Map<String, String> metadata, Map<String, String> parsed) {}

  /// The points of a series that are there.
  record Series(Labels labels, long[] timeNanos, double[] values) {}

  record Sample(Labels labels, double value) {}

  /// What a query read.
  ///
  /// @param lines whose columns were looked at
  /// @param bytes of text that was looked at
  record Stats(long lines, long bytes) {}
}
