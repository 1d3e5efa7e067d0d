package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Term.Bound;
import dev.pharos.insight.compare.Term.Kind;
import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.SpanBlock;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// The rows of a block whose spans have the value of a term, as bits. Immutable; any thread.
public final class TermRows {
  private final Term term;
  private final long raw;
  private final byte[] key;
  private final byte[] text;

  public TermRows(Term term) {
    this.term = term;
    raw = raw(term);
    key = term.attribute().key().getBytes(StandardCharsets.UTF_8);
    text = term.value().getBytes(StandardCharsets.UTF_8);
  }

  /// The number, raw double or truth; 0 for a text.
  private static long raw(Term term) {
    return switch (term.kind()) {
      case STRING -> 0;
      case BOOL -> Boolean.parseBoolean(term.value()) ? 1 : 0;
      case INT -> Long.parseLong(term.value());
      case DOUBLE -> Double.doubleToRawLongBits(Double.parseDouble(term.value()));
    };
  }

  /// By row, 64 in a word, the first in the lowest bit.
  public long[] in(SpanBlock block) {
    return switch (term.attribute().scope()) {
      case SPAN -> runs(block.attributeRuns(term.attribute().key()), block.rows());
      case RESOURCE -> resources(block);
      case EVENT -> events(block.events(), block.rows());
      case INTRINSIC ->
          switch (term.attribute().key()) {
            case "name" -> runs(AttributeRun.of(block.column(Field.NAME)), block.rows());
            case "kind" ->
                number(block.column(Field.KIND), Literal.Kind.valueOf(constant()).ordinal(), 6);
            case "status" ->
                number(
                    block.column(Field.STATUS_CODE),
                    Literal.Status.valueOf(constant()).ordinal(),
                    3);
            default -> throw new IllegalStateException("intrinsic " + term.attribute().key());
          };
    };
  }

  private String constant() {
    return term.value().toUpperCase(Locale.ROOT);
  }

  private static long[] bits(int rows) {
    return new long[(rows + 63) >> 6];
  }

  private static long[] number(Column column, int wanted, int known) {
    long[] bits = bits(column.rows());
    for (int row = 0; row < column.rows(); row++) {
      long value = column.value(row);
      long clean = value >= 0 && value < known ? value : 0;
      bits[row >> 6] |= clean == wanted ? 1L << row : 0;
    }
    return bits;
  }

  private long[] resources(SpanBlock block) {
    AttributeRows attributes = block.resources().attributes();
    var has = new boolean[block.resources().size()];
    for (int row = 0; row < has.length; row++) {
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        if (block.resourceSymbols().same(attributes.key(i), key)) {
          has[row] = matches(block.resourceSymbols(), attributes.type(i), attributes.value(i));
          break;
        }
      }
    }
    Column resource = block.column(Field.RESOURCE);
    long[] bits = bits(block.rows());
    for (int row = 0; row < block.rows(); row++) {
      bits[row >> 6] |= has[(int) resource.value(row)] ? 1L << row : 0;
    }
    return bits;
  }

  private long[] events(Block events, int rows) {
    long[] bits = bits(rows);
    if (events.rows() > 0) {
      Column column = events.attribute(AttributeScope.ITEM, term.attribute().key());
      long[] having = runs(AttributeRun.of(column), events.rows());
      long[] spans = events.column(Field.PARENT_ROW).values();
      for (int event = 0; event < events.rows(); event++) {
        long one = having[event >> 6] >>> event & 1;
        bits[(int) spans[event] >> 6] |= one << spans[event];
      }
    }
    return bits;
  }

  private long[] runs(List<AttributeRun> runs, int rows) {
    long[] bits = bits(rows);
    for (AttributeRun run : runs) {
      boolean[] having = having(run);
      for (int row = 0, next = 0; next < having.length; row++) {
        byte has = run.has()[run.groups().of(row)];
        if (has != AttributeRun.NONE) {
          bits[row >> 6] |= having[next++] && has == AttributeRun.FIRST ? 1L << row : 0;
        }
      }
    }
    return bits;
  }

  /// For each value of a run whether it is the term's; empty if none is.
  private boolean[] having(AttributeRun run) {
    if (run.type() == ValueType.STRING && term.kind() == Kind.STRING) {
      return having(run, texts(run.symbols()));
    }
    var having = new boolean[run.count()];
    for (int i = 0; i < having.length; i++) {
      having[i] = matches(run.symbols(), run.type(), run.values()[run.from() + i]);
    }
    return having;
  }

  private static boolean[] having(AttributeRun run, BitSet texts) {
    var having = new boolean[texts.isEmpty() ? 0 : run.count()];
    for (int i = 0; i < having.length; i++) {
      having[i] = texts.get((int) run.values()[run.from() + i]);
    }
    return having;
  }

  /// The symbols of the term's text; equal ones may stand in a dictionary more than once.
  private BitSet texts(Symbols symbols) {
    var texts = new BitSet();
    for (int symbol = 0; symbol < symbols.count(); symbol++) {
      if (symbols.same(symbol, text)) {
        texts.set(symbol);
      }
    }
    return texts;
  }

  private boolean matches(Symbols symbols, byte type, long value) {
    return switch (term.kind()) {
      case STRING -> type == ValueType.STRING && symbols.same((int) value, text);
      case BOOL -> type == ValueType.BOOL && (value != 0) == (raw != 0);
      case INT -> type == ValueType.INT && matches(Long.compare(value, raw));
      case DOUBLE -> {
        double number = Double.longBitsToDouble(value) + 0.0;
        yield type == ValueType.DOUBLE
            && !Double.isNaN(number)
            && matches(Double.compare(number, Double.longBitsToDouble(raw)));
      }
    };
  }

  private boolean matches(int order) {
    return term.bound() == Bound.EQUAL
        ? order == 0
        : term.bound() == Bound.ABOVE ? order > 0 : order <= 0;
  }
}
