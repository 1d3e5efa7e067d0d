package dev.pharos.query.logql;

import dev.pharos.model.Ids;
import dev.pharos.query.logql.syntax.LabelCondition;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.query.logql.syntax.Stage;
import dev.pharos.query.regex.Regex;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Condition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the store can know of the wanted lines before it reads them. Only what every wanted line is sure to have: a
/// label may come from several places, and all of them are named.
final class Pushdown {
  private static final Set<AttributeScope> RESOURCE = Set.of(AttributeScope.RESOURCE);
  private static final Set<AttributeScope> ALL =
      Set.of(AttributeScope.RESOURCE, AttributeScope.SCOPE, AttributeScope.ITEM);

  /// Characters that become `_` in a label's name and may stand in a key instead of it.
  private static final String SEPARATORS = "_.-/: ";

  private Pushdown() {}

  static List<Condition> conditions(List<Matcher> matchers, List<Stage> stages) {
    var conditions = new ArrayList<Condition>();
    for (Matcher matcher : matchers) {
      stream(matcher).ifPresent(conditions::add);
    }
    boolean parsed = false;
    for (Stage stage : stages) {
      switch (stage) {
        case Stage.LineFilter f -> line(f).ifPresent(conditions::add);
        case Stage.LabelFilter f -> {
          if (!parsed) {
            label(f.condition(), conditions);
          }
        }
        case Stage.Json s -> parsed = true;
        case Stage.Logfmt s -> parsed = true;
        case Stage.Drop s -> parsed = true;
        case Stage.Keep s -> parsed = true;
        case Stage.Regexp s -> parsed = true;
        case Stage.Pattern s -> parsed = true;
        case Stage.Unpack s -> parsed = true;
        case Stage.LabelFormat s -> parsed = true;
        case Stage.LineFormat s -> {
          return conditions;
        }
        case Stage.Decolorize s -> {
          return conditions;
        }
      }
    }
    return conditions;
  }

  /// A stream label comes from the one attribute it is named after; the service name from several.
  private static Optional<Condition> stream(Matcher matcher) {
    Optional<String> wanted = equalValue(matcher);
    if (wanted.isEmpty() || !surelyText(wanted.get())) {
      return Optional.empty();
    }
    Set<String> values = Set.of(wanted.get());
    if (!matcher.name().equals(LabelNames.SERVICE_NAME)) {
      return LabelNames.INDEXED.stream()
          .filter(key -> LabelNames.sanitize(key).equals(matcher.name()))
          .findFirst()
          .map(key -> new Condition.AttributeIn(RESOURCE, key, values));
    }
    if (wanted.get().equals(LabelNames.UNKNOWN_SERVICE)) {
      return Optional.empty();
    }
    var any = new ArrayList<Condition>();
    any.add(new Condition.AttributeIn(RESOURCE, "service.name", values));
    for (String source : LabelNames.SERVICE_SOURCES) {
      any.add(new Condition.AttributeIn(RESOURCE, source, values));
    }
    return Optional.of(new Condition.AnyOf(any));
  }

  private static Optional<String> equalValue(Matcher matcher) {
    return switch (matcher.op()) {
      case EQUAL -> Optional.of(matcher.value()).filter(v -> !v.isEmpty());
      case MATCH -> Regex.anchored(matcher.value(), false).equalText().filter(v -> !v.isEmpty());
      case NOT_EQUAL, NOT_MATCH -> Optional.empty();
    };
  }

  /// Whether an attribute that shows as this text cannot be a number, a boolean, an array or a map.
  private static boolean surelyText(String value) {
    char first = value.charAt(0);
    return Character.isLetter(first)
        && !value.equals("true")
        && !value.equals("false")
        && !value.equals("NaN")
        && !value.equals("Inf");
  }

  private static Optional<Condition> line(Stage.LineFilter filter) {
    if (filter.op() != Stage.LineOp.CONTAINS && filter.op() != Stage.LineOp.MATCHES) {
      return Optional.empty();
    }
    var any = new ArrayList<Condition>();
    for (Stage.LineFilter.Operand operand : filter.operands()) {
      String needle =
          operand.ip()
              ? ""
              : filter.op() == Stage.LineOp.CONTAINS
                  ? operand.text()
                  : Regex.searching(operand.text()).requiredText();
      if (needle.isEmpty()) {
        return Optional.empty();
      }
      any.add(new Condition.BodyContains(List.of(needle.getBytes(StandardCharsets.UTF_8))));
    }
    return Optional.of(any.size() == 1 ? any.getFirst() : new Condition.AnyOf(any));
  }

  private static void label(LabelCondition condition, List<Condition> conditions) {
    switch (condition) {
      case LabelCondition.And a -> {
        label(a.left(), conditions);
        label(a.right(), conditions);
      }
      case LabelCondition.Text t -> {
        if (t.matcher().name().equals(LabelNames.TRACE_ID)) {
          equalValue(t.matcher()).ifPresent(value -> conditions.add(trace(value)));
        }
      }
      case LabelCondition.Or o -> {}
      case LabelCondition.Number n -> {}
      case LabelCondition.Duration d -> {}
      case LabelCondition.Bytes b -> {}
      case LabelCondition.Ip i -> {}
    }
  }

  /// The record's own trace id, or an attribute that shows as `trace_id`.
  private static Condition trace(String value) {
    var any = new ArrayList<Condition>();
    if (value.length() == 32
        && Ids.isHex(value, 32)
        && value.equals(value.toLowerCase(java.util.Locale.ROOT))) {
      any.add(new Condition.OfTrace(Ids.traceHi(value), Ids.traceLo(value)));
    }
    for (int i = 0; i < SEPARATORS.length(); i++) {
      any.add(new Condition.AttributeExists(ALL, "trace" + SEPARATORS.charAt(i) + "id"));
    }
    any.add(new Condition.AttributeExists(ALL, "trace"));
    return new Condition.AnyOf(any);
  }
}
