package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An HTTP server. A timeout of zero means none.
///
/// @param maxRequestBodySize in bytes, after decompression
/// @param includeMetadata whether a request's headers travel with its data
public record HttpServerSettings(
    String endpoint,
    Transport transport,
    Optional<TlsServerSettings> tls,
    Optional<CorsSettings> cors,
    Optional<AuthSettings> auth,
    long maxRequestBodySize,
    List<String> compressionAlgorithms,
    Duration readTimeout,
    Duration readHeaderTimeout,
    Duration writeTimeout,
    Duration idleTimeout,
    boolean keepAlivesEnabled,
    boolean includeMetadata,
    List<Header> responseHeaders,
    List<Object> middlewares) {
  private static final ConfigType<Long> BYTES = ConfigTypes.longs(0, Long.MAX_VALUE);
  private static final long DEFAULT_BODY = 20L << 20;

  /// The keys of an HTTP server; the endpoint's default is the component's.
  public static final ConfigSchema<HttpServerSettings> SCHEMA =
      ConfigSchema.<HttpServerSettings>of(
              keys -> {
                HttpServerSettings server =
                    new HttpServerSettings(
                        keys.field(
                            "endpoint", ConfigTypes.address(), "", "where to listen, host:port"),
                        keys.field(
                            "transport",
                            Transport.TYPE,
                            "tcp",
                            "tcp, or unix: then endpoint is a path"),
                        keys.optional(
                            "tls",
                            TlsServerSettings.SCHEMA,
                            "TLS; plain text unless the key is there"),
                        keys.optional("cors", CorsSettings.SCHEMA, "which web pages may call"),
                        keys.optional(
                            "auth", AuthSettings.SCHEMA, "the extension that checks who calls"),
                        keys.field(
                            "max_request_body_size",
                            BYTES,
                            "20971520",
                            "bytes after decompression"),
                        keys.field(
                            "compression_algorithms",
                            ConfigTypes.texts(),
                            "['', gzip, zstd, zlib, snappy, deflate, lz4]",
                            "has no effect: gzip, zstd, zlib, snappy and deflate are accepted"),
                        keys.duration("read_timeout", "0s", "for a whole request; 0 means none"),
                        keys.duration(
                            "read_header_timeout",
                            "1m",
                            "has no effect: see read_timeout and idle_timeout"),
                        keys.duration(
                            "write_timeout", "30s", "has no effect: answers are not waited for"),
                        keys.duration(
                            "idle_timeout", "1m", "of a connection without requests; 0 means none"),
                        keys.bool(
                            "keep_alives_enabled",
                            true,
                            "whether a connection takes more than one request"),
                        keys.bool(
                            "include_metadata",
                            false,
                            "whether a request's headers travel with its data"),
                        keys.field(
                            "response_headers",
                            ConfigTypes.headers(),
                            "{}",
                            "headers added to every answer"),
                        keys.field(
                            "middlewares",
                            ConfigTypes.list(ConfigTypes.any()),
                            "[]",
                            "extensions in between"));
                return server.maxRequestBodySize == 0
                    ? server.withMaxRequestBodySize(DEFAULT_BODY)
                    : server;
              })
          .check(HttpServerSettings::check);

  private static void check(HttpServerSettings server, Check check) {
    server.transport.check(server.endpoint, check);
    if (server.readTimeout.isNegative()) {
      check.warn("read_timeout", server.readTimeout + " is taken as none");
    }
  }

  private HttpServerSettings withMaxRequestBodySize(long bytes) {
    return new HttpServerSettings(
        endpoint,
        transport,
        tls,
        cors,
        auth,
        bytes,
        compressionAlgorithms,
        readTimeout,
        readHeaderTimeout,
        writeTimeout,
        idleTimeout,
        keepAlivesEnabled,
        includeMetadata,
        responseHeaders,
        middlewares);
  }
}
