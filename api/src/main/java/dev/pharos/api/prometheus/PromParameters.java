package dev.pharos.api.prometheus;

import dev.pharos.transport.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the parameters of a request, form or query string, in Prometheus' formats; what is wrong with one is an
/// [IllegalArgumentException] in Prometheus' wording.
final class PromParameters {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] UNITS = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};

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
    try {
      double seconds = Double.parseDouble(text);
      if (Double.isFinite(seconds) && Math.abs(seconds) < 9e15) {
        return Optional.of(Math.round(seconds * 1000));
      }
    } catch (NumberFormatException e) {
      try {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        return Optional.of(instant.toEpochMilli());
      } catch (DateTimeParseException ignored) {
        // Told below, with what was expected.
      }
    }
    throw invalid(name, "cannot parse \"" + text + "\" to a valid timestamp");
  }

  long requiredTime(String name) {
    return time(name).orElseThrow(() -> invalid(name, "cannot parse \"\" to a valid timestamp"));
  }

  /// A duration in milliseconds: `5m`, or seconds with a fraction.
  Optional<Long> duration(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      double seconds = Double.parseDouble(text);
      if (Double.isFinite(seconds) && Math.abs(seconds) < 9e15) {
        return Optional.of((long) (seconds * 1000));
      }
    } catch (NumberFormatException e) {
      Matcher units = DURATION.matcher(text);
      if (units.matches()) {
        long millis = 0;
        for (int i = 0; i < UNITS.length; i++) {
          millis += units.group(i + 1) == null ? 0 : Long.parseLong(units.group(i + 1)) * UNITS[i];
        }
        return Optional.of(millis);
      }
    }
    throw invalid(name, "cannot parse \"" + text + "\" to a valid duration");
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
