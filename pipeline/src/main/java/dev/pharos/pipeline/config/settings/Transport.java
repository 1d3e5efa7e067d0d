package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;
import java.util.Locale;

/// What kind of socket a server listens on.
public enum Transport {
  /// TCP; the endpoint is `host:port`.
  TCP,
  /// TCP over IPv4 alone.
  TCP4,
  /// TCP over IPv6 alone.
  TCP6,
  /// A Unix domain socket; the endpoint is a path.
  UNIX;

  /// How it is written in a configuration.
  public static final ConfigType<Transport> TYPE =
      ConfigTypes.choice(List.of(values()), value -> value.name().toLowerCase(Locale.ROOT), false);

  /// Refuses an endpoint that this kind of socket cannot listen on.
  void check(String endpoint, Check check) {
    if (this != UNIX && !endpoint.isEmpty() && ListenAddress.parse(endpoint).isEmpty()) {
      check.error("endpoint", "\"" + endpoint + "\" (expected: host:port, a port from 0 to 65535)");
    }
  }
}
