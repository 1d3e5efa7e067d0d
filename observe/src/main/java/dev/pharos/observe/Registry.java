package dev.pharos.observe;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Pharos's own metrics by name and labels, in the naming of Prometheus. Any thread; asking for an instrument that
/// exists returns it, so components need not share references.
public final class Registry {
  /// Told of every instrument, in the order of names and then of labels.
  public interface Visitor {
    /// @param labels names and values in turn, in the order of names
    void counter(String name, String help, List<String> labels, double value);

    void gauge(String name, String help, List<String> labels, double value);

    /// Of seconds.
    void histogram(String name, String help, List<String> labels, Distribution distribution);
  }

  private sealed interface Instrument {
    record Count(Counter counter) implements Instrument {}

    record Total(DoubleSupplier value) implements Instrument {}

    record Spread(Distribution distribution) implements Instrument {}

    record Level(DoubleSupplier value) implements Instrument {}
  }

  private record Family(String help, ConcurrentSkipListMap<LabelPairs, Instrument> children) {}

  private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

  /// A counter. `labels` are names and values in turn.
  public Counter counter(String name, String help, String... labels) {
    var made = child(name, help, labels, () -> new Instrument.Count(new Counter()));
    if (made instanceof Instrument.Count(Counter counter)) {
      return counter;
    }
    throw otherKind(name, "counter");
  }

  /// A counter that somebody else keeps, read whenever the metrics are; a second registration with the same labels
  /// replaces the first.
  public void total(String name, String help, DoubleSupplier value, String... labels) {
    family(name, help).children.put(LabelPairs.of(labels), new Instrument.Total(value));
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

  /// A gauge read whenever the metrics are; a second registration with the same labels replaces the first.
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    family(name, help).children.put(LabelPairs.of(labels), new Instrument.Level(value));
  }

  private Instrument child(String name, String help, String[] labels, Supplier<Instrument> make) {
    return family(name, help)
        .children
        .computeIfAbsent(LabelPairs.of(labels), ignored -> make.get());
  }

  private Family family(String name, String help) {
    return families.computeIfAbsent(
        name, ignored -> new Family(help, new ConcurrentSkipListMap<>()));
  }

  private static IllegalArgumentException otherKind(String name, String wanted) {
    return new IllegalArgumentException("metric " + name + " exists and is not a " + wanted);
  }

  /// Shows every instrument with its value of now.
  public void visit(Visitor visitor) {
    families.forEach(
        (name, family) ->
            family.children.forEach(
                (labels, instrument) -> {
                  switch (instrument) {
                    case Instrument.Count(Counter counter) ->
                        visitor.counter(name, family.help, labels.pairs(), counter.value());
                    case Instrument.Total(DoubleSupplier value) ->
                        visitor.counter(name, family.help, labels.pairs(), value.getAsDouble());
                    case Instrument.Level(DoubleSupplier value) ->
                        visitor.gauge(name, family.help, labels.pairs(), value.getAsDouble());
                    case Instrument.Spread(Distribution distribution) ->
                        visitor.histogram(name, family.help, labels.pairs(), distribution);
                  }
                }));
  }

  /// All metrics in the Prometheus text format 0.0.4.
  public String text() {
    var text = new RegistryText();
    visit(text);
    return text.toString();
  }
}
