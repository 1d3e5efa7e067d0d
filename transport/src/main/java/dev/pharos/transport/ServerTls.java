package dev.pharos.transport;

import java.util.List;
import java.util.Optional;

/// How a listener encrypts. Immutable.
///
/// @param certificate the chain, its own certificate first
/// @param key PKCS#8, PKCS#1 or SEC 1, unencrypted
/// @param ciphers suites of TLS 1.2 to allow, by their IANA names; empty for those that HTTP/2 recommends
/// @param clientCa if present, clients must show a certificate that these issued (mTLS)
public record ServerTls(
    Pem certificate,
    Pem key,
    Optional<Pem> clientCa,
    TlsVersion minVersion,
    TlsVersion maxVersion,
    List<String> ciphers) {
  /// TLS 1.2 and 1.3, without client certificates.
  public static ServerTls of(Pem certificate, Pem key) {
    return new ServerTls(
        certificate, key, Optional.empty(), TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, List.of());
  }

  public ServerTls withClientCa(Pem ca) {
    return new ServerTls(certificate, key, Optional.of(ca), minVersion, maxVersion, ciphers);
  }

  public ServerTls withVersions(TlsVersion min, TlsVersion max) {
    return new ServerTls(certificate, key, clientCa, min, max, ciphers);
  }

  public ServerTls withCiphers(List<String> names) {
    return new ServerTls(certificate, key, clientCa, minVersion, maxVersion, names);
  }
}
