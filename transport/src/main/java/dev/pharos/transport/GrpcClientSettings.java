package dev.pharos.transport;

import java.time.Duration;
import java.util.Optional;

/// How a [GrpcClient] connects and compresses. Immutable.
///
/// @param tls empty for clear text
/// @param encoding of the messages that are sent
/// @param authority sent as `:authority` instead of the address
/// @param pingInterval pings the server when silent this long; zero for never
/// @param maxMessageBytes of an answer, decompressed
public record GrpcClientSettings(
    Address server,
    Optional<ClientTls> tls,
    ContentEncoding encoding,
    Optional<String> authority,
    String userAgent,
    Duration connectTimeout,
    Duration pingInterval,
    Duration pingTimeout,
    int maxMessageBytes) {
  /// Clear text, uncompressed, answers of up to 4 MiB.
  public static GrpcClientSettings of(Address server) {
    return new GrpcClientSettings(
        server,
        Optional.empty(),
        ContentEncoding.IDENTITY,
        Optional.empty(),
        "pharos",
        Duration.ofSeconds(10),
        Duration.ZERO,
        Duration.ofSeconds(10),
        GrpcRoute.DEFAULT_MAX_MESSAGE_BYTES);
  }

  public GrpcClientSettings withTls(ClientTls settings) {
    return new GrpcClientSettings(
        server,
        Optional.of(settings),
        encoding,
        authority,
        userAgent,
        connectTimeout,
        pingInterval,
        pingTimeout,
        maxMessageBytes);
  }

  public GrpcClientSettings withEncoding(ContentEncoding other) {
    return new GrpcClientSettings(
        server,
        tls,
        other,
        authority,
        userAgent,
        connectTimeout,
        pingInterval,
        pingTimeout,
        maxMessageBytes);
  }

  public GrpcClientSettings withAuthority(String name) {
    return new GrpcClientSettings(
        server,
        tls,
        encoding,
        Optional.of(name),
        userAgent,
        connectTimeout,
        pingInterval,
        pingTimeout,
        maxMessageBytes);
  }

  public GrpcClientSettings withUserAgent(String agent) {
    return new GrpcClientSettings(
        server,
        tls,
        encoding,
        authority,
        agent,
        connectTimeout,
        pingInterval,
        pingTimeout,
        maxMessageBytes);
  }

  public GrpcClientSettings withConnectTimeout(Duration time) {
    return new GrpcClientSettings(
        server,
        tls,
        encoding,
        authority,
        userAgent,
        time,
        pingInterval,
        pingTimeout,
        maxMessageBytes);
  }

  public GrpcClientSettings withPing(Duration interval, Duration timeout) {
    return new GrpcClientSettings(
        server,
        tls,
        encoding,
        authority,
        userAgent,
        connectTimeout,
        interval,
        timeout,
        maxMessageBytes);
  }

  public GrpcClientSettings withMaxMessageBytes(int bytes) {
    return new GrpcClientSettings(
        server,
        tls,
        encoding,
        authority,
        userAgent,
        connectTimeout,
        pingInterval,
        pingTimeout,
        bytes);
  }
}
