package dev.pharos.insight.compare;

import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.traceql.DurationScale;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The slowest 5 % of each operation: spans in the topmost ranges of durations that hold no more.
final class SlowModel implements Predicate<SpanRecord> {
  private record Operation(Object service, String name, int kind) {
    static Operation of(SpanRecord span) {
      return new Operation(span.resource().get("service.name"), span.name(), span.kind());
    }
  }

  private final Map<Operation, Integer> ranges;

  SlowModel(List<SpanRecord> spans) {
    ranges =
        spans.stream()
            .collect(
                Collectors.groupingBy(
                    Operation::of,
                    Collectors.collectingAndThen(Collectors.toList(), SlowModel::firstRange)));
  }

  private static int range(SpanRecord span) {
    return DurationScale.index(span.endNanos() - span.startNanos());
  }

  private static int firstRange(List<SpanRecord> spans) {
    var byRange = new TreeMap<Integer, Integer>();
    spans.forEach(span -> byRange.merge(range(span), 1, Integer::sum));
    int first = Integer.MAX_VALUE;
    int above = 0;
    for (Map.Entry<Integer, Integer> each : byRange.descendingMap().entrySet()) {
      above += each.getValue();
      if (above * 20 > spans.size()) {
        break;
      }
      first = each.getKey();
    }
    return first;
  }

  @Override
  public boolean test(SpanRecord span) {
    return range(span) >= ranges.get(Operation.of(span));
  }
}
