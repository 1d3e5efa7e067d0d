package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/// Certificates, keys and protocol versions of either end of a TLS connection. Empty texts mean that a key is not set.
///
/// @param includeSystemCaCertsPool whether a client trusts the system's authorities beside the given ones
/// @param cipherSuites of TLS 1.2, those of 1.3 stay; empty for the usual ones
public record TlsMaterial(
    String caFile,
    Secret caPem,
    boolean includeSystemCaCertsPool,
    String certFile,
    Secret certPem,
    String keyFile,
    Secret keyPem,
    String minVersion,
    String maxVersion,
    List<String> cipherSuites,
    boolean includeInsecureCipherSuites,
    List<String> curvePreferences,
    Duration reloadInterval) {
  private static final String EXAMPLE_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final ConfigType<String> VERSION =
      ConfigTypes.choice(List.of("", "1.0", "1.1", "1.2", "1.3"), version -> version, false);

  /// The keys that both ends have.
  static final ConfigSchema<TlsMaterial> SCHEMA =
      ConfigSchema.<TlsMaterial>of(
              keys ->
                  new TlsMaterial(
                      keys.text("ca_file", "", "certificates of the authorities to trust"),
                      keys.field("ca_pem", ConfigTypes.secret(), "", "the same as text"),
                      keys.bool(
                          "include_system_ca_certs_pool",
                          false,
                          "whether to trust the system's too"),
                      keys.text("cert_file", "", "own certificate"),
                      keys.field("cert_pem", ConfigTypes.secret(), "", "the same as text"),
                      keys.text("key_file", "", "own private key"),
                      keys.field("key_pem", ConfigTypes.secret(), "", "the same as text"),
                      keys.field("min_version", VERSION, "", "lowest TLS version; 1.2 if not set"),
                      keys.field("max_version", VERSION, "", "highest TLS version; 1.3 if not set"),
                      keys.texts(
                          "cipher_suites",
                          "suites of TLS 1.2 to allow; if empty, those that HTTP/2 recommends"),
                      keys.bool(
                          "include_insecure_cipher_suites",
                          false,
                          "has no effect: the JDK has none"),
                      keys.texts("curve_preferences", "has no effect: the JDK's order is taken"),
                      keys.duration(
                          "reload_interval", "0s", "has no effect: files are read at the start")))
          .check(TlsMaterial::check);

  private static void check(TlsMaterial tls, Check check) {
    refuseBoth("ca", tls.caFile, tls.caPem, check);
    refuseBoth("cert", tls.certFile, tls.certPem, check);
    refuseBoth("key", tls.keyFile, tls.keyPem, check);
    if (tls.hasCertificate() != tls.hasKey()) {
      String missing = tls.hasKey() ? "cert_file or cert_pem" : "key_file or key_pem";
      check.error(
          "TLS needs both a certificate and its key, or neither; " + missing + " is missing");
    }
    String min = tls.minVersion.isEmpty() ? "1.2" : tls.minVersion;
    refuseUnknown(tls.cipherSuites, check);
    if (!tls.curvePreferences.isEmpty()) {
      check.warn("curve_preferences", "has no effect: the JDK's order is taken");
    }
    if (!tls.reloadInterval.isZero()) {
      check.warn("reload_interval", "has no effect: files are read at the start");
    }
    if (!tls.maxVersion.isEmpty() && tls.maxVersion.compareTo(min) < 0) {
      check.error("max_version", tls.maxVersion + " (expected: at least min_version, " + min + ")");
    }
  }

  private static void refuseUnknown(List<String> suites, Check check) {
    if (suites.isEmpty()) {
      return;
    }
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var known = Set.of(factory.getSupportedCipherSuites());
    for (String suite : suites) {
      if (!known.contains(suite)) {
        check.error(
            "cipher_suites",
            suite + " (expected: one that the JDK has, such as " + EXAMPLE_SUITE + ")");
      }
    }
  }

  private static void refuseBoth(String what, String file, Secret pem, Check check) {
    if (!file.isEmpty() && !pem.isEmpty()) {
      check.error(what + "_file", "is set together with " + what + "_pem (expected: one of them)");
    }
  }

  public boolean hasCertificate() {
    return !certFile.isEmpty() || !certPem.isEmpty();
  }

  public boolean hasKey() {
    return !keyFile.isEmpty() || !keyPem.isEmpty();
  }
}
