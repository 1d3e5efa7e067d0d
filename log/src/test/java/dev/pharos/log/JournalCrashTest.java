package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalCrashTest {
  @Test
  void keepsEveryDurableEditThroughThousandsOfCrashes() {
    for (long seed = 0; seed < 1_000; seed++) {
      long current = seed;
      assertThat(violation(seed, Optional.empty())).as(() -> "seed " + current).isEmpty();
    }
  }

  @Test
  void keepsEveryDurableEditWhateverOperationIsTheLast() {
    for (long seed = 0; seed < 3; seed++) {
      for (int operation = 1; operation < 200; operation++) {
        JournalCrashScenario scenario = new JournalCrashScenario(seed);
        scenario.disk().cutAt(operation);
        scenario.live(80);
        scenario.live(10);
        scenario.finish();
      }
    }
  }

  static List<ForceSite> sites() {
    return List.of(
        Journal.EDIT,
        Journal.SNAPSHOT,
        Journal.RENAMED,
        Journal.TAIL,
        Journal.RECOVERED_NAME,
        Journal.CUT_BACK);
  }

  @ParameterizedTest
  @MethodSource("sites")
  void failsWithoutTheForce(ForceSite site) {
    for (long seed = 0; seed < 20_000; seed++) {
      if (violation(seed, Optional.of(site)).isPresent()) {
        return;
      }
    }
    throw new AssertionError("nothing is lost without the force " + site);
  }

  @Test
  void asksForNoOtherForce() {
    JournalCrashScenario scenario = new JournalCrashScenario(3);
    for (int i = 0; i < 50; i++) {
      scenario.live(30);
      assertThat(sites()).containsAll(scenario.disk().sites());
    }
  }

  private static Optional<Throwable> violation(long seed, Optional<ForceSite> ignored) {
    var scenario = new JournalCrashScenario(seed);
    ignored.ifPresent(scenario::ignore);
    return scenario.violation(new CrashingUse.Lives(0, 8, 60, 12, 120));
  }
}
