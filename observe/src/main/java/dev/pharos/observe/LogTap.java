package dev.pharos.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Holds the newest lines of Pharos's own log until somebody takes them: [#CAPACITY] at most, older ones being dropped
/// and counted. Any thread.
public final class LogTap {
  public static final int CAPACITY = 1024;

  /// One line.
  ///
  /// @param timeNanos since 1970
  /// @param severityNumber as in OpenTelemetry's log data model, 1 to 24
  /// @param stackTrace empty unless the line carries a fault
  public record Line(
      long timeNanos,
      int severityNumber,
      String severityText,
      String logger,
      String message,
      String stackTrace) {}

  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private long dropped;

  public synchronized void add(Line line) {
    if (lines.size() == CAPACITY) {
      lines.removeFirst();
      dropped++;
    }
    lines.addLast(line);
  }

  /// The lines since the last call, in their order.
  public synchronized List<Line> take() {
    List<Line> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  /// How many lines nobody took in time.
  public synchronized long dropped() {
    return dropped;
  }
}
