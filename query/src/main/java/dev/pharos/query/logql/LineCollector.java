package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The first lines in time order, at most `limit`, equal ones once. At one time the order is by stream, text and
/// labels, so that the answer does not depend on where the lines lie. One thread.
final class LineCollector implements LogScan.Sink {
  private static final int ENTRY_OVERHEAD_BYTES = 400;

  private record Found(
      long nanos,
      Labels stream,
      String line,
      Map<String, String> metadata,
      Map<String, String> parsed) {
    long sizeBytes() {
      return line.length() + ENTRY_OVERHEAD_BYTES;
    }
  }

  private final QueryContext context;
  private final int limit;
  private final boolean newestFirst;
  private final TreeSet<Found> found;

  LineCollector(QueryContext context, int limit, boolean newestFirst) {
    this.context = context;
    this.limit = limit;
    this.newestFirst = newestFirst;
    Comparator<Found> byTime = Comparator.comparingLong(Found::nanos);
    this.found =
        new TreeSet<>(
            (newestFirst ? byTime.reversed() : byTime)
                .thenComparing(Found::stream)
                .thenComparing(Found::line)
                .thenComparing(Found::metadata, LineCollector::compare)
                .thenComparing(Found::parsed, LineCollector::compare));
  }

  private static int compare(Map<String, String> a, Map<String, String> b) {
    return a.equals(b) ? 0 : a.toString().compareTo(b.toString());
  }

  @Override
  public void begin(LogScan.Blocks blocks) {}

  @Override
  public boolean wantsBlock(long minNanos, long maxNanos) {
    return wantsTime(newestFirst ? maxNanos : minNanos);
  }

  @Override
  public boolean wantsTime(long nanos) {
    if (found.size() < limit) {
      return true;
    }
    long last = found.last().nanos();
    return newestFirst ? nanos >= last : nanos <= last;
  }

  @Override
  public void take(LogRows rows, int block, int row, Line line) {
    var entry =
        new Found(
            line.timeNanos(),
            line.streamLabels(),
            line.text(),
            line.ofKind(Line.Kind.METADATA),
            line.ofKind(Line.Kind.PARSED));
    if (!found.add(entry)) {
      return;
    }
    context.reserve(entry.sizeBytes());
    if (found.size() > limit) {
      context.release(found.removeLast().sizeBytes());
    }
  }

  List<LogqlResult.Stream> streams() {
    var streams = new TreeMap<Labels, List<LogqlResult.Entry>>();
    for (Found each : found) {
      streams
          .computeIfAbsent(each.stream(), k -> new ArrayList<>())
          .add(new LogqlResult.Entry(each.nanos(), each.line(), each.metadata(), each.parsed()));
    }
    return streams.entrySet().stream()
        .map(e -> new LogqlResult.Stream(e.getKey(), e.getValue()))
        .toList();
  }
}
