package dev.pharos.pipeline.config.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a server listens.
///
/// @param host a name or address without brackets; empty means every address
/// @param port 0 means a free one
public record ListenAddress(String host, int port) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%a-z]*)]|([^:\\[\\]/]*)):(\\d{1,5})");

  /// Reads `host:port`; an IPv6 address stands in brackets. Empty if `text` is neither.
  public static Optional<ListenAddress> parse(String text) {
    Matcher m = ADDRESS.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(m.group(3));
    String host = m.group(1) == null ? m.group(2) : m.group(1);
    return port > 65_535 ? Optional.empty() : Optional.of(new ListenAddress(host, port));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
