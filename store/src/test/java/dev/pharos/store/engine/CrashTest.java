package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.CrashingUse;
import dev.pharos.log.ForceSite;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Power cuts and kills at every operation of log, cut, merge and retention. The system property `pharos.cuts` sets how
/// many.
class CrashTest {
  private static final int LIVES = 6;
  private static final int CUTS = Integer.getInteger("pharos.cuts", 3000);

  @Test
  void keepsEveryAcknowledgedRowOnceThroughPowerCutsAtRandomOperations() {
    for (long seed = 0; seed < CUTS / LIVES; seed++) {
      assertThat(violation(seed, Optional.empty())).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void keepsEveryAcknowledgedRowOnceWhateverOperationIsTheLast() {
    for (int operation = 1; operation < CUTS / 10; operation++) {
      var scenario = new CrashScenario(operation % 3);
      scenario.disk().cutAt(operation);
      scenario.live(80);
      scenario.live(5);
      scenario.finish();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "segment.directory",
        "segment.data",
        "segment.name",
        "journal.edit",
        "journal.snapshot",
        "journal.renamed-snapshot",
        "log.commit",
        "log.new-file",
        "log.new-directory"
      })
  void losesRowsWithoutTheForce(String site) {
    for (long seed = 0; seed < 5000; seed++) {
      if (violation(seed, Optional.of(new ForceSite(site))).isPresent()) {
        return;
      }
    }
    throw new AssertionError("nothing is lost without the force " + site);
  }

  @Test
  void everyForceIsTriedOrProvenByTheLogsOwnTests() {
    var scenario = new CrashScenario(5);
    for (int i = 0; i < 30; i++) {
      scenario.live(40);
    }
    assertThat(scenario.sites())
        .filteredOn(site -> !site.startsWith("log.") && !site.startsWith("journal."))
        .containsExactly("segment.data", "segment.directory", "segment.name");
  }

  private static Optional<Throwable> violation(long seed, Optional<ForceSite> ignored) {
    var scenario = new CrashScenario(seed);
    ignored.ifPresent(scenario::ignore);
    // In every second one the power goes soon after the very first rows.
    int first = seed % 2 == 1 ? 3 : 0;
    return scenario.violation(new CrashingUse.Lives(first, LIVES, 30, 40, 300));
  }
}
