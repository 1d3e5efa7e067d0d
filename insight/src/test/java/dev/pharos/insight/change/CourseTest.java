package dev.pharos.insight.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.insight.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {
  private static final int RUNS = Integer.getInteger("pharos.insight.runs", 1_000);
  private static final double[] RATES = {1, 5, 12, 40};

  private static Course<Departure.Errors> errors(Series series) {
    return Course.of(Aspect.ERRORS, series, series.first(), series.columns());
  }

  private static Course<Departure.Longer> durations(Series series) {
    return Course.of(Aspect.DURATIONS, series, series.first(), series.columns());
  }

  @Test
  void seldomDepartsWhereNothingIsWrong() {
    int alarms = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      int columns = 12 + seed % 40;
      Series series = new MadeSeries(seed, columns, RATES[seed % RATES.length]).calm().series();
      boolean alarm =
          errors(series).departure().isPresent() || durations(series).departure().isPresent();
      alarms += alarm ? 1 : 0;
    }

    assertThat(alarms).as("of %d calm courses", RUNS).isLessThanOrEqualTo(RUNS / 100);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 0.12, 800, 4",
    "12, 0.5, 400, 3",
    "12, 1, 400, 3",
    "5, 0.15, 900, 5",
    "40, 0.05, 1500, 4",
    "200, 0.03, 2000, 4"
  })
  void tellsSlowCallsWithinAMinuteAndSinceWhen(
      double rate, double part, double millis, int columns) {
    int calm = 18;
    int found = 0;
    int seeds = 20;
    for (int seed = 0; seed < seeds; seed++) {
      Series series =
          new MadeSeries(seed, calm + columns, rate)
              .calm()
              .fault(calm, calm + columns, part, millis, false)
              .series();
      Course<Departure.Longer> course = durations(series);
      if (course.departure().isPresent()
          && Math.abs(course.since() - calm) <= 1
          && course.departure().get().to() > course.departure().get().from()) {
        found++;
      }
    }

    assertThat(found).as("of %d", seeds).isGreaterThanOrEqualTo(seeds - 1);
  }

  @ParameterizedTest
  @CsvSource({"12, 0.17, 4", "12, 0.5, 3", "5, 0.2, 5", "40, 0.05, 4", "200, 0.02, 4"})
  void tellsFailingCallsWithinAMinuteAndSinceWhen(double rate, double part, int columns) {
    int calm = 18;
    int found = 0;
    int seeds = 20;
    for (int seed = 0; seed < seeds; seed++) {
      Series series =
          new MadeSeries(seed, calm + columns, rate)
              .calm()
              .fault(calm, calm + columns, part, 5, true)
              .series();
      Course<Departure.Errors> course = errors(series);
      if (course.departure().isPresent() && Math.abs(course.since() - calm) <= 1) {
        found++;
      }
    }

    assertThat(found).as("of %d", seeds).isGreaterThanOrEqualTo(seeds - 1);
  }

  @Test
  void isAsUsualOnceAFaultHasGone() {
    Series series = new MadeSeries(5, 40, 12).calm().fault(18, 26, 0.5, 900, true).series();

    assertThat(errors(series).departure()).isEmpty();
    assertThat(durations(series).departure()).isEmpty();
    assertThat(errors(series).stretches().size()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void tellsASecondFaultBesideTheCalmAndNotBesideTheFirst() {
    Series series =
        new MadeSeries(6, 60, 12)
            .calm()
            .fault(18, 44, 0.3, 900, false)
            .fault(54, 60, 0.12, 900, false)
            .series();

    Course<Departure.Longer> course = durations(series);

    assertThat(course.departure()).isPresent();
    assertThat(course.since()).isBetween(53, 55);
  }

  @Test
  void takesNoSingleBurstForAState() {
    Series series = new MadeSeries(7, 30, 12).calm().fault(28, 29, 0.4, 900, true).series();

    assertThat(errors(series).departure()).isEmpty();
    assertThat(durations(series).departure()).isEmpty();
  }
}
