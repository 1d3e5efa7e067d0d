package dev.pharos.query;

import dev.pharos.observe.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/// Query contexts for tests: tenant `default`, a clock that stands still, 64 MiB unless said.
public final class Contexts {
  private Contexts() {}

  public static QueryContext create() {
    return create(64 << 20);
  }

  public static QueryContext create(long budgetBytes) {
    var clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    return new QueryContext(
        "default",
        clock,
        Duration.ofSeconds(10),
        new Ledger(1 << 30).open("queries", 0.5),
        budgetBytes);
  }
}
