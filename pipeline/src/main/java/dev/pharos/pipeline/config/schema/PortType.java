package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.Optional;

/// A port number, which an empty variable does not turn into a default.
record PortType() implements ConfigType<Integer> {
  private static final int MAX = 65_535;

  @Override
  public String name() {
    return "port";
  }

  @Override
  public Optional<Integer> decode(ConfigNode node, Decoding at) {
    Optional<Integer> port = ConfigTypes.whole(node, at, 0, MAX).map(Long::intValue);
    return port.isPresent() ? port : at.expected(node, "a port from 0 to " + MAX);
  }

  @Override
  public boolean takesNull() {
    return true;
  }
}
