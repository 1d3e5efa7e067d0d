package dev.pharos.insight;

import dev.pharos.store.read.Durations;
import java.util.OptionalDouble;

/// Calls added up: how many, how many of them failed, and their durations. One thread.
public final class Calls {
  private final Histogram durations = new Histogram();
  private long calls;
  private long errors;

  void add(long moreCalls, long moreErrors, Durations more) {
    calls += moreCalls;
    errors += moreErrors;
    durations.add(more);
  }

  public void add(Calls other) {
    calls += other.calls;
    errors += other.errors;
    durations.add(other.durations);
  }

  void add(int bucket, boolean error, long count) {
    calls += count;
    errors += error ? count : 0;
    durations.add(bucket, count);
  }

  public long calls() {
    return calls;
  }

  public long errors() {
    return errors;
  }

  public Histogram durations() {
    return durations;
  }

  /// From 0 to 1; 0 without a call.
  public double errorShare() {
    return calls == 0 ? 0 : (double) errors / calls;
  }

  public OptionalDouble quantile(double share) {
    return durations.quantile(share);
  }
}
