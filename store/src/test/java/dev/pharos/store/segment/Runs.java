package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.RowGroups;
import dev.pharos.store.read.SpanBlock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares the runs and columns of a block with its spans.
final class Runs {
  private Runs() {}

  static void assertSameAsSpans(SpanBlock block) {
    SpanBatch spans = SpanFormatTest.all(block);
    Set<RowGroups> groups = new HashSet<>();
    for (String key : block.attributeKeys(AttributeScope.ITEM)) {
      List<AttributeRun> runs = block.attributeRuns(key);
      runs.forEach(run -> groups.add(run.groups()));
      String[] expected = ofSpans(key, spans);
      assertThat(rows(runs, block.rows())).as(key).isEqualTo(expected);
      assertThat(rows(block.attribute(AttributeScope.ITEM, key))).as(key).isEqualTo(expected);
    }
    assertThat(groups).as("the groups of all runs").hasSizeLessThanOrEqualTo(1);
    assertThat(block.attributeRuns("no such key")).isEmpty();
  }

  private static String[] ofSpans(String key, SpanBatch spans) {
    AttributeRows attributes = spans.attributes();
    var rows = new String[spans.rows()];
    for (int row = 0; row < rows.length; row++) {
      for (int i = attributes.from(row); rows[row] == null && i < attributes.to(row); i++) {
        if (spans.symbols().text(attributes.key(i)).equals(key)) {
          rows[row] = text(attributes.type(i), attributes.value(i), spans.symbols());
        }
      }
    }
    return rows;
  }

  private static String[] rows(Column column) {
    var rows = new String[column.rows()];
    for (int row = 0; row < rows.length; row++) {
      if (column.type(row) != ValueType.ABSENT) {
        rows[row] = text(column.type(row), column.value(row), column.symbols());
      }
    }
    return rows;
  }

  private static String[] rows(List<AttributeRun> runs, int count) {
    var rows = new String[count];
    for (AttributeRun run : runs) {
      int next = run.from();
      for (int row = 0; row < count; row++) {
        byte has = run.has()[run.groups().of(row)];
        if (has == AttributeRun.FIRST) {
          assertThat(rows[row]).as("a second value of row %d", row).isNull();
          rows[row] = text(run.type(), run.values()[next], run.symbols());
        }
        next += has == AttributeRun.NONE ? 0 : 1;
      }
      assertThat(next - run.from()).isEqualTo(run.count());
    }
    return rows;
  }

  private static String text(byte type, long value, Symbols symbols) {
    return type + " " + (ValueType.isSymbol(type) ? symbols.text((int) value) : value);
  }
}
