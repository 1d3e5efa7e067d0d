package dev.pharos.query.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.query.Contexts;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.traceql.syntax.Literal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceqlEngineTest {
  private static final long MS = 1_000_000L;

  /// Trace 1: A root web -> B api -> C db error; A -> D cache. Trace 2: one span of web, its root missing.
  private static final List<SpanRecord> SPANS =
      List.of(
          span(
              1,
              1,
              0,
              "web",
              "GET /",
              2,
              0,
              100,
              200,
              Map.of("http.status_code", 500L, "a", "x", "f", 1.5, "tags", List.of("x", "y"))),
          span(1, 2, 1, "api", "call", 3, 0, 110, 150, Map.of("http.status_code", 200L, "b", true)),
          span(1, 3, 2, "db", "query", 1, 2, 120, 140, Map.of("n", 7L, "text", "9")),
          span(1, 4, 1, "cache", "get", 3, 0, 150, 151, Map.of()),
          span(2, 5, 99, "web", "late", 2, 1, 300, 305, Map.of("a", "y")));

  private static SpanRecord span(
      long trace,
      long id,
      long parent,
      String service,
      String name,
      int kind,
      int status,
      long start,
      long end,
      Map<String, Object> attributes) {
    List<SpanRecord.Event> events =
        name.equals("query")
            ? List.of(
                new SpanRecord.Event("exception", 130 * MS, Map.of("exception.type", "IO")),
                new SpanRecord.Event("retry", 135 * MS, Map.of("attempt", 2L)))
            : List.of();
    return new SpanRecord(
        trace,
        id,
        parent,
        Map.of("service.name", service, "k8s.pod", service + "-0"),
        "lib",
        name,
        kind,
        status,
        status == 2 ? "boom" : "",
        start * MS,
        end * MS,
        attributes,
        events);
  }

  private static SearchResult search(
      String query, List<List<SpanRecord>> parts, int limit, int spss) {
    try (var context = Contexts.create()) {
      return new TraceqlEngine(new MemorySpans(parts))
          .search(new SearchRequest(query, 0, 1000 * MS, limit, spss), context);
    }
  }

  private static List<Long> found(String query) {
    return search(query, List.of(SPANS), 20, 100).traces().stream()
        .flatMap(t -> t.spanSets().getFirst().spans().stream())
        .map(SearchResult.FoundSpan::spanId)
        .sorted()
        .toList();
  }

  @Test
  void findsSpansByIntrinsicsAndScopedAttributes() {
    assertThat(found("{ resource.service.name = \"web\" && span.http.status_code = 500 }"))
        .containsExactly(1L);
    assertThat(found("{}")).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(found("{ false }")).isEmpty();
    assertThat(found("{ status = error }")).containsExactly(3L);
    assertThat(found("{ kind != server && status = unset }")).containsExactly(2L, 4L);
    assertThat(found("{ name =~ \"get|call\" }")).containsExactly(2L, 4L);
    assertThat(found("{ duration > 40ms }")).containsExactly(1L);
    assertThat(found("{ duration >= 40ms }")).containsExactly(1L, 2L);
    assertThat(found("{ statusMessage = \"\" }")).containsExactly(1L, 2L, 4L, 5L);
    assertThat(found("{ .service.name = \"db\" }")).containsExactly(3L);
    assertThat(found("{ span.service.name = \"db\" }")).isEmpty();
    assertThat(found("{ .b }")).containsExactly(2L);
    assertThat(found("{ instrumentation:name = \"lib\" && kind = internal }")).containsExactly(3L);
  }

  @Test
  void comparesByValueAndNeverWithWhatIsMissing() {
    assertThat(found("{ .http.status_code = 500.0 }")).containsExactly(1L);
    assertThat(found("{ .http.status_code > 403.5 }")).containsExactly(1L);
    assertThat(found("{ .f > 1 }")).containsExactly(1L);
    assertThat(found("{ .http.status_code = \"500\" }")).isEmpty();
    assertThat(found("{ .missing != 1 || .missing < 1 || .missing !~ \"x\" }")).isEmpty();
    assertThat(found("{ .a != nil }")).containsExactly(1L, 5L);
    assertThat(found("{ .a = nil && kind = client }")).containsExactly(2L, 4L);
    assertThat(found("{ .text > \"10\" }")).containsExactly(3L);
    assertThat(found("{ .a =~ \"x|y\" && !(.a = \"x\") }")).containsExactly(5L);
    assertThat(found("{ !(.a = \"x\") }")).containsExactly(2L, 3L, 4L, 5L);
    assertThat(found("{ .tags = \"y\" }")).containsExactly(1L);
    assertThat(found("{ .tags != \"y\" }")).containsExactly(1L);
    assertThat(found("{ .tags =~ \"z.*\" }")).isEmpty();
    assertThat(found("{ .n + 1 = 8 && 2 ^ 3 = 8 }")).containsExactly(3L);
    assertThat(found("{ duration > 2 * 30ms }")).containsExactly(1L);
    assertThatThrownBy(() -> found("{ .n / 0 = 1 }")).hasMessageContaining("division by zero");
  }

  @Test
  void looksAtTheWholeTraceWhereNeeded() {
    assertThat(found("{ rootServiceName = \"web\" && status = error }")).containsExactly(3L);
    assertThat(found("{ trace:rootName = \"GET /\" && span:childCount = 0 }"))
        .containsExactly(3L, 4L);
    assertThat(found("{ rootName = \"\" }")).containsExactly(5L);
    assertThat(found("{ traceDuration = 100ms && kind = internal }")).containsExactly(3L);
    assertThat(found("{ nestedSetParent < 0 }")).containsExactly(1L);
    assertThat(found("{ nestedSetLeft = 2 }")).containsExactly(2L);
    assertThat(found("{ span:id = \"0000000000000003\" }")).containsExactly(3L);
    assertThat(found("{ trace:id = \"00000000000000000000000000000002\" }")).containsExactly(5L);
  }

  @Test
  void wantsConditionsOnEventsToHoldForOneEvent() {
    assertThat(found("{ event:name = \"exception\" && event.exception.type = \"IO\" }"))
        .containsExactly(3L);
    assertThat(found("{ event:name = \"exception\" && event.attempt = 2 }")).isEmpty();
    assertThat(found("{ event:timeSinceStart > 12ms }")).containsExactly(3L);
  }

  @Test
  void joinsSpansetsOfOneTrace() {
    assertThat(found("{ .service.name = \"web\" } && { .service.name = \"db\" }"))
        .containsExactly(1L, 3L);
    assertThat(found("{ .service.name = \"web\" } && { .service.name = \"none\" }")).isEmpty();
    assertThat(found("{ .service.name = \"cache\" } || { .a = \"y\" }")).containsExactly(4L, 5L);
    assertThat(found("{ kind = client } | { .b }")).containsExactly(2L);
    assertThat(found("{ } | count() > 1")).containsExactly(1L, 2L, 3L, 4L);
    assertThat(found("{ .http.status_code > 0 } | avg(.http.status_code) = 350"))
        .containsExactly(1L, 2L);
    assertThat(found("{ .n > 0 } | max(duration) < 1ms")).isEmpty();
  }

  @Test
  void relatesSpansetsByTheTree() {
    assertThat(found("{ .service.name = \"web\" } > { .service.name = \"api\" }"))
        .containsExactly(2L);
    assertThat(found("{ .service.name = \"web\" } > { .service.name = \"db\" }")).isEmpty();
    assertThat(found("{ .service.name = \"web\" } >> { status = error }")).containsExactly(3L);
    assertThat(found("{ .service.name = \"db\" } << { .service.name = \"web\" }"))
        .containsExactly(1L);
    assertThat(found("{ .service.name = \"db\" } < { .service.name = \"api\" }"))
        .containsExactly(2L);
    assertThat(found("{ .service.name = \"api\" } ~ { .service.name = \"cache\" }"))
        .containsExactly(4L);
    assertThat(found("{ .service.name = \"web\" } !> { .service.name = \"db\" }"))
        .containsExactly(3L);
    assertThat(found("{ .service.name = \"none\" } !>> { .service.name = \"db\" }"))
        .containsExactly(3L);
    assertThat(found("{ .service.name = \"web\" } !>> { .service.name = \"cache\" }")).isEmpty();
    assertThat(found("{ .service.name = \"web\" } &> { .service.name = \"api\" }"))
        .containsExactly(1L, 2L);
    assertThat(found("{} &>> { status = error }")).containsExactly(1L, 2L, 3L);
    assertThat(found("({ kind = server } > { kind = client }) > { kind = internal }"))
        .containsExactly(3L);
  }

  @Test
  void showsRootDurationServicesAndSelectedAttributes() {
    SearchResult result =
        search("{ .service.name = \"db\" } | select(.n, span:name, status)", List.of(SPANS), 20, 3);
    SearchResult.TraceMatch trace = result.traces().getFirst();
    assertThat(trace.rootService()).contains("web");
    assertThat(trace.rootName()).contains("GET /");
    assertThat(trace.startNanos()).isEqualTo(100 * MS);
    assertThat(trace.durationNanos()).isEqualTo(100 * MS);
    assertThat(trace.services())
        .containsEntry("db", new SearchResult.ServiceStats(1, 1))
        .hasSize(4);
    SearchResult.FoundSpan span = trace.spanSets().getFirst().spans().getFirst();
    assertThat(span.name()).contains("query");
    assertThat(span.durationNanos()).isEqualTo(20 * MS);
    assertThat(span.attributes())
        .containsExactlyInAnyOrder(
            new SearchResult.Attribute("service.name", new Literal.Text("db")),
            new SearchResult.Attribute("n", new Literal.Int(7)),
            new SearchResult.Attribute("status", Literal.Status.ERROR));
  }

  @Test
  void showsTheMostRecentTracesAndSomeSpansOfEach() {
    SearchResult one = search("{}", List.of(SPANS), 1, 1);
    assertThat(one.traces()).hasSize(1);
    assertThat(one.traces().getFirst().traceLo()).isEqualTo(2);
    assertThat(one.traces().getFirst().rootService()).isEmpty();
    SearchResult both = search("{}", List.of(SPANS), 20, 2);
    assertThat(both.traces()).extracting(SearchResult.TraceMatch::traceLo).containsExactly(2L, 1L);
    assertThat(both.traces().getLast().spanSets().getFirst().matched()).isEqualTo(4);
    assertThat(both.traces().getLast().spanSets().getFirst().spans()).hasSize(2);
  }

  @Test
  void answersAlikeHoweverTheSpansAreSplit() {
    var parts = List.of(SPANS.subList(3, 5), SPANS.subList(0, 2), SPANS.subList(1, 3));
    for (String query :
        List.of(
            "{}",
            "{ kind = client } && { status = error }",
            "{ rootName = \"GET /\" }",
            "{ .a = \"x\" }")) {
      assertThat(search(query, parts, 20, 3).traces())
          .as(query)
          .isEqualTo(search(query, List.of(SPANS), 20, 3).traces());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} | by(.a)",
        "{} | rate()",
        "{} | compare({ .a = 1 })",
        "({} | rate()) * 2",
        "{ parent.a = 1 }",
        "{} | count() > 1 | coalesce()",
        "{} | min(.a) < max(.b)"
      })
  void refusesByNameWhatItCannotRunYet(String query) {
    assertThatThrownBy(() -> found(query))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.error()).isInstanceOf(QueryError.Unsupported.class))
        .hasMessageEndingWith("is not supported yet");
  }
}
