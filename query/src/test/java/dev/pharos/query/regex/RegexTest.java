package dev.pharos.query.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegexTest {
  private static final List<String> SOURCES =
      List.of(
          "", "a", "a.*", ".*a", ".*a.*", "a|b", "a\\.b", ".*", ".+", "a\\.*", "(?i)AB", "a+",
          "\\d+", "a.b", ".*.*", "ab");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "ba", "bab", "a.b", "AB", "aab", "12", "a\nb", "x12y", "b", "é", "aé");

  @Test
  void shortcutsAgreeWithTheExpression() {
    for (String source : SOURCES) {
      for (String text : TEXTS) {
        assertThat(Regex.anchored(source, true).matches(text))
            .as("anchored %s on %s", source, text)
            .isEqualTo(Pattern.compile("(?s)^(?:" + source + ")$").matches(text));
        assertThat(Regex.anchored(source, false).matches(text))
            .as("anchored, line dot %s on %s", source, text)
            .isEqualTo(Pattern.compile("^(?:" + source + ")$").matches(text));
        assertThat(Regex.searching(source).matches(text))
            .as("searching %s on %s", source, text)
            .isEqualTo(Pattern.compile("(?s)" + source).matcher(text).find());
      }
    }
  }

  @Test
  void matchesAPartOfTheBytesAlone() {
    byte[] bytes = "foo bar baz".getBytes(StandardCharsets.UTF_8);
    assertThat(Regex.searching("baz").matches(bytes, 0, 7)).isFalse();
    assertThat(Regex.searching("b.r").matches(bytes, 4, 7)).isTrue();
  }

  @Test
  void tellsTheTextOfAPlainExpression() {
    assertThat(Regex.anchored("a\\.b", true).equalText()).contains("a.b");
    assertThat(Regex.anchored("a.b", true).equalText()).isEmpty();
    assertThat(Regex.searching(".*timeout.*").requiredText()).isEqualTo("timeout");
  }

  @Test
  void refusesWhatIsNotRe2() {
    assertThatThrownBy(() -> Regex.searching("(")).isInstanceOf(PatternSyntaxException.class);
    assertThatThrownBy(() -> Regex.anchored("a(?=b)", true))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
