package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.Annotations;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramMath;
import dev.pharos.query.matrix.Notes;
import dev.pharos.store.read.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The test scripts' notation of a series: `metric{a="b"} 0+1x10 _ stale {{count:1}}`.
record SeriesNotation(Labels labels, List<Optional<Value>> values) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:inf|nan|[0-9][0-9_]*\\.?[0-9]*(?:e[+-]?[0-9]+)?|\\.[0-9]+(?:e[+-]?[0-9]+)?)",
          Pattern.CASE_INSENSITIVE);

  /// A number, or a histogram and whether its counter reset hint was written.
  record Value(double number, Optional<FloatHistogram> histogram, boolean hinted) {}

  static SeriesNotation parse(String line) {
    int end = labelsEnd(line);
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    String selector = line.substring(0, end);
    for (LabelMatch match : new SelectorParser(new TokenStream(selector)).selector().matchers()) {
      labels.set(match.name(), match.value());
    }
    return new SeriesNotation(
        labels.build(), new SeriesNotation.Reader(line.substring(end)).values());
  }

  private static int labelsEnd(String line) {
    int i = 0;
    boolean braces = false;
    char quote = 0;
    for (; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (braces && (c == '"' || c == '\'' || c == '`')) {
        quote = c;
      } else if (c == '{') {
        braces = true;
      } else if (c == '}') {
        return i + 1;
      } else if (!braces && (c == ' ' || c == '\t')) {
        int next = i;
        while (next < line.length() && (line.charAt(next) == ' ' || line.charAt(next) == '\t')) {
          next++;
        }
        boolean labelsFollow =
            next < line.length() && line.charAt(next) == '{' && !line.startsWith("{{", next);
        if (!labelsFollow) {
          return i;
        }
      }
    }
    return i;
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    private void blank() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    List<Optional<Value>> values() {
      List<Optional<Value>> values = new ArrayList<>();
      for (blank(); at < text.length(); blank()) {
        item(values);
      }
      return values;
    }

    private void item(List<Optional<Value>> values) {
      if (text.charAt(at) == '_') {
        at++;
        long n = repeat().orElse(1L);
        for (long i = 0; i < n; i++) {
          values.add(Optional.empty());
        }
      } else if (text.startsWith("stale", at)) {
        at += 5;
        long n = repeat().orElse(0L);
        for (long i = 0; i <= n; i++) {
          values.add(
              Optional.of(
                  new Value(Double.longBitsToDouble(Samples.STALE_BITS), Optional.empty(), false)));
        }
      } else if (text.startsWith("{{", at)) {
        histograms(values);
      } else {
        numbers(values);
      }
    }

    private Optional<Long> repeat() {
      if (at < text.length() && text.charAt(at) == 'x') {
        int from = ++at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
          at++;
        }
        return Optional.of(Long.parseLong(text.substring(from, at)));
      }
      return Optional.empty();
    }

    private double number() {
      Matcher matcher = NUMBER.matcher(text).region(at, text.length());
      if (!matcher.lookingAt()) {
        throw new IllegalArgumentException("no number in series values at: " + text.substring(at));
      }
      at = matcher.end();
      String number = matcher.group();
      boolean negative = number.startsWith("-");
      boolean signed = negative || number.startsWith("+");
      double value = NumberSyntax.number(signed ? number.substring(1) : number);
      return negative ? -value : value;
    }

    private void numbers(List<Optional<Value>> values) {
      double first = number();
      double step = 0;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        step = number();
      }
      long n = repeat().orElse(0L);
      double value = first;
      for (long i = 0; i <= n; i++) {
        values.add(Optional.of(new Value(value, Optional.empty(), false)));
        value += step;
      }
    }

    private void histograms(List<Optional<Value>> values) {
      Value first = histogram();
      Optional<Value> step = Optional.empty();
      boolean add = true;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        add = text.charAt(at++) == '+';
        step = Optional.of(histogram());
      }
      long n = repeat().orElse(0L);
      FloatHistogram value = first.histogram().orElseThrow();
      boolean hinted = step.map(Value::hinted).orElse(first.hinted());
      for (long i = 0; i <= n; i++) {
        values.add(Optional.of(new Value(value.sum(), Optional.of(value), hinted)));
        if (step.isPresent()) {
          Notes notes = new Notes(new Annotations(), "");
          FloatHistogram increment = step.get().histogram().orElseThrow();
          value =
              add
                  ? HistogramMath.add(value, increment, "addition", notes)
                  : HistogramMath.subtract(value, increment, "subtraction", notes);
        }
      }
    }

    private Value histogram() {
      int end = text.indexOf("}}", at);
      String body = text.substring(at + 2, end);
      at = end + 2;
      Map<String, String> fields = new HashMap<>();
      Matcher matcher = Pattern.compile("([a-z_]+):\\s*(\\[[^\\]]*\\]|\\S+)").matcher(body);
      while (matcher.find()) {
        fields.put(matcher.group(1), matcher.group(2));
      }
      boolean hinted = fields.containsKey("counter_reset_hint");
      ResetHint hint =
          switch (fields.getOrDefault("counter_reset_hint", "unknown")) {
            case "reset" -> ResetHint.RESET;
            case "not_reset" -> ResetHint.NOT_RESET;
            case "gauge" -> ResetHint.GAUGE;
            default -> ResetHint.UNKNOWN;
          };
      FloatHistogram histogram =
          new FloatHistogram(
              Integer.parseInt(fields.getOrDefault("schema", "0")),
              single(fields, "count"),
              single(fields, "sum"),
              single(fields, "z_bucket_w"),
              single(fields, "z_bucket"),
              buckets(fields, "buckets", "offset"),
              buckets(fields, "n_buckets", "n_offset"),
              list(fields.getOrDefault("custom_values", "[]")),
              hint);
      return new Value(histogram.sum(), Optional.of(histogram), hinted);
    }

    private static double single(Map<String, String> fields, String key) {
      return new Reader(fields.getOrDefault(key, "0")).number();
    }

    private static double[] list(String text) {
      String inside = text.substring(1, text.length() - 1).trim();
      if (inside.isEmpty()) {
        return new double[0];
      }
      String[] parts = inside.split("\\s+");
      double[] values = new double[parts.length];
      for (int i = 0; i < parts.length; i++) {
        values[i] = new Reader(parts[i]).number();
      }
      return values;
    }

    private static FloatHistogram.Buckets buckets(
        Map<String, String> fields, String key, String offsetKey) {
      double[] counts = list(fields.getOrDefault(key, "[]"));
      int offset = Integer.parseInt(fields.getOrDefault(offsetKey, "0"));
      return FloatHistogram.Buckets.dense(offset, counts);
    }
  }
}
