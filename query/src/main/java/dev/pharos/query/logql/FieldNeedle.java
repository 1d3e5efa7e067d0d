package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.LabelCondition;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.query.logql.syntax.Stage;
import dev.pharos.query.regex.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Drops a line before it is parsed where a label filter behind the parser wants a label to equal a text that the
/// line does not contain, and neither stream nor metadata has the label. A line with escapes is parsed in any case.
final class FieldNeedle implements Step {
  private static final byte[] ESCAPE = {'\\'};

  private final String label;
  private final byte[] needle;

  private FieldNeedle(String label, byte[] needle) {
    this.label = label;
    this.needle = needle;
  }

  /// The first such filter among the stages behind a parser; empty if there is none that every line must pass.
  static Optional<FieldNeedle> of(List<Stage> behind) {
    for (Stage stage : behind) {
      boolean keepsLabels =
          stage instanceof Stage.LineFilter
              || stage instanceof Stage.Json
              || stage instanceof Stage.Logfmt;
      if (stage instanceof Stage.LabelFilter(LabelCondition condition)) {
        Optional<FieldNeedle> needle = of(condition);
        if (needle.isPresent()) {
          return needle;
        }
      } else if (!keepsLabels) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<FieldNeedle> of(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text(Matcher m) when m.op() == Matcher.Op.EQUAL && isPlain(m) ->
          Optional.of(new FieldNeedle(m.name(), m.value().getBytes(StandardCharsets.UTF_8)));
      case LabelCondition.And a -> of(a.left()).or(() -> of(a.right()));
      case LabelCondition.Text t -> Optional.empty();
      case LabelCondition.Number n -> Optional.empty();
      case LabelCondition.Duration d -> Optional.empty();
      case LabelCondition.Bytes b -> Optional.empty();
      case LabelCondition.Ip i -> Optional.empty();
      case LabelCondition.Or o -> Optional.empty();
    };
  }

  /// Whether a value stands in a line as it is: no blank, which may stand for what is no UTF-8, and no error's name.
  private static boolean isPlain(Matcher matcher) {
    boolean plain = !matcher.value().isEmpty() && !matcher.name().startsWith("__");
    for (int i = 0; i < matcher.value().length(); i++) {
      plain &= matcher.value().charAt(i) > ' ';
    }
    return plain;
  }

  String label() {
    return label;
  }

  byte[] needle() {
    return needle;
  }

  @Override
  public boolean apply(Line line) {
    byte[] bytes = line.bytes();
    return Bytes.indexOf(bytes, line.from(), line.to(), needle) >= 0
        || Bytes.indexOf(bytes, line.from(), line.to(), ESCAPE) >= 0
        || line.has(label);
  }
}
