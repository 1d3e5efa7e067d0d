package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Header;
import java.util.List;
import java.util.Optional;

/// A gRPC client. An empty text means that a key is not set.
///
/// @param endpoint `host:port`, `http://…`, `https://…` (which forces TLS) or with a resolver's scheme such as
///     `dns:///`
/// @param compression `gzip`, `snappy`, `zstd`; empty or `none` for none
public record GrpcClientSettings(
    String endpoint,
    String compression,
    TlsClientSettings tls,
    Optional<KeepaliveClientSettings> keepalive,
    int readBufferSize,
    int writeBufferSize,
    boolean waitForReady,
    List<Header> headers,
    String balancerName,
    String authority,
    String userAgent,
    Optional<AuthSettings> auth,
    List<Object> middlewares) {
  private static final ConfigType<String> COMPRESSION =
      ConfigTypes.choice(List.of("", "none", "gzip", "snappy", "zstd"), c -> c, false);
  private static final ConfigType<String> BALANCER =
      ConfigTypes.choice(List.of("round_robin", "pick_first", ""), name -> name, false);

  /// The keys of a gRPC client.
  public static final ConfigSchema<GrpcClientSettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new GrpcClientSettings(
                  keys.field("endpoint", ConfigTypes.address(), "", "where to send to, host:port"),
                  keys.field("compression", COMPRESSION, "", "compression of requests"),
                  keys.section("tls", TlsClientSettings.SCHEMA, "TLS"),
                  keys.optional("keepalive", KeepaliveClientSettings.SCHEMA, "pings"),
                  keys.count("read_buffer_size", 0, "has no effect"),
                  keys.count("write_buffer_size", 524_288, "has no effect"),
                  keys.bool(
                      "wait_for_ready",
                      false,
                      "has no effect: a call that finds no connection is tried again"),
                  keys.field(
                      "headers", ConfigTypes.headers(), "{}", "metadata added to every call"),
                  keys.field(
                      "balancer_name",
                      BALANCER,
                      "round_robin",
                      "has no effect: there is one connection"),
                  keys.text("authority", "", "the name that is sent as authority"),
                  keys.text("user_agent", "", "the name that is sent as user agent"),
                  keys.optional("auth", AuthSettings.SCHEMA, "the extension that proves who calls"),
                  keys.field(
                      "middlewares",
                      ConfigTypes.list(ConfigTypes.any()),
                      "[]",
                      "extensions in between")));
}
