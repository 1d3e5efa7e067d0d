package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;

/// TLS of a server.
///
/// @param clientCaFile authorities of client certificates, which are then required; empty means that none is asked for
public record TlsServerSettings(
    TlsMaterial material, String clientCaFile, boolean clientCaFileReload) {
  /// The section `tls` of a server.
  public static final ConfigSchema<TlsServerSettings> SCHEMA =
      ConfigSchema.<TlsServerSettings>of(
              keys ->
                  new TlsServerSettings(
                      keys.inline(TlsMaterial.SCHEMA),
                      keys.text(
                          "client_ca_file",
                          "",
                          "authorities of client certificates, which are then required"),
                      keys.bool(
                          "client_ca_file_reload",
                          false,
                          "has no effect: files are read at the start")))
          .check(
              (tls, check) -> {
                if (tls.clientCaFileReload) {
                  check.warn("client_ca_file_reload", "has no effect: files are read at the start");
                }
                if (!tls.material.hasCertificate() && !tls.material.hasKey()) {
                  check.error(
                      "a server needs cert_file and key_file (or cert_pem and key_pem) for TLS");
                }
              });
}
