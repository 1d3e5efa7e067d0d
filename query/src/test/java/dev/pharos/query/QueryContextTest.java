package dev.pharos.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueryContextTest {
  private final Account account = new Ledger(1000).open("queries", 0.1);

  @Test
  void stopsAtTheDeadline() {
    var now = new AtomicReference<>(Instant.EPOCH);
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now.get();
          }
        };
    try (var context = new QueryContext("t", clock, Duration.ofSeconds(1), account, 100)) {
      context.check();
      now.set(Instant.EPOCH.plusMillis(1001));
      assertThatThrownBy(context::check)
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> assertThat(e.error()).isInstanceOf(QueryError.Timeout.class));
    }
  }

  @Test
  void stopsWhenCancelled() {
    try (var context = Contexts.create()) {
      context.cancel();
      assertThatThrownBy(context::check)
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> assertThat(e.error()).isInstanceOf(QueryError.Cancelled.class));
    }
  }

  @Test
  void refusesMemoryOverItsBudgetAndOverThatOfAll() {
    var clock = Clock.systemUTC();
    try (var context = new QueryContext("t", clock, Duration.ofSeconds(1), account, 60);
        var other = new QueryContext("t", clock, Duration.ofSeconds(1), account, 60)) {
      context.reserve(60);
      assertThatThrownBy(() -> context.reserve(1))
          .hasMessageContaining("memory budget of 60 bytes");
      other.reserve(40);
      assertThatThrownBy(() -> other.reserve(1)).hasMessageContaining("all queries together");
      assertThat(account.usedBytes()).isEqualTo(100);
    }
    assertThat(account.usedBytes()).isZero();
  }
}
