package dev.pharos.components.prometheus;

import java.util.TreeMap;

/// The series of one name, by their labels as they are written between the braces. One thread at a time.
final class Family {
  /// The word after `# TYPE`.
  enum Type {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram"),
    SUMMARY("summary");

    final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /// One series.
  ///
  /// @param timeNanos of its last point
  /// @param updatedMillis when that came
  record Series(SampleValue value, long timeNanos, long updatedMillis) {}

  final Type type;
  final String help;
  final TreeMap<String, Series> series = new TreeMap<>();

  Family(Type type, String help) {
    this.type = type;
    this.help = help;
  }
}
