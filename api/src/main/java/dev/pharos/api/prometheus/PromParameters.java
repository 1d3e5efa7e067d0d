package dev.pharos.api.prometheus;

import dev.pharos.transport.HttpRequest;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the parameters of a request, form or query string, in Prometheus' formats; what is wrong with one is an
/// [IllegalArgumentException] in Prometheus' wording.
final class PromParameters {
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final double MAX_SECONDS = 9e15;

  /// Milliseconds that still fit into nanoseconds.
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private static final long[] UNITS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  private final HttpRequest request;

  PromParameters(HttpRequest request) {
    this.request = request;
  }

  String text(String name) {
    return request.parameters().first(name).orElse("");
  }

  List<String> all(String name) {
    return request.parameters().all(name);
  }

  /// A time in milliseconds: RFC 3339 or Unix seconds with a fraction.
  Optional<Long> time(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble seconds = seconds(text);
    if (seconds.isPresent()) {
      return Optional.of(Math.round(seconds.getAsDouble() * 1000));
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeParseException e) {
      throw invalid(name, "cannot parse \"" + text + "\" to a valid timestamp");
    }
  }

  long requiredTime(String name) {
    return time(name).orElseThrow(() -> invalid(name, "cannot parse \"\" to a valid timestamp"));
  }

  /// The time `start` of a range to look things up in, the beginning of time if it is not given. Clients probe with
  /// milliseconds for seconds: what no store can hold is brought to the last time that one can.
  long from() {
    return Math.clamp(time("start").orElse(-MAX_MILLIS), -MAX_MILLIS, MAX_MILLIS);
  }

  /// The time `end` of a range, as [#from].
  long to() {
    return Math.clamp(time("end").orElse(MAX_MILLIS), -MAX_MILLIS, MAX_MILLIS);
  }

  /// A duration in milliseconds: `5m`, or seconds with a fraction.
  Optional<Long> duration(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble seconds = seconds(text);
    if (seconds.isPresent()) {
      return Optional.of((long) (seconds.getAsDouble() * 1000));
    }
    Matcher units = DURATION.matcher(text);
    if (units.matches()) {
      try {
        long millis = 0;
        for (int i = 0; i < UNITS.length; i++) {
          String count = units.group(i + 1);
          millis =
              Math.addExact(
                  millis, count == null ? 0 : Math.multiplyExact(Long.parseLong(count), UNITS[i]));
        }
        return Optional.of(millis);
      } catch (ArithmeticException | NumberFormatException e) {
        throw invalid(name, "duration out of range: \"" + text + "\"");
      }
    }
    throw invalid(name, "cannot parse \"" + text + "\" to a valid duration");
  }

  /// A plain decimal number within range; Java's own suffixes (`5d`) and words are none.
  private static OptionalDouble seconds(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double seconds = Double.parseDouble(text);
    return Math.abs(seconds) < MAX_SECONDS ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  /// A limit; 0 for none.
  int limit(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, "strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }
    throw invalid(name, "limit must be non-negative");
  }

  static IllegalArgumentException invalid(String name, String message) {
    return new IllegalArgumentException("invalid parameter \"" + name + "\": " + message);
  }
}
