package dev.pharos.api;

import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.query.QueryContext;
import dev.pharos.transport.HttpRequest;
import java.time.Clock;
import java.time.Duration;

/// What bounds queries of every API: their time, and the memory of all of them together. Any thread.
///
/// @param timeout of one query, unless it asks for less
/// @param memory of all queries
/// @param budgetBytes of one query
public record QuerySlots(Clock clock, Duration timeout, Account memory, long budgetBytes) {
  /// The context of a query for this request; it is cancelled when its client goes. To be closed.
  public QueryContext open(HttpRequest request, Tenant tenant, Duration asked) {
    Duration bounded = asked.compareTo(timeout) < 0 && asked.isPositive() ? asked : timeout;
    var context = new QueryContext(tenant.name(), clock, bounded, memory, budgetBytes);
    request.onCancel(context::cancel);
    return context;
  }

  public QueryContext open(HttpRequest request, Tenant tenant) {
    return open(request, tenant, timeout);
  }
}
