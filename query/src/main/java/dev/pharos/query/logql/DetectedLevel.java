package dev.pharos.query.logql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The level that every line has under `detected_level`: by a label or metadata that names one, else by the severity
/// number, else by a field or word of the line. Stateless.
final class DetectedLevel {
  static final String UNKNOWN = "unknown";

  /// Names of labels and fields that hold a level.
  static final List<String> SOURCES =
      List.of(
          "detected_level",
          "level",
          "LEVEL",
          "Level",
          "log_level",
          "severity",
          "SEVERITY",
          "Severity",
          "SeverityText",
          "severity_text",
          "lvl",
          "LVL",
          "Lvl");

  private static final List<Optional<String>> BY_SEVERITY =
      Stream.of("trace", "debug", "info", "warn", "error", "fatal").map(Optional::of).toList();

  private static final int MAX_SCANNED_BYTES = 1024;

  private DetectedLevel() {}

  /// The level that a text names, if it names one.
  static Optional<String> ofName(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "trace", "trc", "trace2", "trace3", "trace4" -> Optional.of("trace");
      case "debug", "dbg", "debug2", "debug3", "debug4" -> Optional.of("debug");
      case "info", "inf", "information", "informational", "notice", "info2", "info3", "info4" ->
          Optional.of("info");
      case "warn", "warning", "wrn", "warn2", "warn3", "warn4" -> Optional.of("warn");
      case "error", "err", "error2", "error3", "error4" -> Optional.of("error");
      case "critical", "crit", "emerg", "emergency", "alert" -> Optional.of("critical");
      case "fatal", "panic", "fatal2", "fatal3", "fatal4" -> Optional.of("fatal");
      default -> Optional.empty();
    };
  }

  /// The level of an OTLP severity number; 0 and unknown ones have none.
  static Optional<String> ofSeverity(long number) {
    if (number < 1 || number > 24) {
      return Optional.empty();
    }
    return BY_SEVERITY.get((int) (number - 1) / 4);
  }

  /// The level that a line tells: of a JSON or logfmt field, else the first word that is a level.
  static String ofLine(byte[] bytes, int from, int to) {
    String text =
        new String(bytes, from, Math.min(to - from, MAX_SCANNED_BYTES), StandardCharsets.UTF_8);
    Optional<String> field = ofField(text);
    return field.isPresent() ? field.get() : ofWord(text);
  }

  /// The value behind `level=`, `"level":` and the like.
  private static Optional<String> ofField(String text) {
    for (String name : SOURCES) {
      int at = text.indexOf(name);
      while (at >= 0) {
        Optional<String> value = valueAfter(text, at + name.length());
        boolean bounded =
            at == 0
                || !Character.isLetterOrDigit(text.charAt(at - 1)) && text.charAt(at - 1) != '_';
        if (bounded && value.isPresent()) {
          return value;
        }
        at = text.indexOf(name, at + 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> valueAfter(String text, int from) {
    int at = from;
    boolean assigned = false;
    while (at < text.length() && "\"= :".indexOf(text.charAt(at)) >= 0) {
      assigned |= text.charAt(at) == '=' || text.charAt(at) == ':';
      at++;
    }
    int end = at;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return assigned ? ofName(text.substring(at, end)) : Optional.empty();
  }

  private static String ofWord(String text) {
    int at = 0;
    while (at < text.length()) {
      if (!Character.isLetter(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      if (end - at >= 3 && end - at <= 11) {
        Optional<String> level = ofName(text.substring(at, end));
        if (level.isPresent()) {
          return level.get();
        }
      }
      at = end;
    }
    return UNKNOWN;
  }
}
