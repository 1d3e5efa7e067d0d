package dev.pharos.api.pharos;

import dev.pharos.transport.HttpRequest;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// Reads the parameters of a request; what is wrong with one is an [IllegalArgumentException].
final class PharosParameters {
  private static final long SECOND = 1_000_000_000L;

  /// The last time that fits with what lies before and after it, in seconds: in the year 2255.
  private static final double MAX_SECONDS = 9e9;

  private final HttpRequest request;

  PharosParameters(HttpRequest request) {
    this.request = request;
  }

  String text(String name) {
    return request.query().first(name).orElse("");
  }

  /// `start` in nanoseconds, inclusive.
  long startNanos() {
    return nanos("start");
  }

  /// `end` in nanoseconds, exclusive, and after `start`.
  long endNanos() {
    long end = nanos("end");
    if (end <= startNanos()) {
      throw new IllegalArgumentException(
          "end: \"" + text("end") + "\" (expected: after start, \"" + text("start") + "\")");
    }
    return end;
  }

  /// A time in nanoseconds.
  long nanos(String name, long otherwise) {
    return text(name).isEmpty() ? otherwise : nanos(name);
  }

  private long nanos(String name) {
    String text = text(name);
    try {
      double seconds = Double.parseDouble(text);
      if (seconds >= 0 && seconds <= MAX_SECONDS) {
        return Math.round(seconds * 1000) * (SECOND / 1000);
      }
      throw notATime(name, text);
    } catch (NumberFormatException e) {
      return nanosOfDate(name, text);
    }
  }

  private static long nanosOfDate(String name, String text) {
    try {
      var instant = OffsetDateTime.parse(text).toInstant();
      if (instant.getEpochSecond() >= 0 && instant.getEpochSecond() <= MAX_SECONDS) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
      }
      throw notATime(name, text);
    } catch (DateTimeParseException e) {
      throw notATime(name, text);
    }
  }

  private static IllegalArgumentException notATime(String name, String text) {
    return new IllegalArgumentException(
        name + ": \"" + text + "\" (expected: Unix seconds up to 2255, or RFC 3339)");
  }

  /// A whole number from `least` to `most`.
  int number(String name, int otherwise, int least, int most) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        name + ": \"" + text + "\" (expected: a whole number from " + least + " to " + most + ")");
  }

  /// A whole number of any size.
  long whole(String name, long otherwise) {
    String text = text(name);
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": \"" + text + "\" (expected: a whole number)", e);
    }
  }
}
