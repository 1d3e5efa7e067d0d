package dev.pharos.store.summary;

import dev.pharos.store.read.SummaryRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Answers charts by looking at every row, with durations told apart by doubles: what summaries must say too. An
/// answer is one text for each line and column of a chart that is not empty.
record ModelSummaries(List<ModelSpan> spans, List<ModelLog> logs, long earliestNanos) {

  private static final class Count {
    long calls;
    long errors;
    final Map<Integer, Long> buckets = new TreeMap<>();

    void add(boolean error, long nanos) {
      calls++;
      errors += error ? 1 : 0;
      buckets.merge(bucket(nanos), 1L, Long::sum);
    }

    @Override
    public String toString() {
      return calls + " calls, " + errors + " errors, " + buckets;
    }
  }

  /// By the definition, in floating point, which is exact enough away from the bounds.
  static int bucket(long nanos) {
    return nanos <= 0 ? 0 : (int) Math.ceil(4 * Math.log(nanos) / Math.log(2) - 1e-12) + 1;
  }

  private List<String> count(
      SummaryRange range,
      Function<ModelSpan, String> line,
      BiFunction<ModelSpan, String, Boolean> error) {
    Map<String, Count> counts = new TreeMap<>();
    for (ModelSpan span : spans) {
      if (isIn(range, span.start())) {
        String found = line.apply(span);
        if (!found.isEmpty()) {
          counts
              .computeIfAbsent(found + " @" + range.column(span.start()), k -> new Count())
              .add(error.apply(span, found), span.durationNanos());
        }
      }
    }
    var lines = new ArrayList<String>();
    counts.forEach((key, count) -> lines.add(key + ": " + count));
    return lines.stream().sorted().toList();
  }

  private boolean isIn(SummaryRange range, long nanos) {
    return nanos >= earliestNanos && nanos >= range.fromNanos() && nanos < range.toNanos();
  }

  List<String> services(SummaryRange range) {
    return count(
        range,
        span -> span.isRequest() ? "<" + span.service() + ">" : "",
        (span, line) -> span.status() == 2);
  }

  List<String> operations(SummaryRange range, String service) {
    return count(
        range,
        span -> span.service().equals(service) ? "<" + span.name() + "> " + span.kind() : "",
        (span, line) -> span.status() == 2);
  }

  /// Spans and requests by service and version, and calls by service and peer.
  List<String> senders(SummaryRange range) {
    var lines = new ArrayList<String>();
    count(range, span -> sender(span), (span, line) -> false)
        .forEach(line -> lines.add("spans " + line.substring(0, line.indexOf(" calls"))));
    count(range, span -> span.isRequest() ? sender(span) : "", (span, line) -> span.status() == 2)
        .forEach(lines::add);
    count(
            range,
            span ->
                span.isCall() && !span.called().peer().isEmpty()
                    ? "<" + span.service() + "> calls " + span.called().peer()
                    : "",
            (span, line) -> span.status() == 2)
        .forEach(lines::add);
    return lines.stream().sorted().toList();
  }

  private static String sender(ModelSpan span) {
    return "<" + span.service() + "> " + span.version();
  }

  /// A request is called by the span that is its parent: one of a client, or of any kind in another service.
  List<String> edges(SummaryRange range) {
    Map<Long, ModelSpan> calls = new HashMap<>();
    for (ModelSpan span : spans) {
      if (span.start() >= earliestNanos) {
        calls.put(span.id(), span);
      }
    }
    Function<ModelSpan, ModelSpan> caller =
        span -> {
          ModelSpan found = calls.get(span.parent());
          return found != null
                  && span.isRequest()
                  && (found.isCall() || !found.service().equals(span.service()))
                  && found.trace() == span.trace()
                  && Math.abs(
                          Math.floorDiv(found.start(), Steps.NANOS)
                              - Math.floorDiv(span.start(), Steps.NANOS))
                      <= 360
              ? found
              : null;
        };
    return count(
        range,
        span -> {
          ModelSpan found = caller.apply(span);
          return found == null ? "" : "<" + found.service() + "> <" + span.service() + ">";
        },
        (span, line) ->
            span.status() == 2 || caller.apply(span).isCall() && caller.apply(span).status() == 2);
  }

  List<String> logs(SummaryRange range) {
    Map<String, long[]> counts = new TreeMap<>();
    for (ModelLog log : logs) {
      if (isIn(range, log.nanos())) {
        long[] count =
            counts.computeIfAbsent(
                "<" + log.service() + "> " + log.severity() + " @" + range.column(log.nanos()),
                k -> new long[2]);
        count[0]++;
        count[1] += log.body().length();
      }
    }
    var lines = new ArrayList<String>();
    counts.forEach((key, count) -> lines.add(key + ": " + count[0] + ", " + count[1] + " bytes"));
    return lines.stream().sorted().toList();
  }
}
