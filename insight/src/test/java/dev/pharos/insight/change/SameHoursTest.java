package dev.pharos.insight.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pharos.insight.Earlier;
import dev.pharos.insight.Series;
import dev.pharos.insight.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An hour beside the same hour of other days, all of one made-up service.
class SameHoursTest {
  private static final int RUNS = Integer.getInteger("pharos.insight.runs", 1_000);
  private static final int HOUR = 360;

  /// What earlier days are read beyond the end.
  private static final int MORE = 30;

  private static final long STEP = 10_000_000_000L;
  private static final long START = 19_675 * Earlier.DAY_NANOS + 2 * 360 * STEP;
  private static final Timeline TIMELINE = new Timeline(START, STEP, 180, HOUR, HOUR);

  private static final int YESTERDAY = 0;
  private static final int TODAY = HOUR + MORE;

  /// Yesterday's hour and today's, without faults.
  private static MadeSeries days(long seed, double rate) {
    return new MadeSeries(seed, TODAY + HOUR, rate).calm();
  }

  private static Earlier yesterday(MadeSeries made) {
    return earlier(1, made);
  }

  private static Earlier earlier(int days, MadeSeries made) {
    return new Earlier(days, START, 6 * STEP, made.minutes(YESTERDAY, TODAY));
  }

  private static Course<Departure.Longer> durations(Series series, Iterable<Earlier> days) {
    var course = Course.of(Aspect.DURATIONS, series, 0, series.columns());
    return SameHours.judged(course, Aspect.DURATIONS, series, TIMELINE, days);
  }

  private static Course<Departure.Errors> errors(Series series, Iterable<Earlier> days) {
    var course = Course.of(Aspect.ERRORS, series, 0, series.columns());
    return SameHours.judged(course, Aspect.ERRORS, series, TIMELINE, days);
  }

  private static Series today(MadeSeries made) {
    return made.part(TODAY, TODAY + HOUR);
  }

  @ParameterizedTest
  @CsvSource({"5, 0.5", "12, 0.2", "40, 0.1"})
  void departsFromYesterdayWhereItWasSlowAllTheTime(double rate, double part) {
    for (int seed = 0; seed < 8; seed++) {
      MadeSeries made = days(seed, rate).fault(TODAY, TODAY + HOUR, part, 900, false);
      Course<Departure.Longer> alone = durations(today(made), List.of());
      Course<Departure.Longer> course = durations(today(made), List.of(yesterday(made)));

      assertThat(alone.departure()).as("seed %d", seed).isEmpty();
      assertThat(course.departure()).as("seed %d", seed).isPresent();
      assertThat(course.days()).isEqualTo(1);
      assertThat(course.since()).as("seed %d", seed).isZero();
      assertThat(course.departure().get().from()).isLessThan(course.departure().get().to() / 2);
    }
  }

  @Test
  void departsFromYesterdayWhereCallsFailedAllTheTime() {
    MadeSeries made = days(3, 12).fault(TODAY, TODAY + HOUR, 0.1, 5, true);

    assertThat(errors(today(made), List.of()).departure()).isEmpty();
    assertThat(errors(today(made), List.of(yesterday(made))).departure()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"330, 330", "330, 310", "330, 355", "200, 180", "354, 354"})
  void isAsUsualWhereYesterdayTheSameBeganAtTheSameTime(int begins, int yesterday) {
    int alarms = 0;
    for (int seed = 0; seed < 8; seed++) {
      MadeSeries made =
          days(seed, 12)
              .fault(yesterday, HOUR + MORE, 0.4, 900, true)
              .fault(TODAY + begins, TODAY + HOUR, 0.4, 900, true);
      Series today = today(made);
      assertThat(durations(today, List.of()).departure()).as("seed %d", seed).isPresent();
      alarms += durations(today, List.of(yesterday(made))).departure().isPresent() ? 1 : 0;
      alarms += errors(today, List.of(yesterday(made))).departure().isPresent() ? 1 : 0;
    }

    assertThat(alarms).as("of 16").isZero();
  }

  @ParameterizedTest
  @CsvSource({"120, 390", "260, 390", "330, 335", "20, 60"})
  void departsWhereYesterdaysFaultCameAtAnotherTimeOrWentSooner(int from, int to) {
    for (int seed = 0; seed < 8; seed++) {
      MadeSeries made =
          days(seed, 12)
              .fault(from, to, 0.4, 900, true)
              .fault(TODAY + 310, TODAY + HOUR, 0.4, 900, true);
      if (from == 330) {
        made.fault(300, 305, 0.4, 900, true);
      }

      assertThat(durations(today(made), List.of(yesterday(made))).departure())
          .as("seed %d", seed)
          .isPresent();
    }
  }

  @Test
  void departsWhereItIsMuchWorseThanTheSameYesterday() {
    MadeSeries made =
        days(8, 12)
            .fault(330, HOUR + MORE, 0.2, 500, false)
            .fault(TODAY + 330, TODAY + HOUR, 0.6, 5_000, false);

    assertThat(durations(today(made), List.of(yesterday(made))).departure()).isPresent();
  }

  @Test
  void seldomDepartsFromYesterdayWhereNothingIsWrong() {
    int alarms = 0;
    for (int seed = 0; seed < RUNS / 10; seed++) {
      MadeSeries made = days(seed, 1 + seed % 8);
      List<Earlier> days = List.of(yesterday(made));
      boolean alarm =
          errors(today(made), days).departure().isPresent()
              || durations(today(made), days).departure().isPresent();
      alarms += alarm ? 1 : 0;
    }

    assertThat(alarms).as("of %d calm days", RUNS / 10).isLessThanOrEqualTo(RUNS / 500);
  }

  @Test
  void isAsUsualWhereItWasSoAWeekAgo() {
    MadeSeries made = days(2, 12).fault(TODAY, TODAY + HOUR, 0.5, 900, false);
    MadeSeries week = days(2, 12).fault(YESTERDAY, TODAY, 0.5, 900, false);

    assertThat(durations(today(made), List.of(yesterday(made), earlier(7, week))).departure())
        .isEmpty();
  }

  @Test
  void takesNoDayWithHardlyACallForAMeasure() {
    MadeSeries made = days(4, 12).fault(TODAY, TODAY + HOUR, 0.5, 900, false);
    MadeSeries quiet = new MadeSeries(5, TODAY, 0.5).calm();

    assertThat(durations(today(made), List.of(earlier(1, quiet))).departure()).isEmpty();
  }

  @Test
  void leavesAProgramAloneThatHasJustStarted() {
    MadeSeries made = days(6, 12).fault(TODAY, TODAY + HOUR, 0.5, 900, false);
    Series today = today(made);
    for (int i = 0; i < HOUR - 24; i++) {
      today.calls()[i] = 0;
      today.errors()[i] = 0;
      today.durations()[i] = Series.empty(1).durations()[0];
    }
    var course = Course.of(Aspect.DURATIONS, today, HOUR - 24, HOUR);

    assertThat(
            SameHours.judged(course, Aspect.DURATIONS, today, TIMELINE, List.of(yesterday(made)))
                .departure())
        .isEmpty();
  }

  @Test
  void asksForAWeekAgoOnlyWhereYesterdayLeavesItOpen() {
    MadeSeries made = days(7, 12);
    var asked = new ArrayList<Integer>();
    Iterable<Earlier> days =
        () ->
            List.of(1, 7).stream()
                .peek(asked::add)
                .map(day -> day == 7 ? fail("a week ago was read") : earlier(day, made))
                .iterator();

    assertThat(durations(today(made), days).departure()).isEmpty();
    assertThat(asked).containsExactly(1);
  }
}
