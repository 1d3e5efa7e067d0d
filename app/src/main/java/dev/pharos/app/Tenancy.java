package dev.pharos.app;

import dev.pharos.api.Tenants;
import dev.pharos.model.Tenant;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which tenant data and queries are of: the one that header or metadata `X-Scope-OrgID` names, or `default` for
/// everything while tenants are off, which is said once if somebody names one. Any thread.
final class Tenancy implements Tenants {
  private static final Logger LOG = LoggerFactory.getLogger(Tenancy.class);
  private static final String HEADER = "x-scope-orgid";

  private final AtomicBoolean said = new AtomicBoolean();
  private volatile boolean on;

  void switchTo(boolean wanted) {
    on = wanted;
  }

  @Override
  public Tenant of(HttpRequest request) {
    return of(request.headers());
  }

  /// @throws IllegalArgumentException while tenants are on, if the header is missing or names no tenant
  Tenant of(Headers headers) {
    if (on) {
      return new Tenant(
          headers
              .first(HEADER)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no tenant: header X-Scope-OrgID is missing (service::tenants is on)")));
    }
    if (!said.get() && headers.contains(HEADER) && said.compareAndSet(false, true)) {
      LOG.info(
          "a request names its tenant in header X-Scope-OrgID, which is ignored: everything is of tenant {} (service::tenants is off)",
          Tenant.DEFAULT.name());
    }
    return Tenant.DEFAULT;
  }
}
