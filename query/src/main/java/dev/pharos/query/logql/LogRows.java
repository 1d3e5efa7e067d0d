package dev.pharos.query.logql;

import dev.pharos.model.Ids;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.LogBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A block of log records seen as Loki's lines: columns are read when first asked for, Resources are translated once
/// each. One thread; valid until the plan is closed.
final class LogRows {
  /// An attribute whose column is read when first asked for.
  private static final class AttributeColumn {
    private final LogBlock block;
    private final AttributeScope scope;
    private final String key;
    private final String name;
    private @Nullable Column column;

    AttributeColumn(LogBlock block, AttributeScope scope, String key) {
      this.block = block;
      this.scope = scope;
      this.key = key;
      this.name = LabelNames.sanitize(key);
    }

    String name() {
      return name;
    }

    Column column() {
      Column read = column;
      if (read == null) {
        read = block.attribute(scope, key);
        column = read;
      }
      return read;
    }
  }

  private final LogBlock block;
  private final @Nullable Column[] fields = new Column[Field.values().length];
  private final @Nullable ResourceLabels[] resources;
  private final byte[] levelSources;
  private final SeverityTexts severityTexts = new SeverityTexts();
  private @Nullable List<AttributeColumn> attributes;
  private @Nullable Map<String, List<AttributeColumn>> attributesByName;

  LogRows(LogBlock block) {
    this.block = block;
    this.resources = new ResourceLabels[block.resources().size()];
    this.levelSources = new byte[resources.length];
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

  /// Leaves out of `rows[0, count)` those whose text cannot have a value, and reads the text of the others alone.
  ///
  /// @return how many are left
  int withValue(byte[] value, int[] rows, int count) {
    LogBlock.Bodies bodies = block.bodiesWith(value);
    fields[Field.BODY.ordinal()] = bodies.column();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      rows[kept] = rows[i];
      kept += bodies.rows().get(rows[i]) ? 1 : 0;
    }
    return kept;
  }

  /// Whether some of the rows may have a label before their text is parsed.
  boolean mayHave(String name, int[] rows, int count) {
    if (BlockCounts.isOfRecord(name)
        || name.equals(LabelNames.DETECTED_LEVEL)
        || !attributes(name).isEmpty()) {
      return true;
    }
    int last = -1;
    for (int i = 0; i < count; i++) {
      int resource = resource(rows[i]);
      if (resource != last) {
        ResourceLabels labels = labels(resource);
        if (!labels.stream().get(name).isEmpty() || labels.metadata().containsKey(name)) {
          return true;
        }
        last = resource;
      }
    }
    return false;
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
      byte[] text =
          type == ValueType.ABSENT
              ? new byte[0]
              : ValueText.of(body.symbols(), type, body.value(row))
                  .getBytes(StandardCharsets.UTF_8);
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
        FlattenedMap.forEach(
            attribute.name(),
            type,
            column.value(row),
            column.symbols(),
            (name, value) -> each.accept(LabelNames.sanitize(name), value));
      } else if (type != ValueType.ABSENT) {
        each.accept(attribute.name(), ValueText.of(column.symbols(), type, column.value(row)));
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
    if (column.type(row) == ValueType.STRING
        && column.symbols().length((int) column.value(row)) > 0) {
      each.accept(name, column.text(row));
    }
  }

  private List<AttributeColumn> attributes() {
    List<AttributeColumn> list = attributes;
    if (list == null) {
      list = new ArrayList<>();
      for (AttributeScope scope : List.of(AttributeScope.SCOPE, AttributeScope.ITEM)) {
        for (String key : block.attributeKeys(scope).stream().sorted().toList()) {
          list.add(new AttributeColumn(block, scope, key));
        }
      }
      attributes = list;
    }
    return list;
  }

  /// One value of a row's structured metadata, `detected_level` apart; the empty text if it has none.
  String metadata(int row, String name) {
    String ofResource = labels(resource(row)).metadata().getOrDefault(name, "");
    if (!ofResource.isEmpty()) {
      return ofResource;
    }
    var found = new String[] {""};
    BiConsumer<String, String> first =
        (key, value) -> {
          if (found[0].isEmpty() && LabelNames.sanitize(key).equals(name)) {
            found[0] = value;
          }
        };
    switch (name) {
      case "scope_name" -> symbol(Field.SCOPE_NAME, row, name, first);
      case "scope_version" -> symbol(Field.SCOPE_VERSION, row, name, first);
      default -> {}
    }
    for (AttributeColumn attribute : attributes(name)) {
      Column column = attribute.column();
      byte type = column.type(row);
      if (type == ValueType.MAP) {
        FlattenedMap.forEach(attribute.name(), type, column.value(row), column.symbols(), first);
      } else if (type != ValueType.ABSENT) {
        first.accept(attribute.name(), ValueText.of(column.symbols(), type, column.value(row)));
      }
    }
    return found[0].isEmpty() ? fixed(row, name, first, found) : found[0];
  }

  private String fixed(int row, String name, BiConsumer<String, String> first, String[] found) {
    switch (name) {
      case "severity_text" -> symbol(Field.SEVERITY_TEXT, row, name, first);
      case "event_name" -> symbol(Field.EVENT_NAME, row, name, first);
      case "severity_number", "flags" -> {
        long number = number(name.equals("flags") ? Field.FLAGS : Field.SEVERITY_NUMBER, row);
        found[0] = number == 0 ? "" : Long.toString(number);
      }
      case LabelNames.TRACE_ID -> {
        long hi = number(Field.TRACE_HI, row);
        long lo = number(Field.TRACE_LO, row);
        found[0] = (hi | lo) == 0 ? "" : Ids.traceHex(hi, lo);
      }
      case LabelNames.SPAN_ID -> {
        long span = number(Field.SPAN_ID, row);
        found[0] = span == 0 ? "" : Ids.spanHex(span);
      }
      case "observed_timestamp" -> {
        long observed = number(Field.OBSERVED, row);
        found[0] = observed == 0 || observed == timeNanos(row) ? "" : Long.toString(observed);
      }
      default -> {}
    }
    return found[0];
  }

  /// The attribute columns that may show under a name: those called so, and maps that may have such a member.
  private List<AttributeColumn> attributes(String name) {
    Map<String, List<AttributeColumn>> byName = attributesByName;
    if (byName == null) {
      byName = new HashMap<>();
      attributesByName = byName;
    }
    return byName.computeIfAbsent(
        name,
        n ->
            attributes().stream()
                .filter(a -> n.equals(a.name()) || n.startsWith(a.name() + "_"))
                .toList());
  }

  /// The level of a row: by the first of the names that hold one, else by the severity number, else by the text.
  String level(int row, Line line) {
    int resource = resource(row);
    if (levelSources[resource] == 0) {
      levelSources[resource] = (byte) (hasLevelSource(resource) ? 1 : 2);
    }
    Optional<String> named =
        levelSources[resource] == 1 ? namedLevel(row, resource) : severityTexts.level(row);
    if (named.isPresent()) {
      return named.get();
    }
    Optional<String> severity = DetectedLevel.ofSeverity(number(Field.SEVERITY_NUMBER, row));
    return severity.isPresent()
        ? severity.get()
        : DetectedLevel.ofLine(line.bytes(), line.from(), line.to());
  }

  private Optional<String> namedLevel(int row, int resource) {
    for (String source : DetectedLevel.SOURCES) {
      String label = labels(resource).stream().get(source);
      String name = label.isEmpty() ? metadata(row, source) : label;
      Optional<String> level = name.isEmpty() ? Optional.empty() : DetectedLevel.ofName(name);
      if (level.isPresent()) {
        return level;
      }
    }
    return Optional.empty();
  }

  /// The levels that the severity texts of rows name; each of the few texts is looked at once in a while.
  private final class SeverityTexts {
    private static final int SLOTS = 16;

    private final int[] ids = new int[SLOTS];
    private final List<Optional<String>> levels =
        new ArrayList<>(Collections.nCopies(SLOTS, Optional.empty()));

    Optional<String> level(int row) {
      Column column = field(Field.SEVERITY_TEXT);
      int id = column.type(row) == ValueType.STRING ? (int) column.value(row) : 0;
      int slot = id % SLOTS;
      if (ids[slot] != id) {
        ids[slot] = id;
        levels.set(slot, DetectedLevel.ofName(column.symbols().text(id)));
      }
      return levels.get(slot);
    }
  }

  /// Whether rows of a Resource may have a name that holds a level, the severity's own text apart.
  private boolean hasLevelSource(int resource) {
    for (String source : DetectedLevel.SOURCES) {
      ResourceLabels labels = labels(resource);
      boolean ofResource =
          !labels.stream().get(source).isEmpty() || labels.metadata().containsKey(source);
      if (ofResource || !attributes(source).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
