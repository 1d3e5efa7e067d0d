package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says by the footer alone whether a block may have rows that satisfy a condition. It errs on the side of yes. Any
/// thread.
final class Pruning {
  private final Footer footer;
  private final Symbols symbols;
  private final boolean ofSpans;

  Pruning(Footer footer) {
    this.footer = footer;
    this.ofSpans = !footer.blocks().isEmpty() && footer.blocks().getFirst().isOfSpans();
    this.symbols = footer.tables().symbols;
  }

  boolean mayMatch(Condition condition, BlockEntry block) {
    return switch (condition) {
      case Condition.AttributeIn in ->
          anyScope(in.scopes(), in.key(), block, new TextIn(in.values()));
      case Condition.AttributeExists exists -> anyScope(exists.scopes(), exists.key(), block, ANY);
      case Condition.AttributeBetween between ->
          anyScope(
              between.scopes(), between.key(), block, new NumberIn(between.min(), between.max()));
      case Condition.FieldIn in -> fieldIn(in.field(), in.values(), block);
      case Condition.FieldBetween between ->
          fieldBetween(between.field(), between.min(), between.max(), block);
      case Condition.DurationBetween between ->
          block.bounds().minDuration() <= between.maxNanos()
                  && block.bounds().maxDuration() >= between.minNanos()
              || !ofSpans;
      case Condition.OfTrace trace ->
          !ofSpans || block.mayHaveTrace(trace.traceHi(), trace.traceLo());
      case Condition.BodyContains contains -> true;
      case Condition.AnyOf any -> anyOf(any, block);
    };
  }

  /// Whether the blocks are of spans, and so in the order of their traces.
  boolean ofSpans() {
    return ofSpans;
  }

  private boolean anyOf(Condition.AnyOf any, BlockEntry block) {
    for (Condition condition : any.conditions()) {
      if (mayMatch(condition, block)) {
        return true;
      }
    }
    return false;
  }

  /// What is wanted of an attribute's value.
  private interface Wanted {
    boolean mayBe(byte type, long value, Symbols symbols);

    boolean mayBeIn(Chunk chunk, byte type, Symbols symbols);
  }

  private static final Wanted ANY =
      new Wanted() {
        @Override
        public boolean mayBe(byte type, long value, Symbols symbols) {
          return true;
        }

        @Override
        public boolean mayBeIn(Chunk chunk, byte type, Symbols symbols) {
          return true;
        }
      };

  private record TextIn(Set<String> values) implements Wanted {
    @Override
    public boolean mayBe(byte type, long value, Symbols symbols) {
      return type == ValueType.ARRAY
          || type == ValueType.STRING && values.contains(symbols.text((int) value));
    }

    @Override
    public boolean mayBeIn(Chunk chunk, byte type, Symbols symbols) {
      return type == ValueType.ARRAY
          || type == ValueType.STRING && textsMayHave(chunk, values, symbols);
    }
  }

  private record NumberIn(double min, double max) implements Wanted {
    @Override
    public boolean mayBe(byte type, long value, Symbols symbols) {
      return type == ValueType.ARRAY
          || type == ValueType.INT && value >= min && value <= max
          || type == ValueType.DOUBLE
              && Double.longBitsToDouble(value) >= min
              && Double.longBitsToDouble(value) <= max;
    }

    @Override
    public boolean mayBeIn(Chunk chunk, byte type, Symbols symbols) {
      if (type != ValueType.INT && type != ValueType.DOUBLE) {
        return type == ValueType.ARRAY;
      }
      return switch (chunk.known()) {
        case RANGE -> chunk.max() >= min && chunk.min() <= max;
        case DOUBLE_RANGE ->
            Double.longBitsToDouble(chunk.max()) >= min
                && Double.longBitsToDouble(chunk.min()) <= max;
        case NOTHING, TEXTS, FILTERED -> true;
      };
    }
  }

  private static boolean textsMayHave(Chunk chunk, Set<String> values, Symbols symbols) {
    if (chunk.known() != Chunk.Known.TEXTS) {
      return true;
    }
    for (String value : values) {
      int symbol = symbols.find(value);
      for (int text : chunk.texts()) {
        if (text == symbol) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean anyScope(
      Set<AttributeScope> scopes, String key, BlockEntry block, Wanted wanted) {
    for (AttributeScope scope : scopes) {
      boolean may =
          switch (scope) {
            case RESOURCE ->
                tableMayMatch(
                    footer.tables().resources.attributes(),
                    block.bounds().minResource(),
                    block.bounds().maxResource(),
                    key,
                    wanted);
            case SCOPE ->
                tableMayMatch(
                    footer.tables().scopes.attributes(),
                    block.bounds().minScope(),
                    block.bounds().maxScope(),
                    key,
                    wanted);
            case ITEM -> itemMayMatch(key, block, wanted);
          };
      if (may) {
        return true;
      }
    }
    return false;
  }

  private boolean tableMayMatch(
      AttributeRows attributes, int from, int to, String key, Wanted wanted) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    for (int row = from; row <= to; row++) {
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        if (symbols.same(attributes.key(i), utf8)
            && wanted.mayBe(attributes.type(i), attributes.value(i), symbols)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean itemMayMatch(String key, BlockEntry block, Wanted wanted) {
    if (block.bounds().unlisted()) {
      return true;
    }
    int symbol = symbols.find(key);
    if (symbol < 0) {
      return false;
    }
    for (Chunk chunk : block.chunks()) {
      if (chunk.part() < Part.ATTRIBUTE) {
        continue;
      }
      AttributeColumn column = footer.columns().get(chunk.part() - Part.ATTRIBUTE);
      if (column.key() == symbol
          && column.table() == AttributeTable.ROWS
          && wanted.mayBeIn(chunk, column.type(), symbols)) {
        return true;
      }
    }
    return false;
  }

  /// The columns of texts that may have the values; empty if the block may have them elsewhere too: in another scope,
  /// in an array, or in a column that the footer does not list.
  Optional<List<Chunk>> onlyIn(Condition.AttributeIn in, BlockEntry block) {
    if (block.bounds().unlisted()) {
      return Optional.empty();
    }
    var others = new HashSet<>(in.scopes());
    others.remove(AttributeScope.ITEM);
    if (!others.isEmpty() && anyScope(others, in.key(), block, new TextIn(in.values()))) {
      return Optional.empty();
    }
    int symbol = symbols.find(in.key());
    var chunks = new ArrayList<Chunk>();
    for (Chunk chunk : block.chunks()) {
      if (chunk.part() >= Part.ATTRIBUTE) {
        AttributeColumn column = footer.columns().get(chunk.part() - Part.ATTRIBUTE);
        if (column.key() != symbol || column.table() != AttributeTable.ROWS) {
          continue;
        }
        if (column.type() == ValueType.ARRAY) {
          return Optional.empty();
        }
        if (column.type() == ValueType.STRING && textsMayHave(chunk, in.values(), symbols)) {
          chunks.add(chunk);
        }
      }
    }
    return Optional.of(chunks);
  }

  private boolean fieldIn(Field field, Set<String> values, BlockEntry block) {
    int part =
        switch (field) {
          case NAME -> Part.NAME;
          case STATUS_MESSAGE -> Part.STATUS_MESSAGE;
          case TRACE_STATE -> Part.TRACE_STATE;
          case SEVERITY_TEXT -> Part.SEVERITY_TEXT;
          case EVENT_NAME -> Part.RECORD_NAME;
          case TRACE_HI,
              TRACE_LO,
              SPAN_ID,
              PARENT_SPAN_ID,
              TIME,
              END,
              KIND,
              STATUS_CODE,
              FLAGS,
              OBSERVED,
              SEVERITY_NUMBER,
              BODY,
              SCOPE_NAME,
              SCOPE_VERSION,
              RESOURCE,
              PARENT_ROW ->
              0;
        };
    if (part == 0) {
      return field != Field.SCOPE_NAME && field != Field.SCOPE_VERSION
          || scopeIn(field, values, block);
    }
    Chunk chunk = block.chunk(part);
    return chunk == null ? values.contains("") : textsMayHave(chunk, values, symbols);
  }

  private boolean scopeIn(Field field, Set<String> values, BlockEntry block) {
    var scopes = footer.tables().scopes;
    for (int row = block.bounds().minScope(); row <= block.bounds().maxScope(); row++) {
      int text = field == Field.SCOPE_NAME ? scopes.name(row) : scopes.version(row);
      if (values.contains(symbols.text(text))) {
        return true;
      }
    }
    return false;
  }

  private static boolean fieldBetween(Field field, long min, long max, BlockEntry block) {
    int part =
        switch (field) {
          case KIND -> Part.KIND;
          case STATUS_CODE -> Part.STATUS_CODE;
          case FLAGS -> Part.FLAGS;
          case OBSERVED -> Part.OBSERVED;
          case SEVERITY_NUMBER -> Part.SEVERITY_NUMBER;
          case TIME -> -1;
          case TRACE_HI,
              TRACE_LO,
              SPAN_ID,
              PARENT_SPAN_ID,
              END,
              NAME,
              STATUS_MESSAGE,
              TRACE_STATE,
              SEVERITY_TEXT,
              BODY,
              EVENT_NAME,
              SCOPE_NAME,
              SCOPE_VERSION,
              RESOURCE,
              PARENT_ROW ->
              0;
        };
    if (part < 0) {
      return block.bounds().maxNanos() >= min && block.bounds().minNanos() <= max;
    }
    Chunk chunk = part == 0 ? null : block.chunk(part);
    if (chunk == null) {
      return part == 0 || min <= 0 && max >= 0;
    }
    return chunk.known() != Chunk.Known.RANGE || chunk.max() >= min && chunk.min() <= max;
  }
}
