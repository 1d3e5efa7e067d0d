package dev.pharos.components.prometheus;

import dev.pharos.model.text.NumberText;
import java.util.List;

/// Writes families in Prometheus' text format 0.0.4 or in OpenMetrics 1.0. One use, one thread.
final class Exposition {
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final boolean openMetrics;
  private final boolean timestamps;
  private final StringBuilder out = new StringBuilder(4096);

  Exposition(boolean openMetrics, boolean timestamps) {
    this.openMetrics = openMetrics;
    this.timestamps = timestamps;
  }

  String text() {
    return out.toString();
  }

  void end() {
    if (openMetrics) {
      out.append("# EOF\n");
    }
  }

  void family(String name, Family family) {
    boolean counter = family.type == Family.Type.COUNTER;
    boolean total = name.endsWith("_total");
    String heading =
        openMetrics && counter && total
            ? name.substring(0, name.length() - "_total".length())
            : name;
    String type = openMetrics && counter && !total ? "unknown" : family.type.word;
    out.append("# HELP ").append(quotedName(heading)).append(' ');
    escape(family.help, openMetrics);
    out.append("\n# TYPE ").append(quotedName(heading)).append(' ').append(type).append('\n');
    family.series.forEach((labels, series) -> series(name, labels, series));
  }

  private void series(String name, String labels, Family.Series series) {
    switch (series.value()) {
      case SampleValue.Number(double value, List<SampleValue.Exemplar> exemplars) -> {
        sample(name, labels, "", number(value), series);
        if (openMetrics && name.endsWith("_total") && !exemplars.isEmpty()) {
          exemplar(exemplars.getLast());
        }
        out.append('\n');
      }
      case SampleValue.Histogram histogram -> histogram(name, labels, histogram, series);
      case SampleValue.Summary summary -> {
        for (int i = 0; i < summary.quantiles().length; i++) {
          sample(
              name,
              labels,
              "quantile=\"" + number(summary.quantiles()[i]) + "\"",
              number(summary.values()[i]),
              series);
          out.append('\n');
        }
        sumAndCount(name, labels, summary.sum(), summary.count(), series);
      }
    }
  }

  private void histogram(
      String name, String labels, SampleValue.Histogram histogram, Family.Series series) {
    long running = 0;
    double below = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < histogram.bounds().length && i < histogram.buckets().length; i++) {
      running += histogram.buckets()[i];
      bucket(name, labels, histogram, below, histogram.bounds()[i], running, series);
      below = histogram.bounds()[i];
    }
    bucket(name, labels, histogram, below, Double.POSITIVE_INFINITY, histogram.count(), series);
    sumAndCount(name, labels, histogram.sum(), histogram.count(), series);
  }

  private void bucket(
      String name,
      String labels,
      SampleValue.Histogram histogram,
      double above,
      double bound,
      long count,
      Family.Series series) {
    sample(
        name + "_bucket",
        labels,
        "le=\"" + number(bound) + "\"",
        Long.toUnsignedString(count),
        series);
    if (openMetrics) {
      histogram.exemplars().stream()
          .filter(exemplar -> exemplar.value() > above && exemplar.value() <= bound)
          .reduce((first, last) -> last)
          .ifPresent(this::exemplar);
    }
    out.append('\n');
  }

  private void sumAndCount(
      String name, String labels, double sum, long count, Family.Series series) {
    sample(name + "_sum", labels, "", number(sum), series);
    out.append('\n');
    sample(name + "_count", labels, "", Long.toUnsignedString(count), series);
    out.append('\n');
  }

  /// Writes a line up to its value and time.
  private void sample(String name, String labels, String more, String value, Family.Series series) {
    boolean plain = isPlain(name);
    if (plain) {
      out.append(name);
    }
    if (!plain || !labels.isEmpty() || !more.isEmpty()) {
      out.append('{');
      if (!plain) {
        out.append(quotedName(name)).append(labels.isEmpty() && more.isEmpty() ? "" : ",");
      }
      out.append(labels)
          .append(labels.isEmpty() || more.isEmpty() ? "" : ",")
          .append(more)
          .append('}');
    }
    out.append(' ').append(value);
    if (timestamps) {
      out.append(' ').append(time(series.timeNanos()));
    }
  }

  private void exemplar(SampleValue.Exemplar exemplar) {
    out.append(" # {").append(exemplar.labels()).append("} ").append(number(exemplar.value()));
    if (exemplar.timeNanos() != 0) {
      out.append(' ').append(time(exemplar.timeNanos()));
    }
  }

  /// Milliseconds in the text format, seconds in OpenMetrics.
  private String time(long nanos) {
    long millis = nanos / 1_000_000;
    return openMetrics ? millis / 1000 + ".%03d".formatted(millis % 1000) : Long.toString(millis);
  }

  private String number(double value) {
    String text = NumberText.general(value);
    boolean whole = Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0;
    return openMetrics && whole ? text + ".0" : text;
  }

  private static String quotedName(String name) {
    return isPlain(name)
        ? name
        : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  /// Whether a name can stand without quotes.
  static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
      if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private void escape(String text, boolean quotes) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    out.append(quotes ? escaped.replace("\"", "\\\"") : escaped);
  }
}
