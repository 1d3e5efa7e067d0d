package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.BodyProblem;
import dev.pharos.transport.Compressor;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.Decompressor;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpFailure;
import dev.pharos.transport.HttpFailure.Kind;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.UnreadableBodyException;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One HTTP call under way.
final class HttpClientCall extends ClientCall {
  /// A compressed answer that is short enough to be inflated on the event loop.
  private static final int MOST_INFLATED_INLINE = 16 << 10;

  private final CompletableFuture<HttpResponse> future = new CompletableFuture<>();
  private final HttpCall call;
  private final Headers fields;
  private final Body body;
  private final int maxResponseBytes;
  private int status;
  private Headers answerHeaders = Headers.EMPTY;
  private BodyBuffer answer;

  HttpClientCall(HttpCall call, int maxResponseBytes) {
    super(call.timeout());
    this.call = call;
    this.maxResponseBytes = maxResponseBytes;
    this.body = Compressor.compress(call.encoding(), call.level(), call.body());
    this.fields = withDefaults(call);
    this.answer = new BodyBuffer(-1, maxResponseBytes);
    future.whenComplete(
        (response, failure) -> {
          if (future.isCancelled()) {
            breakOff(Kind.CANCELLED, "the caller cancelled");
          }
        });
  }

  private static Headers withDefaults(HttpCall call) {
    List<String> all = new ArrayList<>();
    call.headers()
        .forEach(
            (name, value) -> {
              if (!name.equals("host")) {
                all.add(name);
                all.add(value);
              }
            });
    if (!call.headers().contains("user-agent")) {
      all.addAll(List.of("user-agent", "pharos"));
    }
    if (!call.headers().contains("accept-encoding")) {
      all.addAll(List.of("accept-encoding", "gzip, zstd, deflate"));
    }
    if (call.encoding() != ContentEncoding.IDENTITY) {
      all.addAll(List.of("content-encoding", call.encoding().token()));
    }
    return Headers.of(all.toArray(String[]::new));
  }

  CompletableFuture<HttpResponse> future() {
    return future;
  }

  @Override
  String method() {
    return call.method();
  }

  @Override
  String target() {
    URI uri = call.uri();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  @Override
  String authority() {
    return call.headers().first("host").orElse(call.uri().getRawAuthority());
  }

  @Override
  Headers fields() {
    return fields;
  }

  @Override
  Body body() {
    return body;
  }

  @Override
  Body prefix() {
    return Body.EMPTY;
  }

  @Override
  void onHead(int code, Headers headers) {
    status = code;
    answerHeaders = headers;
    try {
      long length = Long.parseLong(headers.first("content-length").orElse("-1"));
      answer = new BodyBuffer(length, maxResponseBytes);
    } catch (NumberFormatException e) {
      answer = new BodyBuffer(-1, maxResponseBytes);
    }
  }

  @Override
  void onData(ByteBuf in) {
    if (!settled() && !answer.append(in)) {
      breakOff(Kind.RESPONSE_TOO_LARGE, tooLarge());
    }
  }

  private String tooLarge() {
    return "the answer of " + authority() + " is larger than " + maxResponseBytes + " bytes";
  }

  @Override
  void onEnd(Headers trailers) {
    if (!settle()) {
      return;
    }
    String claimed = answerHeaders.first("content-encoding").orElse("");
    Optional<ContentEncoding> encoding = ContentEncoding.of(claimed);
    if (encoding.isEmpty() || encoding.get() == ContentEncoding.IDENTITY || answer.size() == 0) {
      future.complete(new HttpResponse(status, answerHeaders, answer.body()));
    } else if (answer.size() > MOST_INFLATED_INLINE) {
      Thread.ofVirtual().name("inflate").start(() -> inflate(encoding.get()));
    } else {
      inflate(encoding.get());
    }
  }

  private void inflate(ContentEncoding encoding) {
    try {
      Body plain = Decompressor.decompress(encoding, answer.body(), maxResponseBytes);
      future.complete(new HttpResponse(status, answerHeaders, plain));
    } catch (UnreadableBodyException e) {
      future.completeExceptionally(
          e.problem() instanceof BodyProblem.TooLarge
              ? new HttpFailure(Kind.RESPONSE_TOO_LARGE, tooLarge())
              : new HttpFailure(
                  Kind.BROKEN, "the answer of " + authority() + ": " + e.getMessage(), e));
    }
  }

  @Override
  void onReset(long code) {
    fail(Kind.BROKEN, authority() + " reset the stream with HTTP/2 error " + code, null);
  }

  @Override
  void failed(Kind kind, String message, @Nullable Throwable cause) {
    future.completeExceptionally(
        cause == null ? new HttpFailure(kind, message) : new HttpFailure(kind, message, cause));
  }
}
