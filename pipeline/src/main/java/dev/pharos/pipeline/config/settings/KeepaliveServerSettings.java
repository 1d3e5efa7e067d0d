package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;

/// Pings and the age of a gRPC server's connections. Zero means gRPC's own default: for the ages without limit, for
/// `time` 2h, for `timeout` 20s.
public record KeepaliveServerSettings(
    Duration maxConnectionIdle,
    Duration maxConnectionAge,
    Duration maxConnectionAgeGrace,
    Duration time,
    Duration timeout,
    Duration minTime,
    boolean permitWithoutStream) {
  private record Parameters(
      Duration idle, Duration age, Duration grace, Duration time, Duration timeout) {}

  private record Policy(Duration minTime, boolean permitWithoutStream) {}

  private static final ConfigSchema<Parameters> PARAMETERS =
      ConfigSchema.of(
          keys ->
              new Parameters(
                  keys.duration(
                      "max_connection_idle",
                      "0s",
                      "a connection without calls is closed after this"),
                  keys.duration("max_connection_age", "0s", "a connection is closed after this"),
                  keys.duration(
                      "max_connection_age_grace", "0s", "what running calls are given then"),
                  keys.duration("time", "0s", "silence before a ping; 0 means 2h"),
                  keys.duration("timeout", "0s", "wait for the answer to a ping; 0 means 20s")));

  private static final ConfigSchema<Policy> POLICY =
      ConfigSchema.of(
          keys ->
              new Policy(
                  keys.duration("min_time", "0s", "has no effect: clients may ping"),
                  keys.bool("permit_without_stream", false, "has no effect: clients may ping")));

  /// The section `keepalive` of a gRPC server.
  public static final ConfigSchema<KeepaliveServerSettings> SCHEMA =
      ConfigSchema.of(
          keys -> {
            Parameters own = keys.section("server_parameters", PARAMETERS, "what the server does");
            Policy policy = keys.section("enforcement_policy", POLICY, "what clients may do");
            return new KeepaliveServerSettings(
                own.idle,
                own.age,
                own.grace,
                own.time,
                own.timeout,
                policy.minTime,
                policy.permitWithoutStream);
          });
}
