package dev.pharos.query.traceql;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.FieldOp;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.util.Arrays;
import java.util.Optional;

/// Decides conditions for the rows of one block from their columns: no, yes, or perhaps where only the whole trace or
/// an assembled span can tell. Columns are read when a condition needs them, and only for rows that are still open.
/// One thread.
final class BlockFilter {
  static final byte NO = 0;
  static final byte YES = 1;
  static final byte PERHAPS = 2;

  private final SpanBlock block;
  private final int rows;

  BlockFilter(SpanBlock block) {
    this.block = block;
    this.rows = block.rows();
  }

  /// Verdicts by row; rows that are not `open` get any.
  byte[] decide(FieldExpr expr, boolean[] open) {
    return switch (expr) {
      case FieldExpr.Unary u when u.not() && isCondition(u.inner()) ->
          inverted(decide(u.inner(), open));
      case FieldExpr.Binary b when b.op() == FieldOp.AND -> and(b, open);
      case FieldExpr.Binary b when b.op() == FieldOp.OR -> or(b, open);
      case FieldExpr.Binary b when b.op().isComparison() -> comparison(b, open);
      case FieldExpr.Static(Literal literal) ->
          all(literal.equals(new Literal.Bool(true)) ? YES : NO);
      case FieldExpr.Attribute a -> comparison(new FieldExpr.Binary(FieldOp.EQ, a, TRUE), open);
      case FieldExpr.IntrinsicField i -> all(NO);
      case FieldExpr.Unary u when u.not() && u.inner() instanceof FieldExpr.Attribute ->
          comparison(new FieldExpr.Binary(FieldOp.EQ, u.inner(), FALSE), open);
      case FieldExpr.Unary u -> all(PERHAPS);
      case FieldExpr.Binary b -> all(PERHAPS);
    };
  }

  private static final FieldExpr TRUE = new FieldExpr.Static(new Literal.Bool(true));
  private static final FieldExpr FALSE = new FieldExpr.Static(new Literal.Bool(false));

  private static boolean isCondition(FieldExpr expr) {
    return (expr instanceof FieldExpr.Binary b && !b.op().isArithmetic())
        || (expr instanceof FieldExpr.Unary u && u.not());
  }

  private byte[] all(byte verdict) {
    var verdicts = new byte[rows];
    Arrays.fill(verdicts, verdict);
    return verdicts;
  }

  private static byte[] inverted(byte[] verdicts) {
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = verdicts[i] == NO ? YES : verdicts[i] == YES ? NO : PERHAPS;
    }
    return verdicts;
  }

  private byte[] and(FieldExpr.Binary b, boolean[] open) {
    byte[] left = decide(b.left(), open);
    int[] still = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      if (open[i] && left[i] != NO) {
        still[count++] = i;
      }
    }
    if (count == 0) {
      return left;
    }
    still = Arrays.copyOf(still, count);
    byte[] right = ofSome(b.right(), still);
    for (int i = 0; i < count; i++) {
      int row = still[i];
      left[row] = right[i] == NO ? NO : left[row] == YES ? right[i] : PERHAPS;
    }
    return left;
  }

  /// Verdicts of some rows, one after the other.
  private byte[] ofSome(FieldExpr expr, int[] some) {
    boolean[] open;
    Optional<SpanBlock> few = some.length < rows ? block.only(some) : Optional.empty();
    if (few.isPresent()) {
      open = new boolean[some.length];
      Arrays.fill(open, true);
      return new BlockFilter(few.get()).decide(expr, open);
    }
    open = new boolean[rows];
    for (int row : some) {
      open[row] = true;
    }
    byte[] all = decide(expr, open);
    var verdicts = new byte[some.length];
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = all[some[i]];
    }
    return verdicts;
  }

  private byte[] or(FieldExpr.Binary b, boolean[] open) {
    byte[] left = decide(b.left(), open);
    boolean[] still = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      still[i] = open[i] && left[i] != YES;
    }
    byte[] right = decide(b.right(), still);
    for (int i = 0; i < rows; i++) {
      if (left[i] != YES) {
        left[i] = right[i] == YES ? YES : left[i] == PERHAPS || right[i] == PERHAPS ? PERHAPS : NO;
      }
    }
    return left;
  }

  private byte[] comparison(FieldExpr.Binary b, boolean[] open) {
    if (b.right() instanceof FieldExpr.Static(Literal literal)) {
      return against(b.left(), b.op(), literal, open);
    }
    if (b.left() instanceof FieldExpr.Static(Literal literal) && !b.op().isRegex()) {
      return against(b.right(), mirrored(b.op()), literal, open);
    }
    return all(PERHAPS);
  }

  private static FieldOp mirrored(FieldOp op) {
    return switch (op) {
      case LT -> FieldOp.GT;
      case LE -> FieldOp.GE;
      case GT -> FieldOp.LT;
      case GE -> FieldOp.LE;
      case EQ, NE, MATCH, NOT_MATCH, AND, OR, ADD, SUB, MUL, DIV, MOD, POW -> op;
    };
  }

  private byte[] against(FieldExpr field, FieldOp op, Literal literal, boolean[] open) {
    var test = new ValueTest(op, literal);
    return switch (field) {
      case FieldExpr.Attribute(AttributeSide side, String key) -> attribute(side, key, test, open);
      case FieldExpr.IntrinsicField(Intrinsic intrinsic) -> intrinsic(intrinsic, test, open);
      case FieldExpr.Static s -> all(PERHAPS);
      case FieldExpr.Unary u -> all(PERHAPS);
      case FieldExpr.Binary b -> all(PERHAPS);
    };
  }

  private byte[] attribute(AttributeSide side, String key, ValueTest test, boolean[] open) {
    return switch (side) {
      case SPAN -> column(block.attribute(AttributeScope.ITEM, key), test, open);
      case RESOURCE -> resource(key, test);
      case ANY -> {
        Column span = block.attribute(AttributeScope.ITEM, key);
        byte[] verdicts = resource(key, test);
        if (!span.isAbsent()) {
          byte[] own = column(span, test, open);
          for (int i = 0; i < rows; i++) {
            verdicts[i] = span.type(i) == ValueType.ABSENT ? verdicts[i] : own[i];
          }
        }
        yield verdicts;
      }
      case INSTRUMENTATION -> column(block.attribute(AttributeScope.SCOPE, key), test, open);
      case EVENT ->
          children(block.events(), block.events().attribute(AttributeScope.ITEM, key), test);
      case LINK -> children(block.links(), block.links().attribute(AttributeScope.ITEM, key), test);
      case PARENT -> all(PERHAPS);
    };
  }

  private byte[] column(Column column, ValueTest test, boolean[] open) {
    var verdicts = new byte[rows];
    if (column.isAbsent()) {
      Arrays.fill(verdicts, test.onAbsent() ? YES : NO);
      return verdicts;
    }
    var memo = test.over(column.symbols());
    for (int i = 0; i < rows; i++) {
      verdicts[i] =
          open[i]
                  && memo.test(
                      column.type(i), column.type(i) == ValueType.ABSENT ? 0 : column.value(i))
              ? YES
              : NO;
    }
    return verdicts;
  }

  /// Resource attributes are looked up once a Resource, not once a row.
  private byte[] resource(String key, ValueTest test) {
    ResourceTable table = block.resources();
    Symbols symbols = block.resourceSymbols();
    Column column = block.column(Field.RESOURCE);
    byte[] known = new byte[table.size()];
    byte[] utf8 = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var memo = test.over(symbols);
    var verdicts = new byte[rows];
    for (int i = 0; i < rows; i++) {
      int id = (int) column.value(i);
      if (known[id] == 0) {
        known[id] = (byte) (matches(table.attributes(), symbols, id, utf8, memo) ? 1 : 2);
      }
      verdicts[i] = known[id] == 1 ? YES : NO;
    }
    return verdicts;
  }

  private static boolean matches(
      AttributeRows attributes, Symbols symbols, int parent, byte[] key, ValueTest.Memo memo) {
    for (int i = attributes.from(parent); i < attributes.to(parent); i++) {
      if (symbols.same(attributes.key(i), key)) {
        return memo.test(attributes.type(i), attributes.value(i));
      }
    }
    return memo.test(ValueType.ABSENT, 0);
  }

  /// Perhaps for spans one of whose events or links satisfies the test, since others of its conditions may not.
  private byte[] children(Block children, Column column, ValueTest test) {
    var verdicts = new byte[rows];
    if (test.onAbsent()) {
      Arrays.fill(verdicts, PERHAPS);
      return verdicts;
    }
    if (column.isAbsent()) {
      return verdicts;
    }
    Column parent = children.column(Field.PARENT_ROW);
    var memo = test.over(column.symbols());
    for (int i = 0; i < children.rows(); i++) {
      if (column.type(i) != ValueType.ABSENT && memo.test(column.type(i), column.value(i))) {
        verdicts[(int) parent.value(i)] = PERHAPS;
      }
    }
    return verdicts;
  }

  private byte[] intrinsic(Intrinsic intrinsic, ValueTest test, boolean[] open) {
    return switch (intrinsic) {
      case DURATION -> duration(test);
      case NAME -> column(block.column(Field.NAME), test, open);
      case STATUS -> enumerated(block.column(Field.STATUS_CODE), Literal.Status.values(), test);
      case STATUS_MESSAGE -> column(block.column(Field.STATUS_MESSAGE), test, open);
      case KIND -> enumerated(block.column(Field.KIND), Literal.Kind.values(), test);
      case NESTED_SET_PARENT -> test.isBelowZero() ? roots() : all(PERHAPS);
      case EVENT_NAME -> children(block.events(), block.events().column(Field.NAME), test);
      case INSTRUMENTATION_NAME -> column(block.column(Field.SCOPE_NAME), test, open);
      case INSTRUMENTATION_VERSION -> column(block.column(Field.SCOPE_VERSION), test, open);
      case SPAN_ID,
          PARENT_ID,
          CHILD_COUNT,
          TRACE_DURATION,
          ROOT_NAME,
          ROOT_SERVICE,
          TRACE_ID,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          PARENT,
          EVENT_TIME_SINCE_START,
          LINK_TRACE_ID,
          LINK_SPAN_ID ->
          all(PERHAPS);
    };
  }

  private byte[] duration(ValueTest test) {
    long[] starts = block.column(Field.TIME).values();
    long[] ends = block.column(Field.END).values();
    var verdicts = new byte[rows];
    for (int i = 0; i < rows; i++) {
      verdicts[i] = test.ofDuration(ends[i] - starts[i]) ? YES : NO;
    }
    return verdicts;
  }

  private byte[] roots() {
    Column parents = block.column(Field.PARENT_SPAN_ID);
    var verdicts = new byte[rows];
    for (int i = 0; i < rows; i++) {
      verdicts[i] = parents.value(i) == 0 ? YES : NO;
    }
    return verdicts;
  }

  private byte[] enumerated(Column column, Literal[] values, ValueTest test) {
    byte[] known = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      known[i] = test.of(values[i]) ? YES : NO;
    }
    var verdicts = new byte[rows];
    for (int i = 0; i < rows; i++) {
      long number = column.value(i);
      verdicts[i] = known[number >= 0 && number < values.length ? (int) number : 0];
    }
    return verdicts;
  }
}
