package dev.pharos.query.logql;

import dev.pharos.model.Ids;
import dev.pharos.model.ValueType;
import dev.pharos.query.value.ValueText;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A block of log records seen as Loki's lines: columns are read when first asked for, Resources are translated once each.
/// One thread; valid until the plan is closed.
final class LogRows {
  private record AttributeColumn(String name, Column column) {}

  private final LogBlock block;
  private final @Nullable Column[] fields = new Column[Field.values().length];
  private final @Nullable ResourceLabels[] resources;
  private @Nullable List<AttributeColumn> attributes;

  LogRows(LogBlock block) {
    this.block = block;
    this.resources = new ResourceLabels[block.resources().size()];
  }

  int rows() {
    return block.rows();
  }

  Column field(Field field) {
    Column column = fields[field.ordinal()];
    if (column == null) {
      column = block.column(field);
      fields[field.ordinal()] = column;
    }
    return column;
  }

  long timeNanos(int row) {
    return field(Field.TIME).value(row);
  }

  int resource(int row) {
    return (int) field(Field.RESOURCE).value(row);
  }

  ResourceLabels labels(int resource) {
    ResourceLabels labels = resources[resource];
    if (labels == null) {
      labels = ResourceLabels.of(block.resources(), block.resourceSymbols(), resource);
      resources[resource] = labels;
    }
    return labels;
  }

  /// Points a line at the row's text.
  void line(int row, Line line) {
    Column body = field(Field.BODY);
    byte type = body.type(row);
    if (type == ValueType.STRING) {
      int id = (int) body.value(row);
      int from = body.symbols().offset(id);
      line.text(body.symbols().bytes(), from, from + body.symbols().length(id));
    } else {
      byte[] text = type == ValueType.ABSENT
          ? new byte[0]
          : ValueText.text(type, body.value(row), body.symbols()).getBytes(StandardCharsets.UTF_8);
      line.text(text, 0, text.length);
    }
  }

  /// The structured metadata of a row, `detected_level` apart; a name may come more than once, then the first counts.
  void metadata(int row, BiConsumer<String, String> each) {
    labels(resource(row)).metadata().forEach(each);
    symbol(Field.SCOPE_NAME, row, "scope_name", each);
    symbol(Field.SCOPE_VERSION, row, "scope_version", each);
    for (AttributeColumn attribute : attributes()) {
      Column column = attribute.column();
      byte type = column.type(row);
      if (type == ValueType.MAP) {
        ValueText.flatten(attribute.name(), type, column.value(row), column.symbols(),
            (name, value) -> each.accept(LabelNames.sanitize(name), value));
      } else if (type != ValueType.ABSENT) {
        each.accept(attribute.name(), ValueText.text(type, column.value(row), column.symbols()));
      }
    }
    long observed = number(Field.OBSERVED, row);
    if (observed != 0 && observed != timeNanos(row)) {
      each.accept("observed_timestamp", Long.toString(observed));
    }
    long severity = number(Field.SEVERITY_NUMBER, row);
    if (severity != 0) {
      each.accept("severity_number", Long.toString(severity));
    }
    symbol(Field.SEVERITY_TEXT, row, "severity_text", each);
    long flags = number(Field.FLAGS, row);
    if (flags != 0) {
      each.accept("flags", Long.toString(flags));
    }
    long hi = number(Field.TRACE_HI, row);
    long lo = number(Field.TRACE_LO, row);
    if ((hi | lo) != 0) {
      each.accept(LabelNames.TRACE_ID, Ids.traceHex(hi, lo));
    }
    long span = number(Field.SPAN_ID, row);
    if (span != 0) {
      each.accept(LabelNames.SPAN_ID, Ids.spanHex(span));
    }
    symbol(Field.EVENT_NAME, row, "event_name", each);
  }

  long number(Field field, int row) {
    Column column = field(field);
    return column.type(row) == ValueType.ABSENT ? 0 : column.value(row);
  }

  private void symbol(Field field, int row, String name, BiConsumer<String, String> each) {
    Column column = field(field);
    if (column.type(row) == ValueType.STRING && column.symbols().length((int) column.value(row)) > 0) {
      each.accept(name, column.text(row));
    }
  }

  private List<AttributeColumn> attributes() {
    List<AttributeColumn> list = attributes;
    if (list == null) {
      list = new ArrayList<>();
      for (AttributeScope scope : List.of(AttributeScope.SCOPE, AttributeScope.ITEM)) {
        for (String key : block.attributeKeys(scope).stream().sorted().toList()) {
          list.add(new AttributeColumn(LabelNames.sanitize(key), block.attribute(scope, key)));
        }
      }
      attributes = list;
    }
    return list;
  }

  /// The level by severity number alone, which is what decides where no name does.
  Optional<String> severityLevel(int row) {
    return DetectedLevel.ofSeverity(number(Field.SEVERITY_NUMBER, row));
  }
}
