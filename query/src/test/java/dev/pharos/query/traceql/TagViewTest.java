package dev.pharos.query.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.query.Contexts;
import dev.pharos.query.QueryContext;
import dev.pharos.query.memory.MemorySpans;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.traceql.TagView.Scope;
import dev.pharos.query.traceql.TagView.TagValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagViewTest {
  private final QueryContext context = Contexts.create();
  private final TagView view =
      new TagView(
          new MemorySpans(
              List.of(
                  List.of(
                      new SpanRecord(
                          1,
                          1,
                          0,
                          Map.of("service.name", "web"),
                          "",
                          "GET",
                          2,
                          2,
                          "",
                          10,
                          20,
                          Map.of("x", 5L, "y", "s"),
                          List.of(new SpanRecord.Event("e", 11, Map.of("z", true))))),
                  List.of(
                      new SpanRecord(
                          1,
                          2,
                          1,
                          Map.of("service.name", "api"),
                          "",
                          "call",
                          3,
                          0,
                          "",
                          12,
                          13,
                          Map.of("x", "t"),
                          List.of())))));

  @AfterEach
  void close() {
    context.close();
  }

  private List<TagValue> values(String tag, String filter) {
    return view.values(tag, filter, 0, 100, 10, context);
  }

  @Test
  void listsNamesByScope() {
    Map<Scope, List<String>> names = view.names(Optional.empty(), 0, 100, 10_000, context);
    assertThat(names.get(Scope.RESOURCE)).containsExactly("service.name");
    assertThat(names.get(Scope.SPAN)).containsExactly("x", "y");
    assertThat(names.get(Scope.EVENT)).containsExactly("z");
    assertThat(names.get(Scope.INTRINSIC)).contains("span:name", "trace:rootService");
    assertThat(names).doesNotContainKeys(Scope.LINK, Scope.INSTRUMENTATION);
    assertThat(view.names(Optional.of(Scope.SPAN), 0, 100, 1, context))
        .isEqualTo(Map.of(Scope.SPAN, List.of("x")));
  }

  @Test
  void listsTypedValues() {
    assertThat(values("span.x", ""))
        .containsExactly(new TagValue("int", "5"), new TagValue("string", "t"));
    assertThat(values("service.name", ""))
        .containsExactly(new TagValue("string", "api"), new TagValue("string", "web"));
    assertThat(values("resource.service.name", "{}")).hasSize(2);
    assertThat(values("status", ""))
        .containsExactly(new TagValue("keyword", "error"), new TagValue("keyword", "unset"));
    assertThat(values("span:name", ""))
        .containsExactly(new TagValue("string", "GET"), new TagValue("string", "call"));
    assertThat(values("event.z", "")).containsExactly(new TagValue("bool", "true"));
    assertThat(values("rootServiceName", "")).containsExactly(new TagValue("string", "web"));
    assertThat(values("duration", "")).isEmpty();
  }

  @Test
  void keepsTheReadablePartsOfAFilter() {
    assertThat(values("name", "{ resource.service.name=\"web\" && span.x = }"))
        .containsExactly(new TagValue("string", "GET"));
    assertThat(values("name", "{ resource.service.name=\"web\" && status = error }")).hasSize(1);
    assertThat(values("name", "{ what is this")).hasSize(2);
  }
}
