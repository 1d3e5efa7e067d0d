package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogCrashTest {
  @Test
  void keepsEveryAcknowledgedFrameThroughThousandsOfCrashes() {
    for (long seed = 0; seed < 1_000; seed++) {
      int last = (int) seed;
      assertThat(violation(seed, Optional.empty())).as("seed %d", last).isEmpty();
    }
  }

  @Test
  void keepsEveryAcknowledgedFrameWhateverOperationIsTheLast() {
    for (long seed = 0; seed < 3; seed++) {
      for (int operation = 1; operation < 300; operation++) {
        LogCrashScenario scenario = new LogCrashScenario(seed);
        scenario.disk().cutAt(operation);
        scenario.live(60);
        scenario.live(10);
        scenario.finish();
      }
    }
  }

  static List<ForceSite> sites() {
    return List.of(
        DurableLog.COMMIT,
        DurableLog.OPENING,
        DurableLog.CUT_BACK,
        DurableLog.NEW_FILE,
        DurableLog.NEW_DIRECTORY,
        LogRecovery.TAIL);
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
    LogCrashScenario scenario = new LogCrashScenario(3);
    for (int i = 0; i < 50; i++) {
      scenario.live(30);
      assertThat(sites()).containsAll(scenario.disk().sites());
    }
  }

  private static Optional<Throwable> violation(long seed, Optional<ForceSite> ignored) {
    var scenario = new LogCrashScenario(seed);
    ignored.ifPresent(scenario::ignore);
    return scenario.violation(new CrashingUse.Lives(0, 8, 40, 12, 120));
  }
}
