package dev.pharos.components.otlp.exporter;

import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.Failure;
import dev.pharos.model.Tenant;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.queue.SendResult;
import dev.pharos.pipeline.queue.Sender;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcFailure;
import dev.pharos.transport.Headers;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.OtlpEncoder;
import dev.pharos.wire.otlp.RpcStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Exports batches of one signal over gRPC. Retryable, as OTLP has it: CANCELLED, DEADLINE_EXCEEDED, ABORTED,
/// OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS, and RESOURCE_EXHAUSTED if the answer carries a RetryInfo. Any thread.
final class GrpcSender<B extends Batch> implements Sender<B> {
  private final GrpcClient client;
  private final OtlpCodec<B> codec;
  private final Headers metadata;
  private final Encoders<B> encoders;

  GrpcSender(GrpcClient client, OtlpCodec<B> codec, Headers metadata) {
    this.client = client;
    this.codec = codec;
    this.metadata = metadata;
    this.encoders = new Encoders<>(codec);
  }

  @Override
  public boolean looksInside() {
    return false;
  }

  @Override
  public SendResult send(Cargo<B> cargo, Tenant tenant, Duration timeout)
      throws InterruptedException {
    OtlpEncoder<B> encoder = encoders.take();
    Body request = encoders.encode(encoder, cargo, OtlpHttpConfig.Encoding.PROTO);
    Duration limit = timeout.isPositive() ? timeout : Duration.ZERO;
    CompletableFuture<Body> answer =
        client.call(new GrpcCall(OtlpMethods.grpc(codec.signal()), request, metadata, limit));
    try {
      SendResult result = sent(answer.get(), cargo.items());
      encoders.giveBack(encoder);
      return result;
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      String status =
          thrown instanceof GrpcFailure failure ? failure.status().name() : Cause.INTERNAL.label();
      return new SendResult.Failed(failure(thrown), status);
    }
  }

  private static SendResult sent(Body message, int items) {
    if (message.isEmpty()) {
      return SendResult.ALL;
    }
    try {
      ExportResponse response = ExportResponse.parse(message.bytes());
      return new SendResult.Sent(
          Math.clamp(response.rejectedItems(), 0, items), response.message());
    } catch (DecodeException e) {
      // The status said that the batch was taken; an answer that cannot be read does not undo that.
      return SendResult.ALL;
    }
  }

  static Failure failure(Throwable thrown) {
    if (!(thrown instanceof GrpcFailure failure)) {
      return Failure.permanent(Cause.INTERNAL, "the export failed: " + thrown);
    }
    Optional<Duration> delay = retryDelay(failure.details());
    boolean retryable =
        switch (failure.status()) {
          case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> true;
          case RESOURCE_EXHAUSTED -> delay.isPresent();
          case OK,
              UNKNOWN,
              INVALID_ARGUMENT,
              NOT_FOUND,
              ALREADY_EXISTS,
              PERMISSION_DENIED,
              FAILED_PRECONDITION,
              UNIMPLEMENTED,
              INTERNAL,
              UNAUTHENTICATED ->
              false;
        };
    String message = "the backend answered " + failure.status() + ": " + failure.getMessage();
    Cause cause = retryable ? Cause.UNREACHABLE : Cause.REFUSED_DOWNSTREAM;
    return new Failure(cause, retryable, delay, message, Optional.of(failure.status().code()));
  }

  private static Optional<Duration> retryDelay(Body details) {
    if (details.isEmpty()) {
      return Optional.empty();
    }
    try {
      return RpcStatus.parse(details.bytes()).retryDelay().filter(delay -> !delay.isNegative());
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
