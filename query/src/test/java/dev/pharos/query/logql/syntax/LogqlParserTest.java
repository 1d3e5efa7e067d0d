package dev.pharos.query.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pharos.query.GrammarCase;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogqlParserTest {
  @Test
  void readsWhatTheEditorReads() throws IOException {
    for (GrammarCase c : GrammarCase.read("logql")) {
      Throwable thrown = catchThrowable(() -> LogqlParser.parse(c.query()));
      // A selector that takes the empty text, or an expression without a capture, is grammar to an
      // editor and an error to a server.
      if (thrown != null
          && (thrown.getMessage().contains("at least one matcher needed")
              || c.query().endsWith("regexp \"regexp\""))) {
        continue;
      }
      if (c.tree().contains("⚠")) {
        assertThat(thrown).as(c.name() + ": " + c.query()).isInstanceOf(QueryException.class);
      } else {
        assertThat(thrown).as(c.name() + ": " + c.query()).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a=\"b\"}",
        "{a=\"b\", c!~\"d.*\"} |= \"x\" or \"y\" != \"z\" |~ `\\d+` !~ \"e\" |> \"<_> f\" !> \"g\"",
        "{a=\"b\"} |= ip(\"10.0.0.0/8\") != ip(\"::1\")",
        "{a=\"b\"} | json | json x=\"a.b[0]\",y=\"c\" | logfmt --strict --keep-empty | logfmt x=\"y\"",
        "{a=\"b\"} | regexp \"(?P<x>.*)\" | pattern \"<x> <_>\" | unpack | decolorize",
        "{a=\"b\"} | a=\"1\" or b=\"2\" and c=\"3\"",
        "{a=\"b\"} | (a=\"1\" or b!=\"2\"), c=~\"3\" d!~\"4\"",
        "{a=\"b\"} | a>1 | b>=1.5e3 | c<-1s | d<=2KiB | e!=3 | f==4 | g=5m | h=ip(\"1.2.3.4-1.2.3.9\") | i!=ip(\"::/64\")",
        "{a=\"b\"} | line_format \"{{.x}}\" | label_format x=y,z=\"{{.w}}\" | drop a,b!=\"x\" | keep c",
        "count_over_time({a=\"b\"}[5m])",
        "sum by (x,y) (rate({a=\"b\"} |= \"c\" | json [1m] offset 5m))",
        "sum without () (bytes_rate({a=\"b\"}[1w2d]))",
        "topk(3, count_over_time({a=\"b\"}[5m])) > bool 2",
        "quantile_over_time(0.99, {a=\"b\"} | unwrap duration(x) | __error__=\"\" [5m]) by (y)",
        "vector(1) + vector(1) * 2 ^ 3 ^ 2 - 1",
        "rate({a=\"b\"}[5m]) / on (x) group_left (y) rate({a=\"c\"}[5m])",
        "rate({a=\"b\"}[5m]) and ignoring (x) rate({a=\"c\"}[5m]) unless vector(0)",
        "label_replace(rate({a=\"b\"}[5m]), \"x\", \"$1\", \"y\", \"(.*)\")",
        "absent_over_time({a=\"b\"}[5m] offset -1m)",
        "SUM BY (x) (RATE({a=\"b\"}[5m]))",
        "sort_desc(sum(count_over_time({rate=\"ip\"} | duration > 1s [1m])) by (bytes))",
        "{a=\"b\"} # note\n |= \"#\""
      })
  void printsWhatParsesAgainToTheSameTree(String query) {
    LogqlExpr tree = LogqlParser.parse(query);
    assertThat(LogqlParser.parse(tree.toString())).isEqualTo(tree);
  }

  @Test
  void printsInCanonicalSpacing() {
    assertThat(LogqlParser.parse("{a =  \"b\"}|=\"x\"")).hasToString("{a=\"b\"} |= \"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "{} ¦ 1 ¦ 1 ¦ at least one matcher needed",
        "{svc=~\".*\"} ¦ 1 ¦ 1 ¦ queries require at least one regexp or equality matcher that does not have an empty-compatible value",
        "{svc!=\"a\"} ¦ 1 ¦ 1 ¦ at least one matcher needed",
        "{svc=\"a\" ¦ 1 ¦ 9 ¦ unexpected $end",
        "rate({svc=\"a\"}[5minutes]) ¦ 1 ¦ 15 ¦ unknown unit",
        "rate({svc=\"a\"}[5m) ¦ 1 ¦ 15 ¦ missing closing ']' in duration",
        "{svc=\"a\"} > 0 ¦ 1 ¦ 11 ¦ unexpected type for left leg of binary operation (>)",
        "sum({svc=\"a\"}) ¦ 1 ¦ 5 ¦ syntax error",
        "{a=\"b\"} |> \"<m> 200\" ¦ 1 ¦ 12 ¦ named capture",
        "{a=\"b\"} |> \"<_><_>\" ¦ 1 ¦ 12 ¦ consecutive captures",
        "{a=\"b\"} |~ ip(\"10.0.0.1\") ¦ 1 ¦ 12 ¦ invalid operation",
        "{a=\"b\"} |= ip(\"banana\") ¦ 1 ¦ 15 ¦ invalid pattern",
        "{a=\"b\"} |~ \"(\" ¦ 1 ¦ 12 ¦ error parsing regexp",
        "{a=\"b\"} | json x=\"a[\" ¦ 1 ¦ 16 ¦ cannot parse expression",
        "{a=\"b\"} | regexp \"x\" ¦ 1 ¦ 11 ¦ named capture",
        "{a=\"b\"} | pattern \"<_>\" ¦ 1 ¦ 11 ¦ at least one capture",
        "{a=\"b\"} | code==\"200\" ¦ 1 ¦ 15 ¦ syntax error: unexpected ==",
        "{a=\"b\"} | code>0x10 ¦ 1 ¦ 16 ¦ float",
        "{a=\"b\"} | size>1mb ¦ 1 ¦ 19 ¦ syntax error",
        "{a=\"b\"} | a==ip(\"1.2.3.4\") ¦ 1 ¦ 12 ¦ invalid operation",
        "{a=\"b\"} | label_format x=y,x=z ¦ 1 ¦ 11 ¦ multiple label name",
        "{a=\"b\"} | label_format __error__=y ¦ 1 ¦ 11 ¦ cannot be formatted",
        "{a=\"b\"} | drop ¦ 1 ¦ 15 ¦ unexpected $end",
        "sum(rate({a=\"b\"}[5m]) offset 5m) ¦ 1 ¦ 23 ¦ unexpected IDENTIFIER offset",
        "count_over_time({a=\"b\"} | unwrap x [5m]) ¦ 1 ¦ 1 ¦ invalid aggregation count_over_time with unwrap",
        "sum_over_time({a=\"b\"}[5m]) ¦ 1 ¦ 1 ¦ without unwrap",
        "rate({a=\"b\"}[5m]) by (x) ¦ 1 ¦ 1 ¦ grouping not allowed",
        "quantile_over_time(-1, {a=\"b\"} | unwrap x [5m]) ¦ 1 ¦ 20 ¦ syntax error",
        "topk(0, rate({a=\"b\"}[5m])) ¦ 1 ¦ 1 ¦ invalid parameter topk(0",
        "topk(1.5, rate({a=\"b\"}[5m])) ¦ 1 ¦ 1 ¦ invalid parameter",
        "topk(rate({a=\"b\"}[5m])) ¦ 1 ¦ 1 ¦ parameter required for operation topk",
        "sum(3, rate({a=\"b\"}[5m])) ¦ 1 ¦ 1 ¦ unsupported parameter for operation sum(3,",
        "sort(rate({a=\"b\"}[5m])) by (x) ¦ 1 ¦ 1 ¦ grouping not allowed",
        "-rate({a=\"b\"}[5m]) ¦ 1 ¦ 2 ¦ syntax error",
        "1 or rate({a=\"b\"}[5m]) ¦ 1 ¦ 3 ¦ unexpected literal for left leg",
        "{a=\"b\"}\\n | line ¦ 2 ¦ 8 ¦ syntax error: unexpected $end",
        "{a=\"b\"} | unwrap x ¦ 1 ¦ 11 ¦ unwrap"
      })
  void refusesWithLineColumnAndWording(String query, int line, int column, String part) {
    QueryError error =
        ((QueryException) catchThrowable(() -> LogqlParser.parse(query.replace("\\n", "\n"))))
            .error();
    assertThat(error.message())
        .contains(part)
        .startsWith("parse error at line " + line + ", col " + column + ":");
    assertThat(error).isInstanceOf(QueryError.Syntax.class);
  }

  @Test
  void bindsAsTheLanguageDoes() {
    assertThat(LogqlParser.parse("1+2*3^2")).hasToString("(1 + (2 * (3 ^ 2)))");
    assertThat(LogqlParser.parse("2^3^2")).hasToString("(2 ^ (3 ^ 2))");
    assertThat(LogqlParser.parse("-2^2")).hasToString("(-2 ^ 2)");
    assertThat(LogqlParser.parse("vector(1) or vector(2) and vector(3)"))
        .hasToString("(vector(1) or (vector(2) and vector(3)))");
    assertThat(LogqlParser.parse("{x=\"y\"} | a=\"1\" or b=\"2\" and c=\"3\""))
        .hasToString("{x=\"y\"} | ( a=\"1\" or ( b=\"2\" , c=\"3\" ) )");
  }

  @Test
  void readsARangeBeforeOrAfterThePipeline() {
    assertThat(LogqlParser.parse("rate({a=\"b\"}[5m] | json)"))
        .isEqualTo(LogqlParser.parse("rate({a=\"b\"} | json [5m])"));
    assertThat(LogqlParser.parse("rate(({a=\"b\"} | json)[5m])"))
        .isEqualTo(LogqlParser.parse("rate({a=\"b\"} | json [5m])"));
  }

  @Test
  void refusesAQueryThatIsTooLong() {
    String query = "{a=\"" + "x".repeat(LogqlParser.MAX_BYTES) + "\"}";
    assertThatThrownBy(() -> LogqlParser.parse(query)).hasMessageContaining("too long");
  }

  @Test
  void refusesHostileTextsWithoutHarm() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<String> parts =
        List.of(
            "{",
            "}",
            "a",
            "=",
            "\"x\"",
            "|",
            "|=",
            "json",
            "(",
            ")",
            "[5m]",
            "rate",
            "sum",
            "by",
            ",",
            "1",
            "-",
            "!=",
            "`",
            "\"",
            "or",
            "\n",
            "unwrap",
            "ip",
            "--strict",
            "é",
            "\u0000",
            "#",
            "[");
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(25); n > 0; n--) {
        text.append(parts.get(random.nextInt(parts.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      try {
        LogqlExpr tree = LogqlParser.parse(text.toString());
        assertThat(LogqlParser.parse(tree.toString()))
            .as("seed %d: %s", seed, text)
            .isEqualTo(tree);
      } catch (QueryException e) {
        assertThat(e.getMessage()).as("seed %d: %s", seed, text).isNotEmpty();
      }
    }
    assertThatThrownBy(() -> LogqlParser.parse("(".repeat(50_000)))
        .isInstanceOf(QueryException.class);
  }
}
