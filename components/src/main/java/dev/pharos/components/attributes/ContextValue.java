package dev.pharos.components.attributes;

import dev.pharos.model.Client;
import dev.pharos.transport.Address;
import java.util.List;
import java.util.Optional;

/// `from_context`: something known of who sent a request. Immutable; any thread.
final class ContextValue {
  private static final String ADDRESS = "client.address";
  private static final String METADATA = "metadata.";
  private static final String AUTH = "auth.";

  private final String name;

  /// @param name `client.address`, `metadata.` and a name, `auth.` and a name, which nobody has, or a name of metadata
  ContextValue(String name) {
    this.name = name;
  }

  /// Several values in one text, `;` between them; empty if it is not known.
  Optional<String> of(Client client) {
    if (name.equals(ADDRESS)) {
      return client.address().map(Address::text);
    }
    if (name.startsWith(AUTH)) {
      return Optional.empty();
    }
    String key = name.startsWith(METADATA) ? name.substring(METADATA.length()) : name;
    List<String> values = client.metadata().values(key);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(";", values));
  }
}
