package dev.pharos.query.promql;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// Functions of a time in Unix seconds, in UTC.
final class DateFunctions {
  private static final long DAY = 86_400;

  private DateFunctions() {}

  /// The function of a time that `function` is, if it is one.
  static Optional<DoubleUnaryOperator> of(PromFunction function) {
    return Optional.ofNullable(
        switch (function) {
          case MINUTE -> v -> Math.floorMod((long) v, 3600L) / 60;
          case HOUR -> v -> Math.floorMod((long) v, DAY) / 3600;
          case DAY_OF_WEEK -> v -> Math.floorMod(Math.floorDiv((long) v, DAY) + 4, 7L);
          case DAY_OF_MONTH -> v -> date(v).getDayOfMonth();
          case DAY_OF_YEAR -> v -> date(v).getDayOfYear();
          case DAYS_IN_MONTH -> v -> date(v).lengthOfMonth();
          case MONTH -> v -> date(v).getMonthValue();
          case YEAR -> v -> date(v).getYear();
          default -> null;
        });
  }

  private static LocalDate date(double seconds) {
    long days = Math.floorDiv((long) seconds, DAY);
    long limit = ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.MAX);
    return LocalDate.ofEpochDay(Math.max(-limit, Math.min(limit, days)));
  }
}
