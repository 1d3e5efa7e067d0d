package dev.pharos.transport;

import java.util.EnumSet;
import java.util.Set;

/// One path of a listener and who answers it. Immutable; the `with` methods give changed copies.
///
/// @param methods in upper case; empty for all. `GET` takes `HEAD` too, whose body is not sent
/// @param path literal segments, `{name}` for one decoded segment, and a last `*` for the rest:
///     `/loki/api/v1/label/{name}/values`
/// @param maxBodyBytes after decompression; the compressed bytes may not pass it either
/// @param encodings of request bodies that are taken. Without [ContentEncoding#IDENTITY] bodies are handed over as sent
/// @param problems answers where the body could not be had
/// @param compressReplies gzip for replies of 1 KiB and more if the client takes it
public record HttpRoute(
    Set<String> methods,
    String path,
    HttpHandler handler,
    Execution execution,
    long maxBodyBytes,
    Set<ContentEncoding> encodings,
    BodyProblem.Handler problems,
    boolean compressReplies)
    implements Route {
  /// The Collector's `max_request_body_size`.
  public static final long DEFAULT_MAX_BODY_BYTES = 20L << 20;

  public HttpRoute {
    methods = Set.copyOf(methods);
    encodings = Set.copyOf(encodings);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: \"" + path + "\" (expected: to start with /)");
    }
    if (maxBodyBytes < 0 || maxBodyBytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "maxBodyBytes: " + maxBodyBytes + " (expected: 0 to 2^31 - 65)");
    }
  }

  /// A route on virtual threads with the defaults; `method` `*` takes every method.
  public static HttpRoute of(String method, String path, HttpHandler handler) {
    return new HttpRoute(
        method.equals("*") ? Set.of() : Set.of(method.split("\\|")),
        path,
        handler,
        Execution.VIRTUAL,
        DEFAULT_MAX_BODY_BYTES,
        EnumSet.allOf(ContentEncoding.class),
        BodyProblem.Handler.PLAIN,
        false);
  }

  public HttpRoute withHandler(HttpHandler other) {
    return new HttpRoute(
        methods, path, other, execution, maxBodyBytes, encodings, problems, compressReplies);
  }

  public HttpRoute withExecution(Execution other) {
    return new HttpRoute(
        methods, path, handler, other, maxBodyBytes, encodings, problems, compressReplies);
  }

  public HttpRoute withMaxBodyBytes(long bytes) {
    return new HttpRoute(
        methods, path, handler, execution, bytes, encodings, problems, compressReplies);
  }

  public HttpRoute withEncodings(Set<ContentEncoding> taken) {
    return new HttpRoute(
        methods, path, handler, execution, maxBodyBytes, taken, problems, compressReplies);
  }

  public HttpRoute withProblems(BodyProblem.Handler other) {
    return new HttpRoute(
        methods, path, handler, execution, maxBodyBytes, encodings, other, compressReplies);
  }

  public HttpRoute withCompressedReplies() {
    return new HttpRoute(
        methods, path, handler, execution, maxBodyBytes, encodings, problems, true);
  }
}
