package dev.pharos.transport;

import java.time.Duration;
import java.util.List;

/// Which web pages of other origins may call a listener. Immutable.
///
/// @param allowedOrigins exact origins, or with `*` anywhere in them (`https://*.example.com`, `*`)
/// @param allowedHeaders that a page may send; `*` for any. `Accept`, `Content-Type` and the like are always allowed
/// @param exposedHeaders that a page may read
/// @param maxAge how long a browser may remember a preflight answer; zero says nothing about it
public record Cors(
    List<String> allowedOrigins,
    List<String> allowedHeaders,
    List<String> exposedHeaders,
    Duration maxAge) {
  public Cors {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHeaders = List.copyOf(allowedHeaders);
    exposedHeaders = List.copyOf(exposedHeaders);
  }

  /// Whether a page of this origin may call.
  public boolean allows(String origin) {
    return allowedOrigins.stream().anyMatch(pattern -> matches(pattern, origin));
  }

  private static boolean matches(String pattern, String origin) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equalsIgnoreCase(origin);
    }
    String head = pattern.substring(0, star);
    String tail = pattern.substring(star + 1);
    return origin.length() >= head.length() + tail.length()
        && origin.regionMatches(true, 0, head, 0, head.length())
        && origin.regionMatches(true, origin.length() - tail.length(), tail, 0, tail.length());
  }
}
