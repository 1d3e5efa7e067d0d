package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;

/// TLS of a client.
///
/// @param insecure plain text instead of TLS
/// @param insecureSkipVerify TLS without checking the server's certificate
/// @param serverNameOverride the name the certificate must carry; empty means the host that is called
public record TlsClientSettings(
    TlsMaterial material, boolean insecure, boolean insecureSkipVerify, String serverNameOverride) {
  /// The section `tls` of a client.
  public static final ConfigSchema<TlsClientSettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new TlsClientSettings(
                  keys.inline(TlsMaterial.SCHEMA),
                  keys.bool("insecure", false, "plain text instead of TLS"),
                  keys.bool(
                      "insecure_skip_verify",
                      false,
                      "whether the server's certificate goes unchecked"),
                  keys.text(
                      "server_name_override",
                      "",
                      "the name that the server's certificate must carry")));
}
