package dev.pharos.components.listener;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.settings.TlsClientSettings;
import dev.pharos.pipeline.config.settings.TlsMaterial;
import dev.pharos.transport.ClientTls;
import dev.pharos.transport.Compressor;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.Pem;
import dev.pharos.transport.TlsVersion;
import java.util.Optional;

/// Turns the Collector's client settings into those of the transport.
public final class ClientSettings {
  private ClientSettings() {}

  public static ClientTls tls(TlsClientSettings settings) {
    TlsMaterial material = settings.material();
    Optional<Pem> certificate = ServerSettings.pem(material.certFile(), material.certPem());
    Optional<Pem> key = ServerSettings.pem(material.keyFile(), material.keyPem());
    return new ClientTls(
        ServerSettings.pem(material.caFile(), material.caPem()),
        material.includeSystemCaCertsPool(),
        certificate,
        key,
        settings.insecureSkipVerify(),
        Optional.of(settings.serverNameOverride()).filter(name -> !name.isEmpty()),
        ServerSettings.version(material.minVersion(), TlsVersion.TLS_1_2),
        ServerSettings.version(material.maxVersion(), TlsVersion.TLS_1_3),
        material.cipherSuites());
  }

  /// The level of `compression_params`: 0 and -1 are the algorithm's own, and -2, Huffman codes alone, the fastest.
  public static int level(int level) {
    return level == 0 ? Compressor.DEFAULT_LEVEL : level < -1 ? 1 : level;
  }

  /// The encoding of a `compression` key; empty and `none` are none.
  public static ContentEncoding encoding(String compression) {
    return compression.isEmpty() || compression.equals("none")
        ? ContentEncoding.IDENTITY
        : ContentEncoding.of(compression)
            .orElseThrow(
                () ->
                    new ComponentException(
                        "compression: \""
                            + compression
                            + "\" (expected: none, gzip, zstd, deflate or snappy)"));
  }
}
