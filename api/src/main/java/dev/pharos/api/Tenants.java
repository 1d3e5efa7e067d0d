package dev.pharos.api;

import dev.pharos.model.Tenant;
import dev.pharos.transport.HttpRequest;

/// Which tenant a request is of. Any thread.
@FunctionalInterface
public interface Tenants {
  /// @throws IllegalArgumentException if the request names none, or none that is valid
  Tenant of(HttpRequest request);
}
