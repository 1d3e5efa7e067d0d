package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.BodyProblem;
import dev.pharos.transport.Compressor;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.GrpcFailure;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpFailure.Kind;
import dev.pharos.transport.UnreadableBodyException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One unary gRPC call under way.
final class GrpcClientCall extends ClientCall {
  private final CompletableFuture<Body> future = new CompletableFuture<>();
  private final GrpcCall call;
  private final String authority;
  private final AsciiString[] common;
  private final ContentEncoding encoding;
  private final Body body;
  private final Body prefix;
  private final int maxMessageBytes;
  private final MessageReader reader;
  private int status;
  private Headers head = Headers.EMPTY;

  GrpcClientCall(
      GrpcCall call, GrpcClientSettings settings, AsciiString[] common, String authority) {
    super(call.timeout());
    this.call = call;
    this.authority = authority;
    this.common = common;
    this.encoding = settings.encoding();
    this.body = Compressor.compress(encoding, Compressor.DEFAULT_LEVEL, call.message());
    this.prefix = prefix(body.length(), encoding != ContentEncoding.IDENTITY);
    this.maxMessageBytes = settings.maxMessageBytes();
    this.reader = new MessageReader(maxMessageBytes);
    future.whenComplete(
        (answer, failure) -> {
          if (future.isCancelled()) {
            breakOff(Kind.CANCELLED, "the caller cancelled");
          }
        });
  }

  private static Body prefix(int length, boolean compressed) {
    return Body.of(
        new byte[] {
          (byte) (compressed ? 1 : 0),
          (byte) (length >>> 24),
          (byte) (length >>> 16),
          (byte) (length >>> 8),
          (byte) length
        });
  }

  CompletableFuture<Body> future() {
    return future;
  }

  @Override
  String method() {
    return "POST";
  }

  @Override
  String target() {
    return "/" + call.method();
  }

  @Override
  String authority() {
    return authority;
  }

  @Override
  Headers fields() {
    return call.metadata();
  }

  /// The fields that every call of a client carries.
  static AsciiString[] common(GrpcClientSettings settings) {
    List<AsciiString> all =
        new ArrayList<>(
            List.of(
                Fields.CONTENT_TYPE,
                GrpcWords.TYPE,
                AsciiString.cached("te"),
                AsciiString.cached("trailers"),
                AsciiString.cached("user-agent"),
                Fields.value("user-agent", settings.userAgent()),
                GrpcWords.ACCEPT_ENCODING,
                GrpcWords.ACCEPTED));
    if (settings.encoding() != ContentEncoding.IDENTITY) {
      all.add(GrpcWords.ENCODING);
      all.add(AsciiString.cached(settings.encoding().token()));
    }
    return all.toArray(AsciiString[]::new);
  }

  @Override
  void fill(Http2Headers into) {
    for (int i = 0; i < common.length; i += 2) {
      into.add(common[i], common[i + 1]);
    }
    long left = remainingNanos();
    if (left > 0) {
      into.add(GrpcWords.TIMEOUT, AsciiString.of(GrpcWords.timeout(left)));
    }
    super.fill(into);
  }

  @Override
  Body body() {
    return body;
  }

  @Override
  Body prefix() {
    return prefix;
  }

  @Override
  void onHead(int code, Headers headers) {
    status = code;
    head = headers;
  }

  @Override
  void onData(ByteBuf in) {
    if (status != 200 || settled()) {
      return;
    }
    switch (reader.read(in)) {
      case PARTIAL, WHOLE -> {}
      case TOO_LARGE ->
          reject(
              GrpcStatus.RESOURCE_EXHAUSTED,
              "received message larger than max ("
                  + reader.length()
                  + " vs. "
                  + maxMessageBytes
                  + ")");
      case SEVERAL -> reject(GrpcStatus.INTERNAL, "more than one message in a unary answer");
    }
  }

  private void reject(GrpcStatus why, String message) {
    if (settle()) {
      future.completeExceptionally(new GrpcFailure(why, message, Body.EMPTY));
    }
  }

  @Override
  void onEnd(Headers trailers) {
    if (!settle()) {
      return;
    }
    String code = trailers.first("grpc-status").or(() -> head.first("grpc-status")).orElse("");
    if (code.isEmpty()) {
      future.completeExceptionally(
          new GrpcFailure(
              ofHttp(status),
              authority + " answered HTTP status " + status + " without a grpc-status",
              Body.EMPTY));
      return;
    }
    GrpcStatus outcome = number(code);
    if (outcome != GrpcStatus.OK) {
      String message =
          trailers.first("grpc-message").or(() -> head.first("grpc-message")).orElse("");
      Body details = trailers.binary("grpc-status-details-bin").map(Body::of).orElse(Body.EMPTY);
      future.completeExceptionally(
          new GrpcFailure(outcome, GrpcWords.percentDecode(message), details));
      return;
    }
    complete();
  }

  private void complete() {
    if (!reader.whole()) {
      future.completeExceptionally(
          new GrpcFailure(
              GrpcStatus.INTERNAL, authority + " answered OK without a whole message", Body.EMPTY));
      return;
    }
    try {
      String claimed = head.first("grpc-encoding").orElse("identity");
      future.complete(reader.message(ContentEncoding.of(claimed), claimed));
    } catch (UnreadableBodyException e) {
      GrpcStatus why =
          e.problem() instanceof BodyProblem.TooLarge
              ? GrpcStatus.RESOURCE_EXHAUSTED
              : GrpcStatus.INTERNAL;
      future.completeExceptionally(
          new GrpcFailure(why, "the answer's message: " + e.getMessage(), e));
    }
  }

  private static GrpcStatus number(String code) {
    try {
      return GrpcStatus.of(Integer.parseInt(code));
    } catch (NumberFormatException e) {
      return GrpcStatus.UNKNOWN;
    }
  }

  /// The status of an answer that does not speak gRPC (grpc/grpc: doc/http-grpc-status-mapping.md).
  private static GrpcStatus ofHttp(int status) {
    return switch (status) {
      case 400 -> GrpcStatus.INTERNAL;
      case 401 -> GrpcStatus.UNAUTHENTICATED;
      case 403 -> GrpcStatus.PERMISSION_DENIED;
      case 404 -> GrpcStatus.UNIMPLEMENTED;
      case 429, 502, 503, 504 -> GrpcStatus.UNAVAILABLE;
      default -> GrpcStatus.UNKNOWN;
    };
  }

  @Override
  void onReset(long code) {
    GrpcStatus why =
        switch (Http2Error.valueOf(code)) {
          case REFUSED_STREAM -> GrpcStatus.UNAVAILABLE;
          case CANCEL -> GrpcStatus.CANCELLED;
          case ENHANCE_YOUR_CALM -> GrpcStatus.RESOURCE_EXHAUSTED;
          case INADEQUATE_SECURITY -> GrpcStatus.PERMISSION_DENIED;
          case null, default -> GrpcStatus.INTERNAL;
        };
    reject(why, authority + " reset the stream with HTTP/2 error " + code);
  }

  @Override
  void failed(Kind kind, String message, @Nullable Throwable cause) {
    GrpcStatus why =
        switch (kind) {
          case TIMEOUT ->
              remainingNanos() == 1 ? GrpcStatus.DEADLINE_EXCEEDED : GrpcStatus.UNAVAILABLE;
          case CANCELLED -> GrpcStatus.CANCELLED;
          case RESPONSE_TOO_LARGE -> GrpcStatus.RESOURCE_EXHAUSTED;
          case UNKNOWN_HOST, CONNECT, TLS, BROKEN -> GrpcStatus.UNAVAILABLE;
        };
    future.completeExceptionally(
        cause == null
            ? new GrpcFailure(why, message, Body.EMPTY)
            : new GrpcFailure(why, message, cause));
  }
}
