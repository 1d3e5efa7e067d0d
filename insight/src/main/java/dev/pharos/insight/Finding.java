package dev.pharos.insight;

import dev.pharos.insight.compare.Ranking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One thing that is wrong, with what proves it.
///
/// @param service the one to blame
/// @param earlier whether it may have begun before `sinceNanos`, which is as far as was looked
/// @param days how many days before the normal lies
/// @param quantile that `from` and `to` are of, for durations
/// @param from of the normal: a quantile in nanoseconds, a share of errors, or calls a second
/// @param to the same now
/// @param cause where it arises: in the service, or in what it waits for
/// @param attribute what slow or failed calls have in common
/// @param count slow or failed calls
/// @param touched calls more than usual that are slow or failed, in the service and in those that wait for it
/// @param explains the services that wait for this one
/// @param silence of an instance of the service, or of one that it calls, at the same time
/// @param leastNanos of slow calls
public record Finding(
    String service,
    Away.Kind what,
    long sinceNanos,
    boolean earlier,
    int days,
    double quantile,
    double from,
    double to,
    Away.Cause cause,
    Optional<Ranking.Row> attribute,
    long count,
    double touched,
    Optional<Explains> explains,
    Optional<NewVersion> version,
    Optional<Silence> silence,
    Lines lines,
    String traceId,
    long boxStartNanos,
    long boxEndNanos,
    OptionalLong leastNanos) {
  /// @param share of what the services have more of
  public record Explains(double share, List<String> services) {}

  /// A version that came shortly before.
  public record NewVersion(String from, String to, long atNanos) {}

  /// The calls with the attribute beside the others, in the unit of `from`.
  ///
  /// @param lit NaN where there is no call, as `rest`
  public record Lines(long startNanos, long stepNanos, double[] lit, double[] rest) {}

  public String sentence() {
    return Wording.sentence(this);
  }

  public String evidence() {
    return Wording.evidence(this);
  }
}
