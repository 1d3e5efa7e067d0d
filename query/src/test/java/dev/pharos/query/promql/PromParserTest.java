package dev.pharos.query.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.query.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "1 +|1:4: parse error: unexpected end of input",
        "(1|1:3: parse error: unclosed left parenthesis",
        "1)|1:2: parse error: unexpected right parenthesis ')'",
        "*test|1:1: parse error: unexpected <op:*>",
        "foo{|1:5: parse error: unexpected end of input inside braces",
        "foo{bar=baz}|1:9: parse error: unexpected identifier \"baz\" in label matching, expected string",
        "foo{gibberish}|1:14: parse error: unexpected \"}\" in label matching, expected label matching operator",
        "foo{a=\"b\" c=\"d\"}|1:11: parse error: unexpected identifier \"c\" in label matching, expected \",\" or \"}\"",
        "{}|1:1: parse error: vector selector must contain at least one non-empty matcher",
        "{x=\"\"}|1:1: parse error: vector selector must contain at least one non-empty matcher",
        "foo{__name__=\"bar\"}|1:1: parse error: metric name must not be set twice: \"foo\" or \"bar\"",
        "foo{\"bar\"}|1:1: parse error: metric name must not be set twice: \"foo\" or \"bar\"",
        "1 == 1|1:3: parse error: comparisons between scalars must use BOOL modifier",
        "1 and 1|1:1: parse error: set operator \"and\" not allowed in binary scalar expression",
        "foo + bool bar|1:5: parse error: bool modifier can only be used on comparison operators",
        "foo and on(bar) group_left(baz) bar|1:1: parse error: no grouping allowed for \"and\" operation",
        "foo + group_left(baz) bar|1:7: parse error: unexpected <group_left>",
        "-test[5m]|1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, "
            + "got \"range vector\"",
        "rate(foo)|1:6: parse error: expected type range vector in call to function \"rate\", got instant vector",
        "floor()|1:1: parse error: expected 1 argument(s) in call to \"floor\", got 0",
        "hour(a, b)|1:1: parse error: expected at most 1 argument(s) in call to \"hour\", got 2",
        "nope()|1:1: parse error: unknown function with name \"nope\"",
        "sum()|1:1: parse error: no arguments for aggregate expression provided",
        "topk(foo)|1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1",
        "topk(foo, bar)|1:6: parse error: expected type scalar in aggregation parameter, got instant vector",
        "sum(foo,)|1:8: parse error: trailing commas not allowed in function call args",
        "sum by (1) (x)|1:9: parse error: unexpected number \"1\" in grouping opts, expected label",
        "foo offset 1m offset 1m|1:1: parse error: offset may not be set multiple times",
        "1 offset 1m|1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector "
            + "selector or a subquery",
        "foo offset 1m [5m]|1:15: parse error: no offset modifiers allowed before range",
        "(foo + bar)[5m]|1:12: parse error: ranges only allowed for vector selectors",
        "foo[5mm]|1:5: parse error: bad number or duration syntax: \"5mm\"",
        "foo[0]|1:5: parse error: duration must be greater than 0",
        "foo{a=~\"(\"}|1:5: parse error: error parsing regexp: missing closing ): `(`",
        "limitk(1, foo)|1:1: parse error: limitk() is experimental and must be enabled with "
            + "--enable-feature=promql-experimental-functions",
      })
  void rejectsInTheWordsOfPrometheus(String query, String message) {
    assertThatThrownBy(() -> PromParser.parse(query))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "-1^2|-1 ^ 2",
        "a+b*c^d|a + b * c ^ d",
        "sum(x)by(a,b)|sum by (a, b) (x)",
        "sum without()(x)|sum without () (x)",
        "topk(5,rate(x{a=\"b\",c=~\"d.*\"}[5m] offset 1h))|topk(5, rate(x{a=\"b\",c=~\"d.*\"}[5m] offset 1h))",
        "x@start() offset -5m|x @ start() offset -5m",
        "x[5m:]@10|x[5m:] @ 10.000",
        "a*on(x)group_left(y)b|a * on (x) group_left (y) b",
        "a>bool 1|a > bool 1",
        "{\"my.metric\",\"l.x\"!=\"y\"}|{__name__=\"my.metric\",\"l.x\"!=\"y\"}",
        "5m|5m",
        "0x1F|31",
        "1_000|1000",
        "x offset (1m+step()*2)|x offset (1m + step() * 2)",
        "offset|offset",
        "sum{a=\"b\"}|sum{a=\"b\"}",
        "a or b and c unless d|a or b and c unless d",
      })
  void printsCanonically(String query, String canonical) {
    assertThat(Printer.print(PromParser.parse(query))).isEqualTo(canonical);
    assertThat(Printer.print(PromParser.parse(canonical))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\\nb\"", "'a\\nb'", "`a\nb`"})
  void readsThreeKindsOfStrings(String query) {
    assertThat(((Expr.StringLiteral) PromParser.parse(query)).value()).isEqualTo("a\nb");
  }

  @Test
  void subtractionIsLeftAssociativeAndPowerIsNot() {
    Expr.Binary minus = (Expr.Binary) PromParser.parse("1 - 2 - 3");
    assertThat(minus.right()).isInstanceOf(Expr.NumberLiteral.class);
    Expr.Binary power = (Expr.Binary) PromParser.parse("2 ^ 3 ^ 2");
    assertThat(power.left()).isInstanceOf(Expr.NumberLiteral.class);
  }

  @Test
  void refusesExpressionsNestedTooDeep() {
    assertThatThrownBy(() -> PromParser.parse("(".repeat(100_000) + "1" + ")".repeat(100_000)))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("nested deeper");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "1 + ", "x[", "x or ", "x[5m:", "x offset ", "abs("})
  void refusesHostileRepetitionsWithoutRunningOutOfStack(String piece) {
    String[] queries = {
      piece.repeat(100_000) + "1",
      "x[" + piece.repeat(100_000),
      "x[1" + "+1".repeat(100_000),
      "x[" + "(".repeat(100_000)
    };
    for (String query : queries) {
      assertThatThrownBy(() -> PromParser.parse(query)).isInstanceOf(QueryException.class);
    }
  }

  @Test
  void printsAndPlansLongChains() {
    String query = "x" + " or x".repeat(499);
    assertThat(Printer.print(PromParser.parse(query))).isEqualTo(query);
  }

  @Test
  void splitsLongQueriesOverLines() {
    String query =
        "sum by (instance) (rate(http_requests_total_of_a_rather_long_name{job=\"x\"}[5m])) / "
            + "sum by (instance) (rate(other_requests_total{job=\"x\"}[5m]))";
    assertThat(PrettyPrinter.print(PromParser.parse(query)))
        .isEqualTo(
            """
          sum by (instance) (rate(http_requests_total_of_a_rather_long_name{job="x"}[5m]))
        /
          sum by (instance) (rate(other_requests_total{job="x"}[5m]))""");
  }
}
