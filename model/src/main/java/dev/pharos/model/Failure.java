package dev.pharos.model;

import dev.pharos.observe.Cause;
import java.time.Duration;
import java.util.Optional;

/// Why a whole request was not taken.
///
/// @param cause for the counters
/// @param retryable whether the sender should send it again
/// @param retryAfter how long the sender should wait, if the refusing part knows
/// @param message one sentence for the sender
/// @param status the status that a backend answered and that the sender should see, if any
public record Failure(
    Cause cause,
    boolean retryable,
    Optional<Duration> retryAfter,
    String message,
    Optional<Integer> status) {
  public static Failure retryable(Cause cause, String message) {
    return new Failure(cause, true, Optional.empty(), message, Optional.empty());
  }

  public static Failure retryable(Cause cause, String message, Duration after) {
    return new Failure(cause, true, Optional.of(after), message, Optional.empty());
  }

  public static Failure permanent(Cause cause, String message) {
    return new Failure(cause, false, Optional.empty(), message, Optional.empty());
  }

  /// The same with the gRPC status code (0 to 16) that a backend gave.
  public Failure withStatus(int grpcCode) {
    return new Failure(cause, retryable, retryAfter, message, Optional.of(grpcCode));
  }
}
