package dev.pharos.api.loki;

import dev.pharos.query.logql.LogqlRequest;
import dev.pharos.transport.HttpRequest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the parameters of a request, form or query string, in Loki's formats; what is wrong with one is an
/// [IllegalArgumentException].
final class LokiParameters {
  private static final long HOUR = 3_600_000_000_000L;
  private static final Pattern UNIT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h|d|w|y)");

  private final HttpRequest request;
  private final long nowNanos;

  LokiParameters(HttpRequest request, Clock clock) {
    this.request = request;
    Instant now = clock.instant();
    this.nowNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  String text(String name) {
    return request.parameters().first(name).orElse("");
  }

  Optional<String> optional(String name) {
    return request.parameters().first(name).filter(value -> !value.isEmpty());
  }

  List<String> all(String name) {
    return request.parameters().all(name);
  }

  /// `time`, now if it is not given.
  long timeNanos() {
    return time("time").orElse(nowNanos);
  }

  /// `end`, now if it is not given.
  long endNanos() {
    return time("end").orElse(nowNanos);
  }

  /// `start`, or `since` (1 h) before the end.
  long startNanos(long endNanos) {
    return time("start")
        .orElseGet(() -> Math.min(endNanos, nowNanos) - duration("since").orElse(HOUR));
  }

  /// `step`, or a 250th of the range in whole seconds, at least one.
  long stepNanos(long startNanos, long endNanos) {
    long step =
        duration("step")
            .orElseGet(
                () ->
                    Math.max(1, Math.floorDiv(endNanos - startNanos, 250L * 1_000_000_000L))
                        * 1_000_000_000L);
    if (step <= 0) {
      throw new IllegalArgumentException(
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if ((endNanos - startNanos) / step > 11_000) {
      throw new IllegalArgumentException(
          "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter");
    }
    return step;
  }

  /// `direction`, the newest first if it is not given.
  LogqlRequest.Direction direction() {
    return switch (text("direction").toLowerCase(Locale.ROOT)) {
      case "", "backward" -> LogqlRequest.Direction.BACKWARD;
      case "forward" -> LogqlRequest.Direction.FORWARD;
      default ->
          throw new IllegalArgumentException(
              "invalid direction '" + text("direction") + "' (expected: forward or backward)");
    };
  }

  /// `limit`, 100 if it is not given.
  int limit() {
    String text = text("limit");
    if (text.isEmpty()) {
      return 100;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("limit: \"" + text + "\" (expected: a whole number)", e);
    }
    throw new IllegalArgumentException("limit must be a positive value");
  }

  /// A time: with a dot float seconds, up to ten digits seconds, more digits nanoseconds, else RFC 3339.
  private Optional<Long> time(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (text.matches("-?\\d+")) {
        BigInteger number = new BigInteger(text);
        return Optional.of(
            text.length() <= 10
                ? number.longValueExact() * 1_000_000_000L
                : number.longValueExact());
      }
      if (text.matches("-?\\d+\\.\\d*")) {
        return Optional.of(new BigDecimal(text).movePointRight(9).longValue());
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Optional.of(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          name + ": \"" + text + "\" (expected: Unix time in seconds or nanoseconds, or RFC 3339)",
          e);
    }
  }

  /// A duration in nanoseconds: float seconds, or `1h30m`.
  private Optional<Long> duration(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.matches("-?\\d+(\\.\\d*)?")) {
      return Optional.of(new BigDecimal(text).movePointRight(9).longValue());
    }
    Matcher units = UNIT.matcher(text);
    double total = 0;
    int at = 0;
    while (units.find() && units.start() == at) {
      total += Double.parseDouble(units.group(1)) * nanos(units.group(2));
      at = units.end();
    }
    if (at != text.length()) {
      throw new IllegalArgumentException(
          name + ": \"" + text + "\" (expected: a duration such as 15s, or seconds)");
    }
    return Optional.of((long) total);
  }

  private static double nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      case "d" -> 86_400e9;
      case "w" -> 7 * 86_400e9;
      default -> 365 * 86_400e9;
    };
  }
}
