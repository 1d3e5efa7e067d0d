package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.observe.Ledger;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryException;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.store.read.Samples;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs the commands of a [PromScript] and says which evaluations did not come out as written.
final class ScriptRun {
  private static final Pattern EXPECT =
      Pattern.compile(
          "(?i)expect\\s+(fail|warn|info|no_warn|no_info|ordered)(?:\\s+(msg|regex)\\s*:\\s*(.*))?");
  private static final Pattern EXPECT_RANGE =
      Pattern.compile(
          "(?i)expect\\s+range\\s+vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");

  private final MemorySeries series = new MemorySeries();
  private final PromEngine engine;
  private final Map<Integer, String> failures = new TreeMap<>();
  private int evaluations;

  /// @param delayedNameRemoval as the scripts suppose; false is what Prometheus does by default
  ScriptRun(boolean delayedNameRemoval) {
    engine =
        new PromEngine(
            series,
            new PromOptions(300_000, 60_000, 10_000, delayedNameRemoval, ParserOptions.ALL));
  }

  /// The failures by line: what was wrong.
  Map<Integer, String> failures() {
    return failures;
  }

  int evaluations() {
    return evaluations;
  }

  void run(PromScript script) {
    for (PromScript.Command command : script.commands()) {
      switch (command) {
        case PromScript.Clear c -> series.clear();
        case PromScript.Load load -> load(load);
        case PromScript.Eval eval -> {
          evaluations++;
          try {
            evaluate(eval);
          } catch (AssertionError | RuntimeException e) {
            failures.put(eval.line(), eval.query() + " -> " + e);
          }
        }
      }
    }
  }

  private void load(PromScript.Load load) {
    for (String line : load.series()) {
      if (line.contains("@st ")) {
        continue;
      }
      SeriesNotation notation = SeriesNotation.parse(line);
      for (int i = 0; i < notation.values().size(); i++) {
        Optional<SeriesNotation.Value> value = notation.values().get(i);
        if (value.isEmpty()) {
          continue;
        }
        Optional<FloatHistogram> histogram = value.get().histogram();
        if (histogram.isPresent()) {
          series.add(notation.labels(), i * load.stepMillis(), histogram.get());
        } else {
          series.add(notation.labels(), i * load.stepMillis(), value.get().number());
        }
      }
    }
    if (load.nhcb()) {
      NativeFromClassic.add(series, load);
    }
  }

  private record Expectation(String what, String kind, String text) {}

  private static QueryContext context() {
    return new QueryContext(
        "default",
        Clock.systemUTC(),
        Duration.ofSeconds(100),
        new Ledger(1L << 30).open("queries", 1),
        1L << 30);
  }

  private void evaluate(PromScript.Eval eval) {
    List<Expectation> expectations = new ArrayList<>();
    if (!eval.legacy().equals("null")) {
      expectations.add(new Expectation(eval.legacy(), "null", ""));
    }
    List<String> results = new ArrayList<>();
    Optional<String> string = Optional.empty();
    Optional<long[]> rangeVector = Optional.empty();
    for (String line : eval.expected()) {
      Matcher expect = EXPECT.matcher(line);
      Matcher range = EXPECT_RANGE.matcher(line);
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("expect string")) {
        string = Optional.of(Quoting.unquote(line.substring("expect string".length()).strip()));
      } else if (range.matches()) {
        rangeVector =
            Optional.of(
                new long[] {
                  PromScript.millis(range.group(1)),
                  PromScript.millis(range.group(2)),
                  PromScript.millis(range.group(3))
                });
      } else if (expect.matches()) {
        expectations.add(
            new Expectation(
                expect.group(1),
                String.valueOf(expect.group(2)),
                String.valueOf(expect.group(3)).strip()));
      } else if (line.startsWith("expected_fail_message")) {
        expectations.add(
            new Expectation(
                "fail", "msg", line.substring("expected_fail_message".length()).strip()));
      } else if (line.startsWith("expected_fail_regexp")) {
        expectations.add(
            new Expectation(
                "fail", "regex", line.substring("expected_fail_regexp".length()).strip()));
      } else {
        results.add(line);
      }
    }
    boolean fail = expectations.stream().anyMatch(e -> e.what.equalsIgnoreCase("fail"));
    PromAnswer answer;
    try {
      answer =
          eval.stepMillis() == 0
              ? engine.instant(context(), eval.query(), eval.start())
              : engine.range(context(), eval.query(), eval.start(), eval.end(), eval.stepMillis());
    } catch (QueryException e) {
      if (!fail) {
        throw e;
      }
      for (Expectation expectation : expectations) {
        if (expectation.what.equalsIgnoreCase("fail")
            && !matches(expectation, String.valueOf(e.getMessage()))) {
          throw new AssertionError(
              "expected failure " + expectation.text + " but: " + e.getMessage());
        }
      }
      return;
    }
    if (fail) {
      throw new AssertionError("expected to fail");
    }
    checkAnnotations(expectations, "warn", answer.warnings());
    checkAnnotations(expectations, "info", answer.infos());
    boolean ordered = expectations.stream().anyMatch(e -> e.what.equalsIgnoreCase("ordered"));
    if (string.isPresent()) {
      if (!(answer.result() instanceof PromResult.Text t) || !t.value().equals(string.get())) {
        throw new AssertionError("got " + answer.result());
      }
      return;
    }
    compare(eval, answer.result(), results, ordered, rangeVector);
    if (eval.stepMillis() == 0
        && rangeVector.isEmpty()
        && !eval.query().matches("(?i).*(step|range|start|end)\\s*\\(\\s*\\).*")) {
      compareMiddle(eval, results);
    }
  }

  private static boolean matches(Expectation expectation, String text) {
    return switch (expectation.kind) {
      case "msg" ->
          text.equals(expectation.text) || text.endsWith(": parse error: " + expectation.text);
      case "regex" -> Pattern.compile(expectation.text).matcher(text).find();
      default -> true;
    };
  }

  private static void checkAnnotations(
      List<Expectation> expectations, String what, List<String> texts) {
    List<Expectation> wanted =
        expectations.stream().filter(e -> e.what.equalsIgnoreCase(what)).toList();
    for (Expectation e : wanted) {
      if (texts.stream().noneMatch(t -> matches(e, t))) {
        throw new AssertionError("expected " + what + " " + e.text + " but got " + texts);
      }
    }
    if (!wanted.isEmpty()) {
      for (String text : texts) {
        if (wanted.stream().noneMatch(e -> matches(e, text))) {
          throw new AssertionError("unexpected " + what + ": " + text);
        }
      }
    }
    boolean none = expectations.stream().anyMatch(e -> e.what.equalsIgnoreCase("no_" + what));
    if (none && !texts.isEmpty()) {
      throw new AssertionError("expected no " + what + " but got " + texts);
    }
  }

  private void compareMiddle(PromScript.Eval eval, List<String> expected) {
    PromAnswer answer =
        engine.range(context(), eval.query(), eval.start() - 60_000, eval.start() + 60_000, 60_000);
    List<PromResult.Points> middle = new ArrayList<>();
    for (PromResult.Points points : ((PromResult.Matrix) answer.result()).series()) {
      for (int i = 0; i < points.count(); i++) {
        if (points.millis()[i] == eval.start()) {
          FloatHistogram histogram = points.histogram(i);
          middle.add(
              new PromResult.Points(
                  points.labels(),
                  1,
                  new long[] {eval.start()},
                  new double[] {points.values()[i]},
                  histogram == null ? new FloatHistogram[0] : new FloatHistogram[] {histogram}));
        }
      }
    }
    try {
      compareSeries(eval, middle, expected, false, Optional.empty());
    } catch (AssertionError e) {
      throw new AssertionError("as the middle of a range query: " + e.getMessage());
    }
  }

  private void compare(
      PromScript.Eval eval,
      PromResult result,
      List<String> expected,
      boolean ordered,
      Optional<long[]> rangeVector) {
    List<PromResult.Points> got =
        switch (result) {
          case PromResult.Scalar s ->
              List.of(
                  new PromResult.Points(
                      Labels.EMPTY,
                      1,
                      new long[] {s.millis()},
                      new double[] {s.value()},
                      new FloatHistogram[0]));
          case PromResult.Text t -> throw new AssertionError("unexpected string " + t.value());
          case PromResult.Vector v -> v.series();
          case PromResult.Matrix m -> m.series();
        };
    compareSeries(eval, got, expected, ordered, rangeVector);
  }

  private void compareSeries(
      PromScript.Eval eval,
      List<PromResult.Points> got,
      List<String> expected,
      boolean ordered,
      Optional<long[]> rangeVector) {
    Map<Labels, SeriesNotation> wanted = new LinkedHashMap<>();
    for (String line : expected) {
      char first = line.charAt(0);
      boolean bare =
          Lexer.isDigit(first)
              || first == '-'
              || first == '+'
              || first == '.'
              || line.matches("(?i)(nan|inf)");
      SeriesNotation notation = SeriesNotation.parse(bare ? "{} " + line : line);
      wanted.put(notation.labels(), notation);
    }
    if (ordered) {
      List<Labels> order = got.stream().map(PromResult.Points::labels).toList();
      if (!order.equals(List.copyOf(wanted.keySet()))) {
        throw new AssertionError("order: " + order);
      }
    }
    long start = rangeVector.map(r -> r[0]).orElse(eval.start());
    long step = rangeVector.map(r -> r[2]).orElse(Math.max(1, eval.stepMillis()));
    for (PromResult.Points points : got) {
      SeriesNotation notation = wanted.remove(points.labels());
      if (notation == null) {
        throw new AssertionError("unexpected series " + points.labels() + " " + describe(points));
      }
      comparePoints(points, notation, start, step);
    }
    for (SeriesNotation missing : wanted.values()) {
      if (missing.values().stream().anyMatch(Optional::isPresent)) {
        throw new AssertionError("missing series " + missing.labels());
      }
    }
  }

  private static String describe(PromResult.Points points) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < points.count(); i++) {
      FloatHistogram h = points.histogram(i);
      out.append(points.millis()[i]).append('=');
      out.append(h == null ? String.valueOf(points.values()[i]) : text(h)).append(' ');
    }
    return out.toString();
  }

  private static String text(FloatHistogram h) {
    return "{schema:"
        + h.schema()
        + " count:"
        + h.count()
        + " sum:"
        + h.sum()
        + " z:"
        + h.zeroCount()
        + "/"
        + h.zeroThreshold()
        + " pos:"
        + java.util.Arrays.toString(h.positive().indexes())
        + java.util.Arrays.toString(h.positive().counts())
        + " neg:"
        + java.util.Arrays.toString(h.negative().indexes())
        + java.util.Arrays.toString(h.negative().counts())
        + " bounds:"
        + java.util.Arrays.toString(h.bounds())
        + " "
        + h.hint()
        + "}";
  }

  private static void comparePoints(
      PromResult.Points points, SeriesNotation notation, long start, long step) {
    int at = 0;
    for (int i = 0; i < notation.values().size(); i++) {
      Optional<SeriesNotation.Value> value = notation.values().get(i);
      if (value.isEmpty()) {
        continue;
      }
      long millis = start + i * step;
      if (at == points.count() || points.millis()[at] != millis) {
        throw new AssertionError(
            points.labels() + ": expected a point at " + millis + ", got " + describe(points));
      }
      FloatHistogram histogram = points.histogram(at);
      if (value.get().histogram().isPresent()) {
        if (histogram == null || !near(value.get(), histogram)) {
          throw new AssertionError(
              points.labels()
                  + " at "
                  + millis
                  + ": expected "
                  + text(value.get().histogram().get())
                  + ", got "
                  + describe(points));
        }
      } else if (histogram != null || !near(value.get().number(), points.values()[at])) {
        throw new AssertionError(
            points.labels()
                + " at "
                + millis
                + ": expected "
                + value.get().number()
                + ", got "
                + describe(points));
      }
      at++;
    }
    if (at < points.count()) {
      throw new AssertionError(points.labels() + ": unexpected points in " + describe(points));
    }
  }

  private static boolean near(SeriesNotation.Value expected, FloatHistogram got) {
    FloatHistogram want = expected.histogram().orElseThrow();
    return want.schema() == got.schema()
        && near(want.count(), got.count())
        && near(want.sum(), got.sum())
        && near(want.zeroCount(), got.zeroCount())
        && want.zeroThreshold() == got.zeroThreshold()
        && near(want.positive(), got.positive())
        && near(want.negative(), got.negative())
        && java.util.Arrays.equals(want.bounds(), got.bounds())
        && (!expected.hinted() || want.hint() == got.hint());
  }

  private static boolean near(FloatHistogram.Buckets want, FloatHistogram.Buckets got) {
    if (!java.util.Arrays.equals(want.indexes(), got.indexes())) {
      return false;
    }
    for (int i = 0; i < want.size(); i++) {
      if (!near(want.counts()[i], got.counts()[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean near(double want, double got) {
    if (Samples.isStale(want) || Samples.isStale(got)) {
      return Samples.isStale(want) && Samples.isStale(got);
    }
    if (want == got || (Double.isNaN(want) && Double.isNaN(got))) {
      return true;
    }
    double difference = Math.abs(want - got);
    double sum = Math.abs(want) + Math.abs(got);
    if (want == 0 || got == 0 || sum < Double.MIN_NORMAL) {
      return difference < 1e-6 * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < 1e-6;
  }
}
