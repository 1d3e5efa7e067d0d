package dev.pharos.transport;

import java.util.List;
import java.util.Optional;

/// How a client encrypts and whom it trusts. Immutable.
///
/// @param ca who may have issued the server's certificate; empty for the JDK's own list
/// @param systemCas trusts the JDK's own list beside `ca`
/// @param certificate of the client, with `key`, for mTLS
/// @param insecureSkipVerify takes any certificate of any name
/// @param ciphers suites of TLS 1.2 to allow, by their IANA names; empty for those that HTTP/2 recommends
/// @param serverName sent as SNI and checked instead of the address's host
public record ClientTls(
    Optional<Pem> ca,
    boolean systemCas,
    Optional<Pem> certificate,
    Optional<Pem> key,
    boolean insecureSkipVerify,
    Optional<String> serverName,
    TlsVersion minVersion,
    TlsVersion maxVersion,
    List<String> ciphers) {
  /// The JDK's trusted issuers, TLS 1.2 and 1.3, no client certificate.
  public static final ClientTls DEFAULT =
      new ClientTls(
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          TlsVersion.TLS_1_2,
          TlsVersion.TLS_1_3,
          List.of());

  public ClientTls {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "client TLS: a certificate and its key go together, but only one is given");
    }
  }

  public ClientTls withCa(Pem issuers) {
    return new ClientTls(
        Optional.of(issuers),
        systemCas,
        certificate,
        key,
        insecureSkipVerify,
        serverName,
        minVersion,
        maxVersion,
        ciphers);
  }

  public ClientTls withIdentity(Pem chain, Pem privateKey) {
    return new ClientTls(
        ca,
        systemCas,
        Optional.of(chain),
        Optional.of(privateKey),
        insecureSkipVerify,
        serverName,
        minVersion,
        maxVersion,
        ciphers);
  }

  public ClientTls withInsecureSkipVerify() {
    return new ClientTls(
        ca, systemCas, certificate, key, true, serverName, minVersion, maxVersion, ciphers);
  }

  public ClientTls withServerName(String name) {
    return new ClientTls(
        ca,
        systemCas,
        certificate,
        key,
        insecureSkipVerify,
        Optional.of(name),
        minVersion,
        maxVersion,
        ciphers);
  }

  public ClientTls withSystemCas() {
    return new ClientTls(
        ca,
        true,
        certificate,
        key,
        insecureSkipVerify,
        serverName,
        minVersion,
        maxVersion,
        ciphers);
  }

  public ClientTls withCiphers(List<String> names) {
    return new ClientTls(
        ca,
        systemCas,
        certificate,
        key,
        insecureSkipVerify,
        serverName,
        minVersion,
        maxVersion,
        names);
  }

  public ClientTls withVersions(TlsVersion min, TlsVersion max) {
    return new ClientTls(
        ca, systemCas, certificate, key, insecureSkipVerify, serverName, min, max, ciphers);
  }
}
