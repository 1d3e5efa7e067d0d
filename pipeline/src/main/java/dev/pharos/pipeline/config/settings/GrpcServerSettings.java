package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;
import java.util.Optional;

/// A gRPC server.
///
/// @param maxRecvMsgSizeMib largest message in MiB, after decompression; 0 means 4
/// @param maxConcurrentStreams calls at the same time on a connection; 0 means any number
/// @param includeMetadata whether a call's metadata travels with its data
public record GrpcServerSettings(
    String endpoint,
    Transport transport,
    Optional<TlsServerSettings> tls,
    int maxRecvMsgSizeMib,
    int maxConcurrentStreams,
    int readBufferSize,
    int writeBufferSize,
    Optional<KeepaliveServerSettings> keepalive,
    Optional<AuthSettings> auth,
    boolean includeMetadata,
    List<Object> middlewares) {
  private static final int DEFAULT_MIB = 4;
  private static final ConfigType<Integer> MIB = ConfigTypes.integer(0, 2047);

  /// The keys of a gRPC server; the endpoint's default is the component's.
  public static final ConfigSchema<GrpcServerSettings> SCHEMA =
      ConfigSchema.<GrpcServerSettings>of(
              keys ->
                  new GrpcServerSettings(
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
                      keys.field(
                          "max_recv_msg_size_mib", MIB, "0", "largest message in MiB; 0 means 4"),
                      keys.count(
                          "max_concurrent_streams",
                          0,
                          "calls at a time per connection; 0 means any number"),
                      keys.count("read_buffer_size", 0, "has no effect"),
                      keys.count("write_buffer_size", 0, "has no effect"),
                      keys.optional(
                          "keepalive",
                          KeepaliveServerSettings.SCHEMA,
                          "pings and the age of connections"),
                      keys.optional(
                          "auth", AuthSettings.SCHEMA, "the extension that checks who calls"),
                      keys.bool(
                          "include_metadata",
                          false,
                          "whether a call's metadata travels with its data"),
                      keys.field(
                          "middlewares",
                          ConfigTypes.list(ConfigTypes.any()),
                          "[]",
                          "extensions in between")))
          .check((server, check) -> server.transport.check(server.endpoint, check));

  /// The largest message in bytes.
  public long maxRecvMsgSizeBytes() {
    return (long) (maxRecvMsgSizeMib == 0 ? DEFAULT_MIB : maxRecvMsgSizeMib) << 20;
  }
}
