package dev.pharos.store.segment;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The events or links of a block of spans. Resource and scope are those of the span. One thread at a time.
final class ChildBlock implements Block {
  private final Block spans;
  private final int[] parents;
  private final Function<String, Column> attributes;
  private final Supplier<Set<String>> names;
  private final Function<Field, Column> fields;
  private final Map<Field, Column> read = new EnumMap<>(Field.class);

  /// @param parents the row of the span of each child
  /// @param fields the fields that a child has itself; absent for others
  ChildBlock(
      Block spans,
      int[] parents,
      Function<String, Column> attributes,
      Supplier<Set<String>> names,
      Function<Field, Column> fields) {
    this.spans = spans;
    this.parents = parents;
    this.attributes = attributes;
    this.names = names;
    this.fields = fields;
  }

  @Override
  public int rows() {
    return parents.length;
  }

  @Override
  public Column column(Field field) {
    Column known = read.get(field);
    if (known == null) {
      known = load(field);
      read.put(field, known);
    }
    return known;
  }

  private Column load(Field field) {
    if (field == Field.PARENT_ROW) {
      var rows = new long[parents.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = parents[i];
      }
      return Column.ofLongs(rows.length, rows);
    }
    if (field == Field.RESOURCE || field == Field.SCOPE_NAME || field == Field.SCOPE_VERSION) {
      return ofSpans(spans.column(field));
    }
    return fields.apply(field);
  }

  private Column ofSpans(Column column) {
    if (column.isAbsent()) {
      return Column.absent(parents.length);
    }
    var types = new byte[parents.length];
    var values = new long[parents.length];
    for (int i = 0; i < parents.length; i++) {
      types[i] = column.type(parents[i]);
      values[i] = types[i] == ValueType.ABSENT ? 0 : column.value(parents[i]);
    }
    return column.types() == null
        ? new Column(parents.length, column.uniform(), null, values, column.symbols())
        : new Column(parents.length, ValueType.ABSENT, types, values, column.symbols());
  }

  @Override
  public Column attribute(AttributeScope scope, String key) {
    return scope == AttributeScope.ITEM
        ? attributes.apply(key)
        : ofSpans(spans.attribute(scope, key));
  }

  @Override
  public Set<String> attributeKeys(AttributeScope scope) {
    return scope == AttributeScope.ITEM ? names.get() : spans.attributeKeys(scope);
  }

  @Override
  public ResourceTable resources() {
    return spans.resources();
  }

  @Override
  public Symbols resourceSymbols() {
    return spans.resourceSymbols();
  }
}
