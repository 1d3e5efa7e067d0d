package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.segment.encoding.ByteSink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The Resources and scopes of a segment, each once, with their dictionary. Filled by one writer, then only read.
final class SegmentTables {
  final Symbols symbols;
  final ResourceTable resources;
  final ScopeTable scopes;
  private final Map<ByteBuffer, Integer> knownResources = new HashMap<>();
  private final Map<ByteBuffer, Integer> knownScopes = new HashMap<>();

  SegmentTables() {
    this(new Symbols(), new ResourceTable(), new ScopeTable());
  }

  SegmentTables(Symbols symbols, ResourceTable resources, ScopeTable scopes) {
    this.symbols = symbols;
    this.resources = resources;
    this.scopes = scopes;
  }

  /// Adds what is new and returns the row here of each row there.
  int[] addResources(ResourceTable table, Symbols from) {
    var rows = new int[table.size()];
    for (int row = 0; row < rows.length; row++) {
      var key = new ByteSink(256);
      key.putVarint(table.droppedAttributes(row));
      putText(from, table.schemaUrl(row), key);
      putText(from, table.entityRefs(row), key);
      putAttributes(table.attributes(), row, from, key);
      Integer known = knownResources.putIfAbsent(keyOf(key), resources.size());
      rows[row] = known != null ? known : addResource(table, row, from);
    }
    return rows;
  }

  int addResource(ResourceTable table, int row, Symbols from) {
    copyAttributes(table.attributes(), row, from, resources.attributes());
    return resources.add(
        table.droppedAttributes(row),
        symbols.intern(from, table.schemaUrl(row)),
        symbols.intern(from, table.entityRefs(row)));
  }

  /// As [#addResources].
  int[] addScopes(ScopeTable table, Symbols from) {
    var rows = new int[table.size()];
    for (int row = 0; row < rows.length; row++) {
      var key = new ByteSink(256);
      key.putVarint(table.droppedAttributes(row));
      putText(from, table.name(row), key);
      putText(from, table.version(row), key);
      putText(from, table.schemaUrl(row), key);
      putAttributes(table.attributes(), row, from, key);
      Integer known = knownScopes.putIfAbsent(keyOf(key), scopes.size());
      rows[row] = known != null ? known : addScope(table, row, from);
    }
    return rows;
  }

  int addScope(ScopeTable table, int row, Symbols from) {
    copyAttributes(table.attributes(), row, from, scopes.attributes());
    return scopes.add(
        symbols.intern(from, table.name(row)),
        symbols.intern(from, table.version(row)),
        table.droppedAttributes(row),
        symbols.intern(from, table.schemaUrl(row)));
  }

  private void copyAttributes(AttributeRows source, int row, Symbols from, AttributeRows target) {
    for (int i = source.from(row); i < source.to(row); i++) {
      byte type = source.type(i);
      long value = source.value(i);
      target.add(
          symbols.intern(from, source.key(i)),
          type,
          ValueType.isSymbol(type) ? symbols.intern(from, (int) value) : value);
    }
    target.endParent();
  }

  private static void putAttributes(AttributeRows source, int row, Symbols from, ByteSink key) {
    for (int i = source.from(row); i < source.to(row); i++) {
      byte type = source.type(i);
      putText(from, source.key(i), key);
      key.putByte(type);
      if (ValueType.isSymbol(type)) {
        putText(from, (int) source.value(i), key);
      } else {
        key.putLong(source.value(i));
      }
    }
  }

  private static void putText(Symbols symbols, int id, ByteSink key) {
    key.putVarint(symbols.length(id));
    key.put(symbols.bytes(), symbols.offset(id), symbols.length(id));
  }

  private static ByteBuffer keyOf(ByteSink key) {
    return ByteBuffer.wrap(Arrays.copyOf(key.bytes(), key.size()));
  }

  /// For each row the first attribute of this name of its Resource, or of its scope.
  ///
  /// @param references per row its row of the table
  Column attribute(AttributeScope scope, long[] references, String key) {
    return TableAttributes.column(attributes(scope), size(scope), symbols, references, key);
  }

  /// Names of the attributes of the Resources, or of the scopes, that are referred to.
  Set<String> attributeKeys(AttributeScope scope, long[] references) {
    return TableAttributes.names(attributes(scope), size(scope), symbols, references);
  }

  private AttributeRows attributes(AttributeScope scope) {
    return scope == AttributeScope.RESOURCE ? resources.attributes() : scopes.attributes();
  }

  private int size(AttributeScope scope) {
    return scope == AttributeScope.RESOURCE ? resources.size() : scopes.size();
  }

  long sizeBytes() {
    return symbols.sizeBytes() + resources.sizeBytes() + scopes.sizeBytes();
  }
}
