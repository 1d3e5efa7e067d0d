package dev.pharos.components.otlp.receiver;

import dev.pharos.model.Failure;
import dev.pharos.observe.Cause;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.wire.otlp.RpcStatus;
import java.time.Duration;
import java.util.Optional;

/// How a refused request is answered, as the Collector's receiver does: retryable ones with UNAVAILABLE and 503,
/// permanent ones with INTERNAL and 500, a backend's own status as it is, a tenant's limit with RESOURCE_EXHAUSTED and
/// 429.
///
/// @param status of gRPC, also told in the HTTP answer's body
record Refusal(GrpcStatus status, RpcStatus details) {
  /// What a sender is asked to wait where the refusing part did not say.
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  static Refusal of(Failure failure) {
    GrpcStatus status = failure.status().map(GrpcStatus::of).orElseGet(() -> status(failure));
    boolean retryable =
        failure.retryable()
            && (status == GrpcStatus.UNAVAILABLE || status == GrpcStatus.RESOURCE_EXHAUSTED);
    Optional<Duration> delay =
        retryable ? failure.retryAfter().or(() -> Optional.of(RETRY_AFTER)) : Optional.empty();
    return new Refusal(status, new RpcStatus(status.code(), failure.message(), delay));
  }

  static Refusal of(GrpcStatus status, String message) {
    return new Refusal(status, RpcStatus.of(status.code(), message));
  }

  private static GrpcStatus status(Failure failure) {
    if (failure.cause() == Cause.TENANT_LIMIT) {
      return GrpcStatus.RESOURCE_EXHAUSTED;
    }
    return failure.retryable() ? GrpcStatus.UNAVAILABLE : GrpcStatus.INTERNAL;
  }

  int httpStatus() {
    return switch (status) {
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> 503;
      case RESOURCE_EXHAUSTED -> 429;
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case UNIMPLEMENTED -> 404;
      case OK, UNKNOWN, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, INTERNAL -> 500;
    };
  }

  /// Whole seconds for `Retry-After`, at least 1.
  Optional<String> retryAfter() {
    return details
        .retryDelay()
        .map(delay -> Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
  }

  String message() {
    return details.message();
  }
}
