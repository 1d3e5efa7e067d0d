package dev.pharos.transport;

import java.net.URI;
import java.time.Duration;

/// One request to send. Immutable.
///
/// @param uri absolute, `http` or `https`
/// @param encoding the body is compressed with, on sending; `Content-Encoding` is set to match
/// @param level of that compression, or [Compressor#DEFAULT_LEVEL]
/// @param timeout for the whole exchange, connecting included; zero for none
public record HttpCall(
    String method,
    URI uri,
    Headers headers,
    Body body,
    ContentEncoding encoding,
    int level,
    Duration timeout) {
  public HttpCall {
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "URL: \"" + uri + "\" (expected: http://host... or https://host...)");
    }
  }

  public static HttpCall get(URI uri) {
    return new HttpCall(
        "GET",
        uri,
        Headers.EMPTY,
        Body.EMPTY,
        ContentEncoding.IDENTITY,
        Compressor.DEFAULT_LEVEL,
        Duration.ZERO);
  }

  public static HttpCall post(URI uri, String contentType, Body body) {
    return new HttpCall(
        "POST",
        uri,
        Headers.of("content-type", contentType),
        body,
        ContentEncoding.IDENTITY,
        Compressor.DEFAULT_LEVEL,
        Duration.ZERO);
  }

  public HttpCall withHeaders(Headers fields) {
    return new HttpCall(method, uri, fields, body, encoding, level, timeout);
  }

  public HttpCall withEncoding(ContentEncoding other) {
    return withEncoding(other, Compressor.DEFAULT_LEVEL);
  }

  public HttpCall withEncoding(ContentEncoding other, int otherLevel) {
    return new HttpCall(method, uri, headers, body, other, otherLevel, timeout);
  }

  public HttpCall withBody(Body other) {
    return new HttpCall(method, uri, headers, other, encoding, level, timeout);
  }

  public HttpCall withTimeout(Duration time) {
    return new HttpCall(method, uri, headers, body, encoding, level, time);
  }
}
