package dev.pharos.pipeline.config.settings;

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
      ConfigSchema.of(
          keys -> keys.bool("enabled", false, "whether cookies are kept and sent back"));

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
                      keys.count("read_buffer_size", 0, "bytes; 0 means the default"),
                      keys.count("write_buffer_size", 0, "bytes; 0 means the default"),
                      keys.count(
                          "max_idle_conns",
                          100,
                          "connections kept without requests; 0 means any number"),
                      keys.count(
                          "max_idle_conns_per_host", 0, "the same per host; 0 means the default"),
                      keys.count(
                          "max_conns_per_host", 0, "connections per host; 0 means any number"),
                      keys.duration(
                          "idle_conn_timeout",
                          "90s",
                          "how long a connection without requests is kept"),
                      keys.bool(
                          "disable_keep_alives", false, "whether every request opens a connection"),
                      keys.duration(
                          "http2_read_idle_timeout",
                          "0s",
                          "silence before a ping; 0 means no pings"),
                      keys.duration(
                          "http2_ping_timeout", "0s", "wait for the answer to a ping; 0 means 15s"),
                      keys.bool("force_attempt_http2", true, "whether HTTP/2 is tried"),
                      keys.section("cookies", COOKIES, "cookies"),
                      keys.field(
                          "middlewares",
                          ConfigTypes.list(ConfigTypes.any()),
                          "[]",
                          "extensions in between")))
          .check(
              (client, check) -> {
                if (client.timeout.isNegative()) {
                  check.warn("timeout", client.timeout + " is taken as no limit");
                }
              });
}
