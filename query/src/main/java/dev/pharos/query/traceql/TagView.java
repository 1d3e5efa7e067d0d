package dev.pharos.query.traceql;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.model.ValueType;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.query.traceql.syntax.FieldExpr.AttributeSide;
import dev.pharos.query.traceql.syntax.Intrinsic;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.query.traceql.syntax.TraceqlNames;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The attribute names and values of the spans that start in a time range (`toNanos` exclusive), for the endpoints
/// that help to write queries. Any thread.
public final class TagView {
  /// Where a tag lives, in the order of answers.
  public enum Scope {
    RESOURCE,
    SPAN,
    EVENT,
    LINK,
    INSTRUMENTATION,
    INTRINSIC;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> find(String word) {
      return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
  }

  /// A value with its kind as TraceQL's editors know it: string, int, float, bool or keyword.
  public record TagValue(String type, String value) {}

  private static final List<String> INTRINSICS =
      Arrays.stream(Intrinsic.values())
          .filter(i -> i != Intrinsic.PARENT)
          .map(Intrinsic::scopedWord)
          .sorted()
          .toList();

  private final TraceReader reader;

  public TagView(TraceReader reader) {
    this.reader = reader;
  }

  /// Names by scope, each list in byte order; scopes without a name are left out.
  ///
  /// @param limit of names a scope
  public Map<Scope, List<String>> names(
      Optional<Scope> only, long fromNanos, long toNanos, int limit, QueryContext context) {
    var names = new LinkedHashMap<Scope, TreeSet<String>>();
    for (Scope scope : Scope.values()) {
      if (only.isEmpty() || only.get() == scope) {
        names.put(scope, new TreeSet<>(Labels::compareBytes));
      }
    }
    if (names.containsKey(Scope.INTRINSIC)) {
      names.get(Scope.INTRINSIC).addAll(INTRINSICS);
    }
    if (only.isEmpty() || only.get() != Scope.INTRINSIC) {
      scan(
          List.of(),
          fromNanos,
          toNanos,
          context,
          block -> names.forEach((scope, set) -> set.addAll(keys(block, scope))));
    }
    var result = new LinkedHashMap<Scope, List<String>>();
    names.forEach(
        (scope, set) -> {
          if (!set.isEmpty()) {
            result.put(scope, set.stream().limit(limit).toList());
          }
        });
    return result;
  }

  private static Set<String> keys(SpanBlock block, Scope scope) {
    return switch (scope) {
      case RESOURCE -> block.attributeKeys(AttributeScope.RESOURCE);
      case SPAN -> block.attributeKeys(AttributeScope.ITEM);
      case EVENT -> block.events().attributeKeys(AttributeScope.ITEM);
      case LINK -> block.links().attributeKeys(AttributeScope.ITEM);
      case INSTRUMENTATION -> block.attributeKeys(AttributeScope.SCOPE);
      case INTRINSIC -> Set.of();
    };
  }

  /// Distinct values of a tag, by type and value.
  ///
  /// @param tag as TraceQL writes it (`span.a`, `.a`, `name`, `span:name`), or a bare key, which is looked for in
  ///     spans and
  ///     Resources
  /// @param filter a query of which only the parts that can be read count; empty for all spans
  public List<TagValue> values(
      String tag, String filter, long fromNanos, long toNanos, int limit, QueryContext context) {
    FieldExpr field = TraceqlNames.field(tag);
    Optional<FieldExpr> condition = TraceqlNames.tolerant(filter);
    var found =
        new TreeMap<TagValue, Boolean>(
            Comparator.comparing(TagValue::type)
                .thenComparing(TagValue::value, Labels::compareBytes));
    List<Condition> conditions = condition.map(SpanPushdown::conditions).orElse(List.of());
    scan(
        conditions,
        fromNanos,
        toNanos,
        context,
        block -> {
          if (found.size() < limit) {
            collect(
                block,
                field,
                open(block, condition, fromNanos, toNanos),
                value -> found.put(value, true));
          }
        });
    return found.keySet().stream().limit(limit).toList();
  }

  private void scan(
      List<Condition> conditions,
      long fromNanos,
      long toNanos,
      QueryContext context,
      Consumer<SpanBlock> each) {
    var scan =
        new Scan(
            new Tenant(context.tenant()), fromNanos, toNanos, Scan.Order.NEWEST_FIRST, conditions);
    try (Plan<SpanBlock> plan = reader.plan(scan)) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        context.check();
        ref.open().ifPresent(each);
      }
    }
  }

  private static boolean[] open(
      SpanBlock block, Optional<FieldExpr> condition, long fromNanos, long toNanos) {
    long[] times = block.column(Field.TIME).values();
    var open = new boolean[block.rows()];
    for (int row = 0; row < open.length; row++) {
      open[row] = times[row] >= fromNanos && times[row] < toNanos;
    }
    if (condition.isPresent()) {
      byte[] verdicts = new BlockFilter(block).decide(condition.get(), open);
      for (int row = 0; row < open.length; row++) {
        open[row] &= verdicts[row] != BlockFilter.NO;
      }
    }
    return open;
  }

  private static void collect(
      SpanBlock block, FieldExpr field, boolean[] open, Consumer<TagValue> take) {
    switch (field) {
      case FieldExpr.Attribute(AttributeSide side, String key) ->
          attribute(block, side, key, open, take);
      case FieldExpr.IntrinsicField(Intrinsic intrinsic) -> intrinsic(block, intrinsic, open, take);
      case FieldExpr.Static s -> {}
      case FieldExpr.Unary u -> {}
      case FieldExpr.Binary b -> {}
    }
  }

  private static void attribute(
      SpanBlock block, AttributeSide side, String key, boolean[] open, Consumer<TagValue> take) {
    switch (side) {
      case SPAN -> distinct(block.attribute(AttributeScope.ITEM, key), open, take);
      case RESOURCE -> distinct(block.attribute(AttributeScope.RESOURCE, key), open, take);
      case INSTRUMENTATION -> distinct(block.attribute(AttributeScope.SCOPE, key), open, take);
      case ANY -> {
        distinct(block.attribute(AttributeScope.ITEM, key), open, take);
        distinct(block.attribute(AttributeScope.RESOURCE, key), open, take);
      }
      case EVENT ->
          children(block.events(), block.events().attribute(AttributeScope.ITEM, key), open, take);
      case LINK ->
          children(block.links(), block.links().attribute(AttributeScope.ITEM, key), open, take);
      case PARENT -> {}
    }
  }

  private static void intrinsic(
      SpanBlock block, Intrinsic intrinsic, boolean[] open, Consumer<TagValue> take) {
    switch (intrinsic) {
      case NAME -> distinct(block.column(Field.NAME), open, take);
      case STATUS_MESSAGE -> distinct(block.column(Field.STATUS_MESSAGE), open, take);
      case INSTRUMENTATION_NAME -> distinct(block.column(Field.SCOPE_NAME), open, take);
      case INSTRUMENTATION_VERSION -> distinct(block.column(Field.SCOPE_VERSION), open, take);
      case STATUS -> keywords(block.column(Field.STATUS_CODE), Literal.Status.values(), open, take);
      case KIND -> keywords(block.column(Field.KIND), Literal.Kind.values(), open, take);
      case EVENT_NAME -> children(block.events(), block.events().column(Field.NAME), open, take);
      case ROOT_NAME -> distinct(block.column(Field.NAME), roots(block, open), take);
      case ROOT_SERVICE ->
          distinct(
              block.attribute(AttributeScope.RESOURCE, "service.name"), roots(block, open), take);
      case DURATION,
          SPAN_ID,
          PARENT_ID,
          CHILD_COUNT,
          TRACE_DURATION,
          TRACE_ID,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT,
          PARENT,
          EVENT_TIME_SINCE_START,
          LINK_TRACE_ID,
          LINK_SPAN_ID -> {}
    }
  }

  private static boolean[] roots(SpanBlock block, boolean[] open) {
    Column parents = block.column(Field.PARENT_SPAN_ID);
    var roots = new boolean[open.length];
    for (int row = 0; row < open.length; row++) {
      roots[row] = open[row] && parents.value(row) == 0;
    }
    return roots;
  }

  private static void keywords(
      Column column, Literal[] values, boolean[] open, Consumer<TagValue> take) {
    var seen = new boolean[values.length];
    for (int row = 0; row < open.length; row++) {
      long number = column.value(row);
      int at = number >= 0 && number < values.length ? (int) number : 0;
      if (open[row] && !seen[at]) {
        seen[at] = true;
        take.accept(new TagValue("keyword", values[at].toString()));
      }
    }
  }

  private static void children(
      Block children, Column column, boolean[] open, Consumer<TagValue> take) {
    Column parents = children.column(Field.PARENT_ROW);
    var openChildren = new boolean[children.rows()];
    for (int row = 0; row < openChildren.length; row++) {
      openChildren[row] = open[(int) parents.value(row)];
    }
    distinct(column, openChildren, take);
  }

  /// Tells each text of the column once, and each other value at least once.
  private static void distinct(Column column, boolean[] open, Consumer<TagValue> take) {
    if (column.isAbsent()) {
      return;
    }
    var seen = new boolean[column.symbols().count()];
    for (int row = 0; row < open.length; row++) {
      byte type = column.type(row);
      if (!open[row] || type == ValueType.ABSENT) {
        continue;
      }
      long value = column.value(row);
      if (ValueType.isSymbol(type)) {
        if (seen[(int) value]) {
          continue;
        }
        seen[(int) value] = true;
      }
      for (Literal literal : Values.of(type, value, column.symbols())) {
        take.accept(tagValue(literal));
      }
    }
  }

  private static TagValue tagValue(Literal literal) {
    return switch (literal) {
      case Literal.Text(String text) -> new TagValue("string", text);
      case Literal.Int i -> new TagValue("int", i.toString());
      case Literal.Float f -> new TagValue("float", Double.toString(f.value()));
      case Literal.Bool b -> new TagValue("bool", b.toString());
      case Literal.Duration d -> new TagValue("duration", d.toString());
      case Literal.Status s -> new TagValue("keyword", s.toString());
      case Literal.Kind k -> new TagValue("keyword", k.toString());
      case Literal.Nil n -> new TagValue("keyword", "nil");
    };
  }
}
