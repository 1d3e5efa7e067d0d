package dev.pharos.store.summary;

/// Whom a span of the model says it calls; empty texts and 0 for what it does not say.
///
/// @param old whether it uses the names of older conventions
record ModelCall(String service, String system, String address, int port, boolean old) {
  static final ModelCall NONE = new ModelCall("", "", "", 0, false);

  /// Name and system of the peer; empty without one.
  String peer() {
    boolean local = address.equals("localhost");
    String name = address;
    if (!service.isEmpty()) {
      name = service;
    } else if (!system.isEmpty()) {
      name = address.isEmpty() || local ? system : address;
    } else if (!address.isEmpty() && port > 0 && (local || port != 443)) {
      name = address + ":" + port;
    }
    return name.isEmpty() ? "" : name + "|" + system;
  }
}
