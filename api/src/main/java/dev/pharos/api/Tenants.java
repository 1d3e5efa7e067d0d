package dev.pharos.api;

import dev.pharos.model.Tenant;
import dev.pharos.transport.HttpRequest;

/// Which tenant a request is of. Any thread.
public interface Tenants {
  /// Everything is of tenant `default`; the header is ignored.
  Tenants OFF = request -> Tenant.DEFAULT;

  /// The tenant of header `X-Scope-OrgID`.
  ///
  /// @throws IllegalArgumentException if it is missing or not valid
  Tenants HEADER = request -> new Tenant(request.headers().first("X-Scope-OrgID").orElse(""));

  Tenant of(HttpRequest request);
}
