package dev.pharos.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/// Pharos's own metrics by name and labels, written as Prometheus text. Any thread; asking for an instrument that
/// exists returns it, so components need not share references.
public final class Registry {
  private sealed interface Instrument {
    record Count(Counter counter) implements Instrument {}

    record Spread(Distribution distribution) implements Instrument {}

    record Level(DoubleSupplier gauge) implements Instrument {}
  }

  private record Family(String help, ConcurrentSkipListMap<String, Instrument> children) {}

  private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

  /// A counter. `labels` are names and values in turn.
  public Counter counter(String name, String help, String... labels) {
    var made = child(name, help, labels, () -> new Instrument.Count(new Counter()));
    if (made instanceof Instrument.Count(Counter counter)) {
      return counter;
    }
    throw otherKind(name, "counter");
  }

  /// A histogram of seconds.
  public Distribution seconds(String name, String help, String... labels) {
    var made =
        child(
            name,
            help,
            labels,
            () -> new Instrument.Spread(new Distribution(Distribution.SECONDS)));
    if (made instanceof Instrument.Spread(Distribution distribution)) {
      return distribution;
    }
    throw otherKind(name, "histogram");
  }

  /// A gauge read whenever the metrics are written; a second registration with the same labels replaces the first.
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    family(name, help).children.put(labelText(labels), new Instrument.Level(value));
  }

  private Instrument child(
      String name, String help, String[] labels, java.util.function.Supplier<Instrument> make) {
    return family(name, help).children.computeIfAbsent(labelText(labels), ignored -> make.get());
  }

  private Family family(String name, String help) {
    return families.computeIfAbsent(
        name, ignored -> new Family(help, new ConcurrentSkipListMap<>()));
  }

  private static IllegalArgumentException otherKind(String name, String wanted) {
    return new IllegalArgumentException("metric " + name + " exists and is not a " + wanted);
  }

  private static String labelText(String[] labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels: " + labels.length + " texts (expected: names and values in turn)");
    }
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    var text = new StringBuilder();
    sorted.forEach(
        (name, value) -> {
          text.append(text.isEmpty() ? "" : ",").append(name).append("=\"");
          text.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
              .append('"');
        });
    return text.toString();
  }

  /// All metrics in the Prometheus text format 0.0.4.
  public String text() {
    var out = new StringBuilder(4096);
    families.forEach(
        (name, family) -> {
          var first = family.children.firstEntry();
          if (first == null) {
            return;
          }
          out.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
          out.append("# TYPE ")
              .append(name)
              .append(' ')
              .append(type(first.getValue()))
              .append('\n');
          family.children.forEach((labels, instrument) -> write(out, name, labels, instrument));
        });
    return out.toString();
  }

  private static String type(Instrument instrument) {
    return switch (instrument) {
      case Instrument.Count ignored -> "counter";
      case Instrument.Spread ignored -> "histogram";
      case Instrument.Level ignored -> "gauge";
    };
  }

  private static void write(StringBuilder out, String name, String labels, Instrument instrument) {
    switch (instrument) {
      case Instrument.Count(Counter counter) ->
          sample(out, name, labels, Long.toString(counter.value()));
      case Instrument.Level(DoubleSupplier gauge) ->
          sample(out, name, labels, number(gauge.getAsDouble()));
      case Instrument.Spread(Distribution spread) -> {
        String before = labels.isEmpty() ? "" : labels + ",";
        double[] bounds = spread.bounds();
        long running = 0;
        for (int i = 0; i < bounds.length; i++) {
          running += spread.bucket(i);
          sample(
              out,
              name + "_bucket",
              before + "le=\"" + number(bounds[i]) + "\"",
              Long.toString(running));
        }
        running += spread.bucket(bounds.length);
        sample(out, name + "_bucket", before + "le=\"+Inf\"", Long.toString(running));
        sample(out, name + "_sum", labels, number(spread.sum()));
        sample(out, name + "_count", labels, Long.toString(running));
      }
    }
  }

  private static void sample(StringBuilder out, String name, String labels, String value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
