package dev.pharos.components.otlp.exporter;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// The header `Retry-After` of RFC 9110 section 10.2.3: seconds, or a date.
final class RetryAfter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

  private RetryAfter() {}

  /// How long to wait from now on; empty if the text is neither form or the date has passed.
  static Optional<Duration> parse(String text, Clock clock) {
    String trimmed = text.strip();
    if (trimmed.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(trimmed)));
    }
    try {
      Instant then = ZonedDateTime.parse(trimmed, DATE).toInstant();
      return Optional.of(Duration.between(clock.instant(), then)).filter(Duration::isPositive);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
