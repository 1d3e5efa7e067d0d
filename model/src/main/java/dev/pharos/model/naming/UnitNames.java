package dev.pharos.model.naming;

import java.util.Map;

/// The words that UCUM units become in Prometheus metric names, as prometheus/otlptranslator has them.
final class UnitNames {
  private static final Map<String, String> MAIN =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tebibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private UnitNames() {}

  /// The word of the part before the first `/`, or `""`.
  static String main(String unit) {
    int slash = unit.indexOf('/');
    return word(slash < 0 ? unit : unit.substring(0, slash), MAIN);
  }

  /// The word of the part after the first `/`, without `per`, or `""`.
  static String per(String unit) {
    int slash = unit.indexOf('/');
    return slash < 0 ? "" : word(unit.substring(slash + 1), PER);
  }

  /// A part with braces is an annotation and adds nothing.
  private static String word(String part, Map<String, String> known) {
    String trimmed = part.trim();
    if (trimmed.indexOf('{') >= 0 || trimmed.indexOf('}') >= 0) {
      return "";
    }
    return String.join("_", MetricNames.tokens(known.getOrDefault(trimmed, trimmed)));
  }
}
