package dev.pharos.query.memory;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import java.util.Set;

/// What blocks over batches of either kind answer from their tables.
interface MemoryBlock extends Block {
  MemoryTables tables();

  @Override
  default int rows() {
    return tables().rows();
  }

  @Override
  default Column attribute(AttributeScope scope, String key) {
    return tables().attribute(scope, key);
  }

  @Override
  default Set<String> attributeKeys(AttributeScope scope) {
    return tables().attributeKeys(scope);
  }

  @Override
  default ResourceTable resources() {
    return tables().resources();
  }

  @Override
  default Symbols resourceSymbols() {
    return tables().symbols();
  }
}
