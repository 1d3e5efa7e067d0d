package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.logql.syntax.LogqlParser;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.LogStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// The labels of the streams that may have lines in a time range (`toNanos` exclusive), for the endpoints that list
/// names, values and series. Structured metadata is no label here, as in Loki. Any thread.
public final class LabelView {
  private final LogReader reader;

  public LabelView(LogReader reader) {
    this.reader = reader;
  }

  /// Names in byte order, of the streams that a selector such as `{a="b"}` chooses or of all.
  ///
  /// @throws dev.pharos.query.QueryException if the selector is none
  public List<String> names(
      Optional<String> selector, long fromNanos, long toNanos, QueryContext context) {
    var names = new TreeSet<String>(Labels::compareBytes);
    for (Labels labels :
        series(selector.map(List::of).orElse(List.of()), fromNanos, toNanos, context)) {
      labels.forEach((name, value) -> names.add(name));
    }
    return List.copyOf(names);
  }

  /// Values of one label in byte order; empty if no stream has it.
  public List<String> values(
      String name, Optional<String> selector, long fromNanos, long toNanos, QueryContext context) {
    var values = new TreeSet<String>(Labels::compareBytes);
    for (Labels labels :
        series(selector.map(List::of).orElse(List.of()), fromNanos, toNanos, context)) {
      labels.find(name).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  /// Label sets of the streams that any of the selectors chooses, or of all if there is none; each once, in their
  /// order.
  public List<Labels> series(
      List<String> selectors, long fromNanos, long toNanos, QueryContext context) {
    var found = new TreeSet<Labels>();
    each(selectors, fromNanos, toNanos, context, (labels, stream) -> found.add(labels));
    return List.copyOf(found);
  }

  /// How much the streams hold that a selector chooses: upper bounds of what lies in the range.
  public Volume volume(String selector, long fromNanos, long toNanos, QueryContext context) {
    var streams = new TreeSet<Labels>();
    var counted = new long[2];
    each(
        List.of(selector),
        fromNanos,
        toNanos,
        context,
        (labels, stream) -> {
          streams.add(labels);
          counted[0] += stream.records();
          counted[1] += stream.bodyBytes();
        });
    return new Volume(streams.size(), counted[0], counted[1]);
  }

  /// @param bytes of text
  public record Volume(long streams, long entries, long bytes) {}

  private void each(
      List<String> selectors,
      long fromNanos,
      long toNanos,
      QueryContext context,
      BiConsumer<Labels, LogStream> take) {
    var plans = new ArrayList<LogPlan>();
    for (String selector : selectors) {
      List<Matcher> matchers = LogqlParser.parseSelector(selector);
      plans.add(new LogPlan(matchers, List.of()));
    }
    for (LogStream stream : reader.streams(new Tenant(context.tenant()), fromNanos, toNanos)) {
      context.check();
      Labels labels =
          ResourceLabels.of(stream.resources(), stream.symbols(), stream.resource()).stream();
      if (plans.isEmpty() || plans.stream().anyMatch(plan -> plan.selects(labels))) {
        take.accept(labels, stream);
      }
    }
  }
}
