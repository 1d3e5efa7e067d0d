package dev.pharos.query.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRegexTest {
  private static final List<String> VALUES =
      List.of(
          "",
          "a",
          "ab",
          "abc",
          "b",
          "a.b",
          "axb",
          "a\nb",
          "foo",
          "foobar",
          "foo|bar",
          "barfoo",
          "bar",
          "fo",
          "f",
          "10.1.0.1:9100",
          "10x1x0x1:9100",
          "a*",
          "a\\",
          "é",
          "aé",
          "fooo");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a|b",
        "(a|ab)",
        "foo|bar|",
        "a.b",
        "a\\.b",
        ".*",
        ".+",
        "a.*",
        "a.+",
        ".*b",
        ".+b",
        "foo.*",
        "foo.*bar",
        "a.+b",
        "(foo|bar).*",
        "fo?",
        "foo*",
        "fo+",
        "a{1,2}",
        "foo|bar.*",
        "10\\.1\\.0\\.[0-2]:.*",
        "a\\*",
        "\\w+",
        "[ab]+",
        "a|b.*|foo",
        "(?i)FOO",
        "é|a",
        "a\\\\",
        "foo\\|bar",
        "(a)(b)",
        "^a$",
        "a||b",
        "a(?i)*",
        "foo(?s)?"
      })
  void matchesAsTheAutomatonDoes(String expression) {
    LabelRegex regex = LabelRegex.compile(expression);
    for (String value : VALUES) {
      boolean expected = Matchers.pattern(expression).matches(value);
      assertThat(regex.matches(value)).as("%s on %s", expression, value).isEqualTo(expected);
      if (!regex.literals().isEmpty() && expected) {
        assertThat(regex.literals()).contains(value);
      }
    }
  }

  @Test
  void matchesAsTheAutomatonDoesOnRandomExpressions() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] pieces = {
      "a", "b", "foo", ".", "*", "+", "?", "|", "(", ")", "\\.", ".*", ".+", "[ab]"
    };
    for (int n = 0; n < 5_000; n++) {
      StringBuilder expression = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        expression.append(pieces[random.nextInt(pieces.length)]);
      }
      LabelRegex regex;
      try {
        regex = LabelRegex.compile(expression.toString());
      } catch (com.google.re2j.PatternSyntaxException e) {
        continue;
      }
      for (String value : VALUES) {
        assertThat(regex.matches(value))
            .as("seed %d: %s on %s", seed, expression, value)
            .isEqualTo(Matchers.pattern(expression.toString()).matches(value));
      }
    }
  }
}
