package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.demo.service.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoCommandLineTest {
  private static DemoCommandLine parse(String... words) {
    return DemoCommandLine.parse(new Random(1), words);
  }

  @Test
  void choosesAnyFaultAfterThreeMinutes() {
    Set<Fault> chosen = new HashSet<>();
    var random = new Random(7);
    for (int i = 0; i < 100; i++) {
      DemoCommandLine line = DemoCommandLine.parse(random);
      assertThat(line.healthy()).isEqualTo(Duration.ofMinutes(3));
      assertThat(line.surprise()).isTrue();
      chosen.add(line.fault().orElseThrow());
    }

    assertThat(chosen).containsExactlyInAnyOrder(Fault.values());
  }

  @Test
  void takesTheFaultTheTimeAndTheRateOfTheUser() {
    DemoCommandLine line = parse("--fault", "slow-query", "--healthy=1m30s", "--rate", "2.5");

    assertThat(line.fault()).contains(Fault.SLOW_QUERY);
    assertThat(line.surprise()).isFalse();
    assertThat(line.healthy()).isEqualTo(Duration.ofSeconds(90));
    assertThat(line.rate()).isEqualTo(2.5);
    assertThat(parse("--fault", "none").fault()).isEmpty();
  }

  @Test
  void leavesAllOtherWordsToPharos() {
    DemoCommandLine line = parse("--set", "a::b=1", "--data=d", "--listen=0.0.0.0");

    assertThat(line.pharos()).containsExactly("--set", "a::b=1", "--listen=0.0.0.0");
    assertThat(line.data()).contains("d");
  }

  @Test
  void refusesWhatItCannotReadAndSaysWhatItExpected() {
    assertThatThrownBy(() -> parse("--fault", "flood"))
        .hasMessage(
            "--fault flood (expected: slow-product, failing-region, slow-query, dying-instance, random or none)");
    assertThatThrownBy(() -> parse("--healthy", "soon")).hasMessageContaining("soon", "3m");
    assertThatThrownBy(() -> parse("--healthy=")).hasMessageContaining("3m");
    assertThatThrownBy(() -> parse("--rate", "0")).hasMessageContaining("above 0");
    assertThatThrownBy(() -> parse("--rate", "NaN")).hasMessageContaining("NaN");
    assertThatThrownBy(() -> parse("--rate")).hasMessage("option --rate lacks its value");
  }

  @Test
  void listsEachFaultAndWhatIsToBeFoundInItsHelp() {
    assertThat(parse("--help").help()).isTrue();
    for (Fault fault : Fault.values()) {
      assertThat(DemoCommandLine.usage())
          .contains(fault.word(), fault.happening(), "found: " + fault.finding());
    }
  }
}
