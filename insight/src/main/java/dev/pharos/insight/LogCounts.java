package dev.pharos.insight;

import dev.pharos.store.read.StreamLogs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Log records by service and level, in the columns of a chart.
final class LogCounts {
  /// Of one service, or of all.
  static final class Levels {
    final long[] error;
    final long[] warn;
    final long[] info;
    final long[] other;

    Levels(int columns) {
      error = new long[columns];
      warn = new long[columns];
      info = new long[columns];
      other = new long[columns];
    }

    private void add(int severity, long[] records) {
      long[] level = level(severity);
      for (int i = 0; i < records.length; i++) {
        level[i] += records[i];
      }
    }

    private long[] level(int severity) {
      if (severity >= ERROR) {
        return error;
      }
      if (severity >= WARN) {
        return warn;
      }
      return severity >= INFO ? info : other;
    }

    /// Records of all levels.
    long[] all() {
      var all = new long[error.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = error[i] + warn[i] + info[i] + other[i];
      }
      return all;
    }
  }

  /// Least severity numbers of OTLP.
  private static final int ERROR = 17;

  private static final int WARN = 13;
  private static final int INFO = 9;

  private final int columns;
  private final Levels total;
  private final Map<String, Levels> services = new TreeMap<>();

  LogCounts(List<StreamLogs> streams, int columns) {
    this.columns = columns;
    total = new Levels(columns);
    for (StreamLogs stream : streams) {
      total.add(stream.severity(), stream.records());
      if (!stream.other()) {
        services
            .computeIfAbsent(stream.stream().get(Sender.SERVICE), ignored -> new Levels(columns))
            .add(stream.severity(), stream.records());
      }
    }
  }

  Levels total() {
    return total;
  }

  /// By service; empty name for records without.
  Map<String, Levels> services() {
    return services;
  }

  Levels of(String service) {
    return services.getOrDefault(service, new Levels(columns));
  }

  static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
