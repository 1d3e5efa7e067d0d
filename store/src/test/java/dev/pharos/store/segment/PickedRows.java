package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Compares a few rows of a block, seen as a block, with these rows of the whole block.
final class PickedRows {
  private PickedRows() {}

  static void assertSame(SpanBlock whole, int[] rows, SpanBlock few) {
    assertSameColumns(whole, rows, few);
    var places = new int[whole.rows()];
    Arrays.fill(places, -1);
    for (int i = 0; i < rows.length; i++) {
      places[rows[i]] = i;
    }
    assertSameChildren(whole.events(), places, few.events());
    assertSameChildren(whole.links(), places, few.links());
    int[] odd = IntStream.range(0, rows.length).filter(i -> i % 2 == 1).toArray();
    int[] oddRows = Arrays.stream(odd).map(i -> rows[i]).toArray();
    assertSameColumns(whole, oddRows, few.only(odd).orElseThrow());
    assertThat(Rendered.rows(few.materialize(odd, odd.length)))
        .isEqualTo(Rendered.rows(whole.materialize(oddRows, odd.length)));
  }

  private static void assertSameChildren(Block whole, int[] places, Block few) {
    Column parents = whole.column(Field.PARENT_ROW);
    int[] rows =
        IntStream.range(0, whole.rows())
            .filter(row -> places[(int) parents.value(row)] >= 0)
            .toArray();
    assertSameColumns(whole, rows, few);
    for (int i = 0; i < rows.length; i++) {
      assertThat(few.column(Field.PARENT_ROW).value(i))
          .isEqualTo(places[(int) parents.value(rows[i])]);
    }
  }

  /// Events and links have the names of all spans of the block for Resources and scopes.
  private static void assertSameColumns(Block whole, int[] rows, Block few) {
    assertThat(few.rows()).isEqualTo(rows.length);
    for (Field field : Field.values()) {
      if (field != Field.PARENT_ROW) {
        assertSame(field.name(), whole.column(field), rows, few.column(field));
      }
    }
    for (AttributeScope scope : AttributeScope.values()) {
      var names = new TreeSet<String>();
      for (String key : whole.attributeKeys(scope)) {
        Column all = whole.attribute(scope, key);
        assertSame(key, all, rows, few.attribute(scope, key));
        if (Arrays.stream(rows).anyMatch(row -> all.type(row) != ValueType.ABSENT)) {
          names.add(key);
        }
      }
      if (whole instanceof SpanBlock || scope == AttributeScope.ITEM) {
        assertThat(new TreeSet<>(few.attributeKeys(scope))).isEqualTo(names);
      }
    }
  }

  private static void assertSame(String name, Column whole, int[] rows, Column few) {
    for (int i = 0; i < rows.length; i++) {
      byte type = whole.type(rows[i]);
      assertThat(few.type(i)).as("%s of row %d", name, rows[i]).isEqualTo(type);
      if (ValueType.isSymbol(type)) {
        assertThat(few.text(i)).as("%s of row %d", name, rows[i]).isEqualTo(whole.text(rows[i]));
      } else if (type != ValueType.ABSENT) {
        assertThat(few.value(i)).as("%s of row %d", name, rows[i]).isEqualTo(whole.value(rows[i]));
      }
    }
  }
}
