package dev.pharos.query.memory;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// What the rows of a batch of spans or log records have of the same kind: attributes of their own, a Resource and a
/// scope.
///
/// @param resource by row, at least `rows` of them, as `scope`
record MemoryTables(
    int rows,
    Symbols symbols,
    AttributeRows own,
    ResourceTable resources,
    int[] resource,
    ScopeTable scopes,
    int[] scope) {
  Column scopeNames() {
    var names = new int[rows];
    Arrays.setAll(names, row -> scopes.name(scope[row]));
    return Columns.symbols(names, rows, symbols);
  }

  Column attribute(AttributeScope of, String key) {
    return Columns.attribute(attributes(of), symbols, key, rows, parents(of));
  }

  Set<String> attributeKeys(AttributeScope of) {
    return Columns.keys(attributes(of), symbols, rows, parents(of));
  }

  private AttributeRows attributes(AttributeScope of) {
    return switch (of) {
      case RESOURCE -> resources.attributes();
      case SCOPE -> scopes.attributes();
      case ITEM -> own;
    };
  }

  private IntUnaryOperator parents(AttributeScope of) {
    return switch (of) {
      case RESOURCE -> row -> resource[row];
      case SCOPE -> row -> scope[row];
      case ITEM -> row -> row;
    };
  }

  /// Fills the tables of Resources and scopes while a batch is made, each equal one once.
  static final class Filling {
    private final Symbols symbols;
    private final ResourceTable resources;
    private final ScopeTable scopes;
    private final Map<Map<String, Object>, Integer> knownResources = new HashMap<>();
    private final Map<String, Integer> knownScopes = new HashMap<>();

    Filling(Symbols symbols, ResourceTable resources, ScopeTable scopes) {
      this.symbols = symbols;
      this.resources = resources;
      this.scopes = scopes;
    }

    int resource(Map<String, Object> attributes) {
      return knownResources.computeIfAbsent(
          attributes,
          each -> {
            Columns.add(resources.attributes(), symbols, each);
            return resources.add(0, 0, 0);
          });
    }

    int scope(String name) {
      return knownScopes.computeIfAbsent(name, each -> scopes.add(symbols.intern(each), 0, 0, 0));
    }
  }
}
