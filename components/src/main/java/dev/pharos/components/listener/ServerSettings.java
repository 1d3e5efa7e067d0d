package dev.pharos.components.listener;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.schema.Header;
import dev.pharos.pipeline.config.schema.Secret;
import dev.pharos.pipeline.config.settings.CorsSettings;
import dev.pharos.pipeline.config.settings.GrpcServerSettings;
import dev.pharos.pipeline.config.settings.HttpServerSettings;
import dev.pharos.pipeline.config.settings.KeepaliveServerSettings;
import dev.pharos.pipeline.config.settings.TlsMaterial;
import dev.pharos.pipeline.config.settings.TlsServerSettings;
import dev.pharos.pipeline.config.settings.Transport;
import dev.pharos.transport.Address;
import dev.pharos.transport.ConnectionLimits;
import dev.pharos.transport.Cors;
import dev.pharos.transport.Headers;
import dev.pharos.transport.Pem;
import dev.pharos.transport.Route;
import dev.pharos.transport.ServerTls;
import dev.pharos.transport.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns the Collector's server settings into claims.
public final class ServerSettings {
  private ServerSettings() {}

  /// The claim of a gRPC server.
  ///
  /// @throws ComponentException for settings that this version cannot follow
  public static Claim grpc(
      String owner,
      String role,
      Claim.Origin origin,
      GrpcServerSettings settings,
      List<? extends Route> routes) {
    refuse(
        owner,
        settings.transport(),
        settings.auth().isPresent(),
        !settings.middlewares().isEmpty());
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    if (settings.maxConcurrentStreams() > 0) {
      limits = limits.withMaxConcurrentStreams(settings.maxConcurrentStreams());
    }
    if (settings.keepalive().isPresent()) {
      KeepaliveServerSettings keepalive = settings.keepalive().get();
      limits =
          limits
              .withIdle(keepalive.maxConnectionIdle())
              .withMaxAge(keepalive.maxConnectionAge(), keepalive.maxConnectionAgeGrace())
              .withPing(
                  or(keepalive.time(), limits.pingInterval()),
                  or(keepalive.timeout(), limits.pingTimeout()));
    }
    return Claim.of(owner, role, origin, Address.parse(settings.endpoint()), routes)
        .withTls(settings.tls().map(ServerSettings::tls))
        .withLimits(limits);
  }

  /// The claim of an HTTP server, as [#grpc].
  public static Claim http(
      String owner,
      String role,
      Claim.Origin origin,
      HttpServerSettings settings,
      List<? extends Route> routes) {
    refuse(
        owner,
        settings.transport(),
        settings.auth().isPresent(),
        !settings.middlewares().isEmpty());
    ConnectionLimits limits =
        ConnectionLimits.DEFAULT
            .withIdle(settings.idleTimeout())
            .withReadTimeout(
                settings.readTimeout().isNegative() ? Duration.ZERO : settings.readTimeout())
            .withKeepAlive(settings.keepAlivesEnabled());
    return Claim.of(owner, role, origin, Address.parse(settings.endpoint()), routes)
        .withTls(settings.tls().map(ServerSettings::tls))
        .withCors(
            settings
                .cors()
                .filter(cors -> !cors.allowedOrigins().isEmpty())
                .map(ServerSettings::cors))
        .withLimits(limits)
        .withResponseHeaders(headers(settings.responseHeaders()));
  }

  private static void refuse(String owner, Transport transport, boolean auth, boolean middlewares) {
    if (transport == Transport.UNIX) {
      throw new ComponentException(owner + ": transport unix is not supported yet (expected: tcp)");
    }
    if (auth) {
      throw new ComponentException(
          owner + ": auth is not supported yet: no extension of this version checks who calls");
    }
    if (middlewares) {
      throw new ComponentException(owner + ": middlewares are not supported yet");
    }
  }

  private static Duration or(Duration set, Duration otherwise) {
    return set.isZero() ? otherwise : set;
  }

  /// Headers with their values as they are sent.
  public static Headers headers(List<Header> headers) {
    List<String> pairs = new ArrayList<>();
    headers.forEach(
        header -> {
          pairs.add(header.name());
          pairs.add(header.value().reveal());
        });
    return Headers.of(pairs.toArray(String[]::new));
  }

  private static ServerTls tls(TlsServerSettings settings) {
    TlsMaterial material = settings.material();
    ServerTls tls =
        ServerTls.of(
                pem(material.certFile(), material.certPem()).orElseThrow(),
                pem(material.keyFile(), material.keyPem()).orElseThrow())
            .withVersions(
                version(material.minVersion(), TlsVersion.TLS_1_2),
                version(material.maxVersion(), TlsVersion.TLS_1_3))
            .withCiphers(material.cipherSuites());
    return settings.clientCaFile().isEmpty()
        ? tls
        : tls.withClientCa(Pem.file(settings.clientCaFile()));
  }

  static Optional<Pem> pem(String file, Secret text) {
    if (!file.isEmpty()) {
      return Optional.of(Pem.file(file));
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(Pem.text(text.reveal()));
  }

  /// TLS 1.0 and 1.1 are switched off in the JDK, so they mean 1.2.
  static TlsVersion version(String version, TlsVersion otherwise) {
    return version.isEmpty()
        ? otherwise
        : version.equals("1.3") ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
  }

  private static Cors cors(CorsSettings settings) {
    return new Cors(
        settings.allowedOrigins(),
        settings.allowedHeaders(),
        settings.exposedHeaders(),
        Duration.ofSeconds(settings.maxAgeSeconds()));
  }
}
