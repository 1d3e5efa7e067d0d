package dev.pharos.insight.digest;

/// Whom a span of kind client or producer calls, by its own attributes: a database, a broker, or an address.
///
/// @param name `peer.service`, else the address, else the system
/// @param system of a database or broker; empty for other calls
public record Peer(String name, String system) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /// @param address empty if the span does not say
  /// @param port 0 if the span does not say
  static Peer of(String service, String system, String address, long port) {
    if (!service.isEmpty()) {
      return new Peer(service, system);
    }
    boolean local = isLoopback(address);
    if (!system.isEmpty()) {
      return new Peer(address.isEmpty() || local ? system : address, system);
    }
    boolean plain = port <= 0 || !local && (port == HTTP || port == HTTPS);
    return new Peer(plain || address.isEmpty() ? address : address + ":" + port, "");
  }

  private static boolean isLoopback(String address) {
    return address.equals("localhost") || address.startsWith("127.") || address.equals("::1");
  }

  boolean isKnown() {
    return !name.isEmpty();
  }
}
