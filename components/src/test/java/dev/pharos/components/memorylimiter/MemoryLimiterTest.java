package dev.pharos.components.memorylimiter;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.errors;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Processor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimiterTest {
  private static final long MIB = 1 << 20;

  private final Ledger ledger = new Ledger(1000 * MIB);
  private final Account account = ledger.open("all", 1);
  private final List<Parcel<SpanBatch>> passed = new ArrayList<>();

  private Processor<SpanBatch> limiter(String yaml) {
    return new MemoryLimiterFactory(ledger)
        .traces(
            setup("memory_limiter", new Registry()),
            config(MemoryLimiterConfig.SCHEMA, yaml),
            passed::add);
  }

  private Answer give(Processor<SpanBatch> limiter) {
    var answer = new Answer();
    limiter.accept(
        Parcel.of(Samples.spans(0, 1), Tenant.DEFAULT, RequestKey.NONE, answer.acknowledgement()));
    return answer;
  }

  @Test
  void refusesAboveItsLimitToBeSentAgainAndRecoversByItself() throws Exception {
    Processor<SpanBatch> limiter = limiter("{limit_mib: 100, spike_limit_mib: 20}");
    account.charge(80 * MIB);
    assertThat(give(limiter).isThere()).isFalse();
    account.charge(1);
    Failure failure = give(limiter).get().failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.MEMORY);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.retryAfter()).isPresent();
    assertThat(failure.message()).contains("80 MiB");
    assertThat(passed).hasSize(1);
    account.release(1);
    assertThat(give(limiter).isThere()).isFalse();
    assertThat(passed).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                      | 1000
          {limit_mib: 100}                                        | 80
          {limit_mib: 100, spike_limit_mib: 30}                   | 70
          {limit_percentage: 50}                                  | 400
          {limit_percentage: 50, spike_limit_percentage: 20}      | 300
          {limit_mib: 100, limit_percentage: 50}                  | 80
          """)
  void takesTheSpikeFromTheLimit(String yaml, long expectedMib) {
    assertThat(config(MemoryLimiterConfig.SCHEMA, yaml).limitBytes(1000 * MIB) / MIB)
        .isEqualTo(expectedMib);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {check_interval: 0s}                   | check_interval
          {limit_mib: 10, spike_limit_mib: 10}   | must be smaller
          {limit_percentage: 101}                | 0 to 100
          {spike_limit_percentage: 101}          | 0 to 100
          """)
  void refusesLimitsThatMakeNoSense(String yaml, String expected) {
    assertThat(errors(MemoryLimiterConfig.SCHEMA, yaml))
        .hasSize(1)
        .allMatch(error -> error.contains(expected));
  }
}
