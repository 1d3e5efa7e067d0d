package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;

/// Pings of a gRPC client.
public record KeepaliveClientSettings(
    Duration time, Duration timeout, boolean permitWithoutStream) {
  /// The section `keepalive` of a gRPC client.
  public static final ConfigSchema<KeepaliveClientSettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new KeepaliveClientSettings(
                  keys.duration("time", "10s", "silence before a ping"),
                  keys.duration("timeout", "10s", "wait for the answer to a ping"),
                  keys.bool(
                      "permit_without_stream",
                      false,
                      "has no effect: connections without calls are pinged")));
}
