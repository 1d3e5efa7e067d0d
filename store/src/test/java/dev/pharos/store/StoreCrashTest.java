package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.CrashingUse;
import dev.pharos.log.ForceSite;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Power cuts and kills at every operation of log, cut, merge, retention and deletion of the three signals, in the
/// formats that the product writes. The system property `pharos.cuts` sets how many.
class StoreCrashTest {
  private static final int LIVES = 6;
  private static final int CUTS = Integer.getInteger("pharos.cuts", 120);

  @Test
  void keepsEveryAcknowledgedRowOnceAndNoDeletedOneThroughPowerCuts() {
    for (long seed = 0; seed < CUTS / LIVES; seed++) {
      assertThat(violation(seed, Optional.empty())).as("seed %d", seed).isEmpty();
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
  void losesOrShowsRowsWithoutTheForce(String site) {
    for (long seed = 0; seed < 3000; seed++) {
      if (violation(seed, Optional.of(new ForceSite(site))).isPresent()) {
        return;
      }
    }
    throw new AssertionError("nothing goes wrong without the force " + site);
  }

  private static Optional<Throwable> violation(long seed, Optional<ForceSite> ignored) {
    var scenario = new StoreCrashScenario(seed);
    ignored.ifPresent(scenario::ignore);
    // In every second one the power goes soon after the very first rows.
    int first = seed % 2 == 1 ? 3 : 0;
    return scenario.violation(new CrashingUse.Lives(first, LIVES, 30, 80, 500));
  }
}
