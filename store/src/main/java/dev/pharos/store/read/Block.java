package dev.pharos.store.read;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import java.util.Set;

/// Rows of one tenant and signal whose columns are read and decoded when first asked for. One thread at a time; valid
/// until the plan is closed.
public interface Block {
  int rows();

  /// The fixed column; absent if this kind of block has no such field.
  Column column(Field field);

  /// The attribute column of this name, or [Column#absent].
  Column attribute(AttributeScope scope, String key);

  /// Names of the attributes that some row of the block has.
  Set<String> attributeKeys(AttributeScope scope);

  /// The Resources that column `RESOURCE` refers to; their symbols are of [#resourceSymbols()].
  ResourceTable resources();

  Symbols resourceSymbols();
}
