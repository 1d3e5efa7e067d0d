package dev.pharos.store.read;

import dev.pharos.model.Tenant;
import java.util.Collection;
import java.util.Map;

/// A number for each service of a tenant, from 0 in the order in which they were first asked for, which it keeps: what
/// the colour of a service goes by. Any thread.
public interface ServiceNumbers {
  /// The numbers of these services; those without one get the next, by name. A service has none where a tenant has more
  /// of them than anyone can tell apart, or where its name is longer than names are.
  Map<String, Integer> of(Tenant tenant, Collection<String> services);

  /// The numbers of all services of a tenant that have one.
  Map<String, Integer> all(Tenant tenant);
}
