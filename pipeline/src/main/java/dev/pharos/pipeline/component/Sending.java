package dev.pharos.pipeline.component;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How it goes with what an exporter sends, as of one moment. Immutable.
///
/// @param retries sends that were in vain and are repeated, by what the backend answered
/// @param retrying batches that wait for their next try
/// @param nextTry how long the first of these still waits
/// @param lastFault the newest send that was in vain
/// @param oldest how long ago came what is here longest of that which no backend has taken
public record Sending(
    Map<String, Long> retries,
    int retrying,
    Optional<Duration> nextTry,
    Optional<Fault> lastFault,
    Optional<Duration> oldest) {
  /// A send that was in vain.
  ///
  /// @param isRepeated whether it is tried again; otherwise its items are lost
  public record Fault(Duration ago, String message, boolean isRepeated) {}

  public Sending {
    retries = Map.copyOf(retries);
  }

  /// That of several signals together; empty if there is none.
  public static Optional<Sending> together(List<Sending> all) {
    return all.stream().reduce(Sending::with);
  }

  private Sending with(Sending other) {
    var sums = new TreeMap<>(retries);
    other.retries.forEach((answer, tries) -> sums.merge(answer, tries, Long::sum));
    return new Sending(
        sums,
        retrying + other.retrying,
        both(nextTry, other.nextTry).min(Comparator.naturalOrder()),
        both(lastFault, other.lastFault).min(Comparator.comparing(Fault::ago)),
        both(oldest, other.oldest).max(Comparator.naturalOrder()));
  }

  private static <T> Stream<T> both(Optional<T> one, Optional<T> other) {
    return Stream.concat(one.stream(), other.stream());
  }
}
