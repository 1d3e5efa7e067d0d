package dev.pharos.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/// Where a listener binds or a client connects: a host and a TCP port.
///
/// `parse` takes what the Collector's `endpoint` keys take: `host:port`, `:port` (every interface) and `[v6]:port`.
/// Port 0 asks for a free port. An empty host means every interface.
public record Address(String host, int port) {
  public Address {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
  }

  /// The loopback interface, and any free port if `port` is 0.
  public static Address loopback(int port) {
    return new Address("localhost", port);
  }

  /// Reads `host:port`.
  ///
  /// @throws IllegalArgumentException if the text is not of that form; the message gives the text
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || (text.indexOf(':') != colon && !text.startsWith("["))) {
      throw new IllegalArgumentException(
          "address: \"" + text + "\" (expected: host:port, or [host]:port for IPv6)");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new Address(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "address: \"" + text + "\" (expected: a port of 0 to 65535 after the colon)", e);
    }
  }

  /// An IP address as text: IPv6 in its shortest form (RFC 5952), without the zone.
  public static String text(InetAddress address) {
    return NetUtil.toAddressString(address);
  }

  /// `host:port`, with brackets around an IPv6 host.
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
