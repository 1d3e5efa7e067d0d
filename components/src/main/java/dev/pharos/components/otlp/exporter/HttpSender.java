package dev.pharos.components.otlp.exporter;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.Failure;
import dev.pharos.model.Tenant;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.queue.SendResult;
import dev.pharos.pipeline.queue.Sender;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpFailure;
import dev.pharos.transport.HttpResponse;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.OtlpEncoder;
import dev.pharos.wire.otlp.RpcStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Exports batches of one signal over HTTP. Retryable, as OTLP has it: 429, 502, 503 and 504, and connections that
/// broke; a 2xx whose answer cannot be read is a failure for good. Any thread.
final class HttpSender<B extends Batch> implements Sender<B> {
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";

  /// What is read of an error's text.
  private static final int MOST_TEXT = 4096;

  private final HttpClient client;
  private final OtlpCodec<B> codec;
  private final OtlpHttpConfig.Encoding encoding;
  private final HttpCall template;
  private final Clock clock;
  private final Encoders<B> encoders;

  /// @param template the call without body
  HttpSender(
      HttpClient client,
      OtlpCodec<B> codec,
      OtlpHttpConfig.Encoding encoding,
      HttpCall template,
      Clock clock) {
    this.client = client;
    this.codec = codec;
    this.encoding = encoding;
    this.template = template;
    this.clock = clock;
    this.encoders = new Encoders<>(codec);
  }

  static String contentType(OtlpHttpConfig.Encoding encoding) {
    return switch (encoding) {
      case PROTO -> PROTOBUF;
      case JSON -> JSON;
    };
  }

  @Override
  public boolean looksInside() {
    return encoding == OtlpHttpConfig.Encoding.JSON;
  }

  @Override
  public SendResult send(Cargo<B> cargo, Tenant tenant, Duration timeout)
      throws InterruptedException {
    OtlpEncoder<B> encoder = encoders.take();
    Body request = encoders.encode(encoder, cargo, encoding);
    HttpCall call =
        template.withBody(request).withTimeout(timeout.isPositive() ? timeout : Duration.ZERO);
    CompletableFuture<HttpResponse> answer = client.send(call);
    try {
      SendResult result = result(answer.get(), cargo.items());
      if (result instanceof SendResult.Sent) {
        encoders.giveBack(encoder);
      }
      return result;
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      return new SendResult.Failed(broken(thrown), answer(thrown));
    }
  }

  private SendResult result(HttpResponse response, int items) {
    if (response.status() < 200 || response.status() > 299) {
      return new SendResult.Failed(refused(response), String.valueOf(response.status()));
    }
    String type = mediaType(response);
    Body body = response.body();
    if (body.isEmpty() || !(type.equals(JSON) || type.equals(PROTOBUF))) {
      return SendResult.ALL;
    }
    try {
      ExportResponse answer =
          type.equals(JSON)
              ? ExportResponse.parseJson(body.bytes(), codec.signal())
              : ExportResponse.parse(body.bytes());
      return new SendResult.Sent(Math.clamp(answer.rejectedItems(), 0, items), answer.message());
    } catch (DecodeException e) {
      String message =
          template.uri()
              + " answered "
              + response.status()
              + " with a body that is no export response: "
              + e.getMessage();
      return new SendResult.Failed(Failure.permanent(Cause.REFUSED_DOWNSTREAM, message));
    }
  }

  private Failure refused(HttpResponse response) {
    int status = response.status();
    boolean retryable = status == 429 || status == 502 || status == 503 || status == 504;
    Optional<Duration> after =
        status == 429 || status == 503
            ? response.headers().first("retry-after").flatMap(text -> RetryAfter.parse(text, clock))
            : Optional.empty();
    String message = template.uri() + " answered " + status + reason(response);
    Cause cause = retryable ? Cause.UNREACHABLE : Cause.REFUSED_DOWNSTREAM;
    return new Failure(cause, retryable, after, message, Optional.of(status(status).code()));
  }

  /// The status that a sender sees where nothing was queued.
  private static GrpcStatus status(int http) {
    return switch (http) {
      case 400 -> GrpcStatus.INVALID_ARGUMENT;
      case 401 -> GrpcStatus.UNAUTHENTICATED;
      case 403 -> GrpcStatus.PERMISSION_DENIED;
      case 404 -> GrpcStatus.UNIMPLEMENTED;
      case 429 -> GrpcStatus.RESOURCE_EXHAUSTED;
      case 502, 503, 504 -> GrpcStatus.UNAVAILABLE;
      default -> GrpcStatus.UNKNOWN;
    };
  }

  private static String reason(HttpResponse response) {
    Body body = response.body();
    if (body.isEmpty()) {
      return "";
    }
    try {
      String message =
          switch (mediaType(response)) {
            case JSON -> RpcStatus.parseJson(body.bytes()).message();
            case PROTOBUF -> RpcStatus.parse(body.bytes()).message();
            default ->
                new Body(body.array(), body.offset(), Math.min(body.length(), MOST_TEXT))
                    .text()
                    .strip();
          };
      return message.isEmpty() ? "" : ": " + message;
    } catch (DecodeException e) {
      return "";
    }
  }

  /// What came instead of a status, in a few words.
  private static String answer(Throwable thrown) {
    if (!(thrown instanceof HttpFailure failure)) {
      return Cause.INTERNAL.label();
    }
    return switch (failure.kind()) {
      case UNKNOWN_HOST -> "unknown host";
      case CONNECT -> "no connection";
      case TIMEOUT -> "timeout";
      case BROKEN -> "broken connection";
      case TLS -> "TLS failed";
      case CANCELLED -> "cancelled";
      case RESPONSE_TOO_LARGE -> "answer too large";
    };
  }

  private static String mediaType(HttpResponse response) {
    String type = response.headers().first("content-type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private Failure broken(Throwable thrown) {
    if (!(thrown instanceof HttpFailure failure)) {
      return Failure.permanent(
          Cause.INTERNAL, "the export to " + template.uri() + " failed: " + thrown);
    }
    boolean retryable =
        switch (failure.kind()) {
          case UNKNOWN_HOST, CONNECT, TIMEOUT, BROKEN, TLS, CANCELLED -> true;
          case RESPONSE_TOO_LARGE -> false;
        };
    String message = "the export to " + template.uri() + " failed: " + failure.getMessage();
    Cause cause = retryable ? Cause.UNREACHABLE : Cause.REFUSED_DOWNSTREAM;
    GrpcStatus status = retryable ? GrpcStatus.UNAVAILABLE : GrpcStatus.UNKNOWN;
    return new Failure(cause, retryable, Optional.empty(), message, Optional.of(status.code()));
  }
}
