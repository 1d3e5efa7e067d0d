package dev.pharos.store.read;

/// Whom a span of kind client or producer calls, by its own attributes: a database, a broker, or an address.
///
/// @param name `peer.service`, else the address with its port, else the system
/// @param system of a database or broker; empty for other calls
public record Peer(String name, String system) {
  /// Stands for peers that found no place in a summary.
  public static final Peer OTHERS = new Peer("other addresses", "");
}
