package dev.pharos.store;

import java.time.Duration;

/// What the owner of a store chooses.
///
/// @param tracesRetention how long spans are kept, by their start; zero for ever
/// @param logsRetention how long log records are kept, by their time; zero for ever
/// @param metricsRetention how long samples are kept; zero for ever
/// @param maxBytes of the whole directory, above which the oldest days go; 0 for no limit
/// @param resendWindow how long a resent request is told; zero for off
/// @param maxItemBytes a span, log record or data point with more is rejected alone
/// @param minFreeBytes room on the disk below which nothing is taken; at most an eighth of what is free at start
/// @param cutRows rows of a signal in memory at which they are written as segments
/// @param shares of the ledger
/// @param background whether cuts, merges and retention run by themselves; tests switch that off
public record StoreConfig(
    Duration tracesRetention,
    Duration logsRetention,
    Duration metricsRetention,
    long maxBytes,
    Duration resendWindow,
    long maxItemBytes,
    long minFreeBytes,
    long cutRows,
    Shares shares,
    boolean background) {

  /// Parts of the memory ledger, above 0; all parts of the process sum to at most 1.
  public record Shares(
      double inFlight, double tracesHead, double logsHead, double metricsHead, double resends) {}

  public static final StoreConfig DEFAULT =
      new StoreConfig(
          Duration.ofDays(3),
          Duration.ofDays(7),
          Duration.ofDays(30),
          0,
          Duration.ofMinutes(10),
          4 << 20,
          256L << 20,
          512_000,
          new Shares(0.12, 0.22, 0.18, 0.13, 0.05),
          true);
}
