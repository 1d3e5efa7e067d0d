package dev.pharos.transport;

import java.util.Optional;

/// How a client encrypts and whom it trusts. Immutable.
///
/// @param ca who may have issued the server's certificate; empty for the JDK's own list
/// @param certificate of the client, with `key`, for mTLS
/// @param insecureSkipVerify takes any certificate of any name
/// @param serverName sent as SNI and checked instead of the address's host
public record ClientTls(
    Optional<Pem> ca,
    Optional<Pem> certificate,
    Optional<Pem> key,
    boolean insecureSkipVerify,
    Optional<String> serverName,
    TlsVersion minVersion,
    TlsVersion maxVersion) {
  /// The JDK's trusted issuers, TLS 1.2 and 1.3, no client certificate.
  public static final ClientTls DEFAULT =
      new ClientTls(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          TlsVersion.TLS_1_2,
          TlsVersion.TLS_1_3);

  public ClientTls {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "client TLS: a certificate and its key go together, but only one is given");
    }
  }

  public ClientTls withCa(Pem issuers) {
    return new ClientTls(
        Optional.of(issuers),
        certificate,
        key,
        insecureSkipVerify,
        serverName,
        minVersion,
        maxVersion);
  }

  public ClientTls withIdentity(Pem chain, Pem privateKey) {
    return new ClientTls(
        ca,
        Optional.of(chain),
        Optional.of(privateKey),
        insecureSkipVerify,
        serverName,
        minVersion,
        maxVersion);
  }

  public ClientTls withInsecureSkipVerify() {
    return new ClientTls(ca, certificate, key, true, serverName, minVersion, maxVersion);
  }

  public ClientTls withServerName(String name) {
    return new ClientTls(
        ca, certificate, key, insecureSkipVerify, Optional.of(name), minVersion, maxVersion);
  }

  public ClientTls withVersions(TlsVersion min, TlsVersion max) {
    return new ClientTls(ca, certificate, key, insecureSkipVerify, serverName, min, max);
  }
}
