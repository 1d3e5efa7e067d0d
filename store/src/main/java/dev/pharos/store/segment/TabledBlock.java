package dev.pharos.store.segment;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import java.util.Set;

/// A block whose rows refer to Resources and scopes in the tables of its segment or batch. One thread at a time.
interface TabledBlock extends Block {
  SegmentTables tables();

  /// Of each row its scope in the tables.
  long[] scopeRows();

  /// For each row its first own attribute of this name.
  Column ownAttribute(String key);

  /// The names of the rows' own attributes.
  Set<String> ownAttributeKeys();

  @Override
  default Column attribute(AttributeScope scope, String key) {
    return scope == AttributeScope.ITEM
        ? ownAttribute(key)
        : tables().attribute(scope, tableRows(scope), key);
  }

  @Override
  default Set<String> attributeKeys(AttributeScope scope) {
    return scope == AttributeScope.ITEM
        ? ownAttributeKeys()
        : tables().attributeKeys(scope, tableRows(scope));
  }

  private long[] tableRows(AttributeScope scope) {
    return scope == AttributeScope.RESOURCE ? column(Field.RESOURCE).values() : scopeRows();
  }

  @Override
  default ResourceTable resources() {
    return tables().resources;
  }

  @Override
  default Symbols resourceSymbols() {
    return tables().symbols;
  }
}
