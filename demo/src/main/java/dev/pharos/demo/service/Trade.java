package dev.pharos.demo.service;

import java.util.Map;

/// What makes a service this service.
interface Trade {
  /// By path.
  Map<String, Endpoint> endpoints();

  /// Where the services that it calls are.
  void meet(Control.Peers peers);

  /// Takes up a fault, or leaves it; one that is none of its own is ignored.
  void turn(Control.Turn turn) throws Exception;
}
