package dev.pharos.transport;

import java.time.Duration;

/// How long a listener keeps connections and waits on them. Zero durations mean no limit. Immutable.
///
/// @param idle closes a connection that carried no request for this long
/// @param readTimeout for the whole request, from its first byte; the connection or stream is closed
/// @param maxAge asks clients to reconnect after this long (HTTP/2 GOAWAY, HTTP/1.1 `Connection: close`)
/// @param maxAgeGrace closes the connection this long after `maxAge` even if requests are open
/// @param pingInterval HTTP/2: pings a client that has been silent this long, and closes if it does not answer within
///     `pingTimeout`
/// @param keepAlive HTTP/1.1: false closes the connection after each request
/// @param maxConcurrentStreams HTTP/2 requests open at a time on one connection
public record ConnectionLimits(
    Duration idle,
    Duration readTimeout,
    Duration maxAge,
    Duration maxAgeGrace,
    Duration pingInterval,
    Duration pingTimeout,
    boolean keepAlive,
    int maxConcurrentStreams) {
  /// No timeouts but gRPC's pings every two hours; 2^31 - 1 streams.
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofHours(2),
          Duration.ofSeconds(20),
          true,
          Integer.MAX_VALUE);

  public ConnectionLimits withIdle(Duration time) {
    return new ConnectionLimits(
        time,
        readTimeout,
        maxAge,
        maxAgeGrace,
        pingInterval,
        pingTimeout,
        keepAlive,
        maxConcurrentStreams);
  }

  public ConnectionLimits withReadTimeout(Duration time) {
    return new ConnectionLimits(
        idle,
        time,
        maxAge,
        maxAgeGrace,
        pingInterval,
        pingTimeout,
        keepAlive,
        maxConcurrentStreams);
  }

  public ConnectionLimits withMaxAge(Duration age, Duration grace) {
    return new ConnectionLimits(
        idle, readTimeout, age, grace, pingInterval, pingTimeout, keepAlive, maxConcurrentStreams);
  }

  public ConnectionLimits withPing(Duration interval, Duration timeout) {
    return new ConnectionLimits(
        idle, readTimeout, maxAge, maxAgeGrace, interval, timeout, keepAlive, maxConcurrentStreams);
  }

  public ConnectionLimits withKeepAlive(boolean on) {
    return new ConnectionLimits(
        idle,
        readTimeout,
        maxAge,
        maxAgeGrace,
        pingInterval,
        pingTimeout,
        on,
        maxConcurrentStreams);
  }

  public ConnectionLimits withMaxConcurrentStreams(int streams) {
    return new ConnectionLimits(
        idle, readTimeout, maxAge, maxAgeGrace, pingInterval, pingTimeout, keepAlive, streams);
  }
}
