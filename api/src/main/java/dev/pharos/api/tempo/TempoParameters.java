package dev.pharos.api.tempo;

import dev.pharos.transport.HttpRequest;
import java.util.Optional;

/// Reads the parameters of a request in Tempo's formats; what is wrong with one is an [IllegalArgumentException].
final class TempoParameters {
  private static final int DEFAULT_LIMIT = 20;
  private static final int DEFAULT_SPANS = 3;
  private static final int MAX_SPANS = 100;
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

  private final HttpRequest request;

  TempoParameters(HttpRequest request) {
    this.request = request;
  }

  String text(String name) {
    return request.query().first(name).orElse("");
  }

  /// `start` in nanoseconds; everything if neither it nor `end` is given.
  long startNanos() {
    return range()[0];
  }

  /// `end` in nanoseconds, exclusive.
  long endNanos() {
    return range()[1];
  }

  private long[] range() {
    Optional<Long> start = seconds("start");
    Optional<Long> end = seconds("end");
    if (start.isPresent() != end.isPresent()) {
      throw new IllegalArgumentException(
          "invalid start/end: only one is given (expected: both or neither)");
    }
    if (start.isEmpty() || end.isEmpty()) {
      return new long[] {0, Long.MAX_VALUE};
    }
    if (end.get() <= start.get()) {
      throw new IllegalArgumentException(
          "invalid end: http parameter start must be before end. received start="
              + start.get()
              + " end="
              + end.get());
    }
    return new long[] {start.get() * 1_000_000_000L, end.get() * 1_000_000_000L};
  }

  private Optional<Long> seconds(String name) {
    String text = text(name);
    if (text.isEmpty() || text.equals("0")) {
      return Optional.empty();
    }
    try {
      long seconds = Long.parseLong(text);
      if (Math.abs(seconds) <= MAX_SECONDS) {
        return Optional.of(seconds);
      }
    } catch (NumberFormatException e) {
      // Told below, with what was expected.
    }
    throw new IllegalArgumentException(
        "invalid " + name + ": \"" + text + "\" (expected: Unix time in seconds)");
  }

  int limit() {
    int limit = number("limit", DEFAULT_LIMIT);
    if (limit <= 0) {
      throw new IllegalArgumentException("invalid limit: must be a positive number");
    }
    return limit;
  }

  int tagLimit() {
    return number("limit", Integer.MAX_VALUE);
  }

  int spansPerSet() {
    int spans = number("spss", DEFAULT_SPANS);
    if (spans < 0 || spans > MAX_SPANS) {
      throw new IllegalArgumentException(
          "invalid spss: " + spans + " (expected: 1 to " + MAX_SPANS + ")");
    }
    return spans == 0 ? MAX_SPANS : spans;
  }

  private int number(String name, int otherwise) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "invalid " + name + ": \"" + text + "\" (expected: a whole number)", e);
    }
  }
}
