package dev.pharos.query.promql;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pharos.model.Labels;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `label_replace` and `label_join`: functions of the labels alone.
final class LabelFunctions {
  private LabelFunctions() {}

  static SeriesOperator replace(
      SeriesOperator input, String target, String replacement, String source, String expression) {
    Pattern pattern;
    try {
      pattern = Matchers.pattern(expression);
    } catch (PatternSyntaxException e) {
      throw Evaluation.failure("invalid regular expression in label_replace(): " + expression);
    }
    checkTarget(target, "label_replace");
    return relabel(
        input,
        target,
        labels -> {
          Matcher matcher = pattern.matcher(labels.get(source));
          return matcher.matches() ? Optional.of(expand(replacement, matcher)) : Optional.empty();
        });
  }

  static SeriesOperator join(
      SeriesOperator input, String target, String separator, List<String> sources) {
    for (String source : sources) {
      if (!isLabelName(source)) {
        throw Evaluation.failure("invalid source label name in label_join(): " + source);
      }
    }
    checkTarget(target, "label_join");
    return relabel(
        input,
        target,
        labels -> Optional.of(String.join(separator, sources.stream().map(labels::get).toList())));
  }

  private static void checkTarget(String target, String function) {
    if (!isLabelName(target)) {
      throw Evaluation.failure("invalid destination label name in " + function + "(): " + target);
    }
  }

  private static boolean isLabelName(String name) {
    return !name.isEmpty() && !Quoting.hasStrayBytes(name);
  }

  /// The new value of the target label, or nothing if the series stays as it is.
  private interface NewValue {
    Optional<String> of(Labels labels);
  }

  private static SeriesOperator relabel(SeriesOperator input, String target, NewValue value) {
    UnaryOperator<StepSeries> change =
        series -> {
          Optional<String> text = value.of(series.labels());
          if (text.isEmpty()) {
            return series;
          }
          Labels labels = series.labels().toBuilder().set(target, text.get()).build();
          return series.with(labels, series.dropName() && !target.equals(Labels.NAME));
        };
    return () -> input.next().map(change);
  }

  /// Go's template: `$1`, `${1}`, `$name`; a name is as long as letters, digits and underscores go.
  private static String expand(String template, Matcher matcher) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0 || dollar + 1 == template.length()) {
        return out.append(template, at, template.length()).toString();
      }
      out.append(template, at, dollar);
      at = dollar + 1;
      if (template.charAt(at) == '$') {
        out.append('$');
        at++;
        continue;
      }
      boolean braces = template.charAt(at) == '{';
      int from = braces ? at + 1 : at;
      int end = from;
      while (end < template.length()
          && (template.charAt(end) == '_' || Character.isLetterOrDigit(template.charAt(end)))) {
        end++;
      }
      if (end == from || (braces && (end == template.length() || template.charAt(end) != '}'))) {
        out.append('$');
        continue;
      }
      out.append(group(matcher, template.substring(from, end)));
      at = braces ? end + 1 : end;
    }
    return out.toString();
  }

  private static String group(Matcher matcher, String name) {
    String value = null;
    if (name.chars().allMatch(Lexer::isDigit) && name.length() < 9) {
      int group = Integer.parseInt(name);
      value = group <= matcher.groupCount() ? matcher.group(group) : null;
    } else if (matcher.pattern().namedGroups().containsKey(name)) {
      value = matcher.group(name);
    }
    return value == null ? "" : value;
  }
}
