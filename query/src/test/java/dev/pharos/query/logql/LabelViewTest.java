package dev.pharos.query.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Labels;
import dev.pharos.query.Contexts;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryException;
import dev.pharos.query.memory.LogRecord;
import dev.pharos.query.memory.MemoryLogs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelViewTest {
  private final QueryContext context = Contexts.create();
  private final LabelView view =
      new LabelView(
          new MemoryLogs(
              List.of(
                  List.of(
                      record(Map.of("service.name", "web", "k8s.pod.name", "w1", "host.name", "h")),
                      record(Map.of("env", "x"))),
                  List.of(record(Map.of("service.name", "api"))))));

  private static LogRecord record(Map<String, Object> resource) {
    return new LogRecord(resource, "", Map.of(), 10, 0, "", "x", "", "");
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void listsNamesAndValuesOfStreamLabelsAlone() {
    assertThat(view.names(Optional.empty(), 0, 100, context))
        .containsExactly("k8s_pod_name", "service_name");
    assertThat(view.names(Optional.of("{service_name=\"api\"}"), 0, 100, context))
        .containsExactly("service_name");
    assertThat(view.values("service_name", Optional.empty(), 0, 100, context))
        .containsExactly("api", "unknown_service", "web");
    assertThat(view.values("host_name", Optional.empty(), 0, 100, context)).isEmpty();
    assertThat(view.names(Optional.empty(), 11, 100, context)).isEmpty();
  }

  @Test
  void listsTheUnionOfSeries() {
    assertThat(
            view.series(
                List.of("{service_name=\"api\"}", "{k8s_pod_name=~\"w.\"}"), 0, 100, context))
        .containsExactly(
            Labels.of("k8s_pod_name", "w1", "service_name", "web"),
            Labels.of("service_name", "api"));
    assertThat(view.series(List.of(), 0, 100, context)).hasSize(3);
    assertThat(view.volume("{service_name=~\".+\"}", 0, 100, context))
        .isEqualTo(new LabelView.Volume(3, 3, 3));
  }

  @Test
  void refusesWhatIsNoSelector() {
    assertThatThrownBy(() -> view.series(List.of("{}"), 0, 100, context))
        .isInstanceOf(QueryException.class);
    assertThatThrownBy(() -> view.series(List.of("{a=\"b\"} |= \"x\""), 0, 100, context))
        .isInstanceOf(QueryException.class);
  }
}
