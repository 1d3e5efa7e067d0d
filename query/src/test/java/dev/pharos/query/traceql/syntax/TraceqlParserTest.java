package dev.pharos.query.traceql.syntax;

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

class TraceqlParserTest {
  @Test
  void readsWhatTheEditorReads() throws IOException {
    for (GrammarCase c : GrammarCase.read("traceql")) {
      assertThat(catchThrowable(() -> TraceqlParser.parse(c.query()))).as(c.query()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ true }",
        "{ .a }",
        "{ !.a }",
        "{ .a = 1 || span.b != \"x\" && resource.c =~ `d.*` }",
        "{ duration > 1.5s && status = error && kind != server }",
        "{ -.a * 2 ^ 3 ^ 2 - 1 < -5 }",
        "{ span.\"a b\".c = 1 }",
        "{ .\"x\\\"y\" = 1 }",
        "{ parent.a = 1 }",
        "{ .a = nil && .b != nil }",
        "{ span:id = \"ab\" && trace:rootService = \"x\" && event:name = \"y\" && link:traceID = \"z\" }",
        "{ .a = minInt || .a = maxInt }",
        "{ 1ns = 1 && 0.5 < 1e3 }",
        "{.a=1&&.b=2}",
        "{ .a = 1 } // note\n && /* more */ { .b = 2 }",
        "{ .a } && { .b } || { .c }",
        "{ .a } > { .b } >> { .c } && { .d }",
        "({ .a } | count() > 1) >> ({ .b })",
        "{ .a } | by(.b) | count() > 2 | coalesce() | select(.c, resource.d, span:name)",
        "count() > 1",
        "{ .a } | max(duration) > 1s | min(1 + .b) <= 2 | avg(.c) != 1.5 | sum(.d) = 3",
        "{ .a } | { .b }",
        "{} | rate() by(.a) | topk(5)",
        "{} | quantile_over_time(duration, .5, 0.9) by(resource.a)",
        "{} | compare({ status = error }, 10, 1, 2)",
        "({} | rate()) / ({ .a } | rate()) * 100 > 5 | topk(1)",
        "100 * ({} | rate())",
        "{} | rate() > 10",
        "{ .a } with(most_recent=true, x=1)",
        "min(.a) < max(duration)"
      })
  void printsWhatParsesAgainToTheSameTree(String query) {
    TraceqlQuery tree = TraceqlParser.parse(query);
    assertThat(TraceqlParser.parse(tree.toString())).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "{ name } ¦ 1 ¦ 1 ¦ must resolve to a boolean",
        "{ 1 + 1 } ¦ 1 ¦ 1 ¦ must resolve to a boolean",
        "{ \"x\" = 1 } ¦ 1 ¦ 7 ¦ same type",
        "{ status > ok } ¦ 1 ¦ 10 ¦ illegal operation",
        "{ kind < client } ¦ 1 ¦ 8 ¦ illegal operation",
        "{ .a == 1 } ¦ 1 ¦ 7 ¦ syntax error: unexpected =",
        "{ a = 1 } ¦ 1 ¦ 3 ¦ span.a",
        "{ span. } ¦ 1 ¦ 8 ¦ syntax error",
        "{ .a =~ \"[\" } ¦ 1 ¦ 6 ¦ invalid regex",
        "{ 1 =~ 2 } ¦ 1 ¦ 5 ¦ illegal operation",
        "{ -\"x\" = \"x\" } ¦ 1 ¦ 3 ¦ illegal operation",
        "{ !1 = 1 } ¦ 1 ¦ 3 ¦ illegal operation",
        "{ span:status = nil } ¦ 1 ¦ 15 ¦ nil",
        "{ resource.service.name = nil } ¦ 1 ¦ 25 ¦ nil",
        "{ trace:name = \"x\" } ¦ 1 ¦ 3 ¦ unknown intrinsic: trace:name",
        "{ span:rootName = \"x\" } ¦ 1 ¦ 3 ¦ unknown intrinsic",
        "{ trace:rootServiceName=\"x\" } ¦ 1 ¦ 3 ¦ unknown intrinsic",
        "{ rootName != 3 } ¦ 1 ¦ 12 ¦ same type",
        "{ nestedSetLeft = \"x\" } ¦ 1 ¦ 17 ¦ same type",
        "{ .a = \"x\" } | count() ¦ 1 ¦ 23 ¦ unexpected $end",
        "coalesce() ¦ 1 ¦ 1 ¦ coalesce",
        "{} | by(1) ¦ 1 ¦ 11 ¦ must reference the span",
        "{} | max(name) = \"x\" ¦ 1 ¦ 6 ¦ number type",
        "{} | sum(3) = 2 ¦ 1 ¦ 6 ¦ must reference the span",
        "{} | select() ¦ 1 ¦ 13 ¦ syntax error",
        "{} | select(1+2) ¦ 1 ¦ 6 ¦ select",
        "{ true } + { true } ¦ 1 ¦ 10 ¦ syntax error",
        "{.a}={.b} ¦ 1 ¦ 5 ¦ syntax error",
        "{ .a } | 3 > 2 ¦ 1 ¦ 10 ¦ must reference the span",
        "{} | rate() | topk(0) ¦ 1 ¦ 20 ¦ greater than 0",
        "{} | rate() | topk(-1) ¦ 1 ¦ 20 ¦ syntax error",
        "{} | topk(3) ¦ 1 ¦ 6 ¦ metrics function",
        "{} | compare({status=error}) | topk(3) ¦ 1 ¦ 39 ¦ compare",
        "{} | compare({status=error}) > 1 ¦ 1 ¦ 30 ¦ compare",
        "{} | rate() == 1 ¦ 1 ¦ 13 ¦ syntax error",
        "{} | rate() + 5 ¦ 1 ¦ 13 ¦ syntax error",
        "({} | rate()) % 2 ¦ 1 ¦ 15 ¦ syntax error",
        "2*3 ¦ 1 ¦ 1 ¦ syntax error",
        "{ .a = 1 ¦ 1 ¦ 9 ¦ unexpected $end, expecting }",
        "{ .a > 5x } ¦ 1 ¦ 8 ¦ unknown unit"
      })
  void refusesWithLineColumnAndWording(String query, int line, int column, String part) {
    QueryError error = ((QueryException) catchThrowable(() -> TraceqlParser.parse(query))).error();
    assertThat(error.message())
        .contains(part)
        .startsWith("parse error at line " + line + ", col " + column + ":");
    assertThat(error).isInstanceOf(QueryError.Syntax.class);
  }

  @Test
  void offersTheScopedFormOfAnUnscopedQuery() {
    assertThatThrownBy(
            () -> TraceqlParser.parse("{service.name=\"user-service\" && http.status_code=500}"))
        .hasMessageStartingWith("parse error at line 1, col 2: syntax error: unexpected IDENTIFIER")
        .hasMessageContaining(
            "{resource.service.name=\"user-service\" && span.http.status_code=500}");
  }

  @Test
  void bindsAndAndOrAlike() {
    assertThat(TraceqlParser.parse("{ .a || .b && .c }")).hasToString("{ ((.a || .b) && .c) }");
    assertThat(TraceqlParser.parse("{ 2^3^2 = 1+2*3 }"))
        .hasToString("{ ((2 ^ (3 ^ 2)) = (1 + (2 * 3))) }");
    assertThat(TraceqlParser.parse("{ !.a = true }")).hasToString("{ (!(.a) = true) }");
  }

  @Test
  void refusesHostileTextsWithoutHarm() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<String> parts =
        List.of(
            "{", "}", ".a", "=", "\"x\"", "|", "&&", "||", "(", ")", "1s", "rate", "count", "by",
            ",", "1", "-", "!", "`", "\"", ">", "\n", "select", "nil", "status", "error", "span.",
            "span.b", "a.b", "/*", "//", "topk", "with", ">>", "é");
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(parts.get(random.nextInt(parts.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      try {
        TraceqlQuery tree = TraceqlParser.parse(text.toString());
        assertThat(TraceqlParser.parse(tree.toString()))
            .as("seed %d: %s", seed, text)
            .isEqualTo(tree);
      } catch (QueryException e) {
        assertThat(e.getMessage()).as("seed %d: %s", seed, text).isNotEmpty();
      }
    }
    assertThatThrownBy(() -> TraceqlParser.parse("{" + "(".repeat(50_000)))
        .isInstanceOf(QueryException.class);
  }
}
