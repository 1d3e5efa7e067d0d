package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An HTTP client. A timeout of zero means none; an empty text means that a key is not set.
///
/// @param compression the content encoding of requests; empty or `none` for none
/// @param compressionLevel 0 means the algorithm's own default
public record HttpClientSettings(
    String endpoint,
    String proxyUrl,
    TlsClientSettings tls,
    Duration timeout,
    List<Header> headers,
    Optional<AuthSettings> auth,
    String compression,
    int compressionLevel,
    int readBufferSize,
    int writeBufferSize,
    int maxIdleConns,
    int maxIdleConnsPerHost,
    int maxConnsPerHost,
    Duration idleConnTimeout,
    boolean disableKeepAlives,
    Duration http2ReadIdleTimeout,
    Duration http2PingTimeout,
    boolean forceAttemptHttp2,
    boolean cookies,
    List<Object> middlewares) {
  private static final ConfigType<String> COMPRESSION =
      ConfigTypes.choice(
          List.of(
              "", "none", "gzip", "zstd", "zlib", "snappy", "x-snappy-framed", "deflate", "lz4"),
          c -> c,
          false);
  private static final ConfigSchema<Integer> PARAMS =
      ConfigSchema.of(
          keys ->
              keys.field(
                  "level",
                  ConfigTypes.integer(-2, 22),
                  "0",
                  "compression level; 0 means the default"));
  private static final ConfigSchema<Boolean> COOKIES =
      ConfigSchema.of(keys -> keys.bool("enabled", false, "has no effect: cookies are not kept"));

  /// The keys of an HTTP client.
  public static final ConfigSchema<HttpClientSettings> SCHEMA =
      ConfigSchema.<HttpClientSettings>of(
              keys ->
                  new HttpClientSettings(
                      keys.field("endpoint", ConfigTypes.address(), "", "the URL to send to"),
                      keys.text("proxy_url", "", "a proxy in between"),
                      keys.section(
                          "tls", TlsClientSettings.SCHEMA, "TLS, used if the URL is https"),
                      keys.duration(
                          "timeout", "0s", "how long one request may take; 0 means without limit"),
                      keys.field(
                          "headers", ConfigTypes.headers(), "{}", "headers added to every request"),
                      keys.optional(
                          "auth", AuthSettings.SCHEMA, "the extension that proves who calls"),
                      keys.field("compression", COMPRESSION, "", "content encoding of requests"),
                      keys.section("compression_params", PARAMS, "settings of the compression"),
                      keys.count("read_buffer_size", 0, "has no effect"),
                      keys.count("write_buffer_size", 0, "has no effect"),
                      keys.count(
                          "max_idle_conns",
                          100,
                          "has no effect: see max_conns_per_host and idle_conn_timeout"),
                      keys.count("max_idle_conns_per_host", 0, "has no effect"),
                      keys.count(
                          "max_conns_per_host", 0, "connections per host; 0 means any number"),
                      keys.duration(
                          "idle_conn_timeout",
                          "90s",
                          "how long a connection without requests is kept"),
                      keys.bool(
                          "disable_keep_alives", false, "has no effect: connections are kept"),
                      keys.duration("http2_read_idle_timeout", "0s", "has no effect"),
                      keys.duration("http2_ping_timeout", "0s", "has no effect"),
                      keys.bool(
                          "force_attempt_http2", true, "has no effect: TLS is asked for HTTP/2"),
                      keys.section("cookies", COOKIES, "cookies"),
                      keys.field(
                          "middlewares",
                          ConfigTypes.list(ConfigTypes.any()),
                          "[]",
                          "extensions in between")))
          .check(HttpClientSettings::check);

  private static void check(HttpClientSettings client, Check check) {
    if (client.timeout.isNegative()) {
      check.warn("timeout", client.timeout + " is taken as no limit");
    }
    boolean zstd = client.compression.equals("zstd");
    if (client.compressionLevel > 9 && !zstd) {
      check.error(
          "compression_params",
          "level "
              + client.compressionLevel
              + " of "
              + client.compression
              + " (expected: up to 9)");
    }
    if (client.disableKeepAlives) {
      check.warn("disable_keep_alives", "has no effect: connections are kept");
    }
    if (client.cookies) {
      check.warn("cookies", "have no effect: they are not kept");
    }
  }
}
