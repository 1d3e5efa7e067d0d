package dev.pharos.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final TestParts parts = new TestParts();
  private final List<Outcome> outcomes = new ArrayList<>();

  private void send(String receiver, int items) {
    var batch = new LogBatch();
    for (int i = 0; i < items; i++) {
      batch.addRow();
      batch.attributes().endParent();
    }
    parts
        .sources
        .get(receiver)
        .logs()
        .orElseThrow()
        .accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcomes::add)));
  }

  @Test
  void sharesReceiversAndExportersAndMakesProcessorsForEachPipeline() {
    Graph graph =
        parts.build(
            """
            receivers: {source: , source/unused: }
            processors: {hold: }
            exporters: {keep: , keep/unused: }
            service:
              pipelines:
                logs/a: {receivers: [source], processors: [hold], exporters: [keep]}
                logs/b: {receivers: [source], processors: [hold], exporters: [keep]}
                traces: {receivers: [source], exporters: [keep]}
            """);
    assertThat(parts.made).containsExactlyInAnyOrder("keep", "hold", "hold", "source");
    graph.start();
    send("source", 2);
    send("source", 2);
    graph.stop();
    assertThat(parts.kept("keep")).isEqualTo(8);
    assertThat(parts.edges("delivered", "from=\"logs/a\"", "to=\"keep\"")).isEqualTo(4);
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  @Test
  void joinsAndBranchesPipelinesThroughAConnector() {
    Graph graph =
        parts.build(
            """
            receivers: {source/a: , source/b: }
            exporters: {keep/x: {durable: true}, keep/y: {answers: false}}
            connectors: {join: }
            service:
              pipelines:
                logs/a: {receivers: [source/a], exporters: [join]}
                logs/b: {receivers: [source/b], exporters: [join]}
                logs/x: {receivers: [join], exporters: [keep/x]}
                logs/y: {receivers: [join], exporters: [keep/y]}
            """);
    graph.start();
    send("source/a", 1);
    send("source/b", 3);
    assertThat(parts.kept("keep/x")).isEqualTo(4);
    assertThat(parts.kept("keep/y")).isEqualTo(4);
    // Behind the connector keep/x is durable, so nobody waits for keep/y.
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED);
    assertThat(graph.notes()).hasSize(1).allMatch(note -> note.contains("logs/y"));
  }

  @Test
  void startsDownstreamFirstAndStopsUpstreamFirst() {
    Graph graph =
        parts.build(
            """
            receivers: {source: }
            processors: {hold/1: , hold/2: }
            exporters: {uses: }
            connectors: {join: }
            extensions: {ext: }
            service:
              extensions: [ext]
              pipelines:
                logs/in: {receivers: [source], processors: [hold/1], exporters: [join]}
                logs/out: {receivers: [join], processors: [hold/2], exporters: [uses]}
            """);
    graph.start();
    graph.ready();
    graph.stop();
    assertThat(parts.events)
        .containsExactly(
            "+ext", "+uses", "+join", "+hold/2", "+hold/1", "+source", "!ext", "-source", "-hold/1",
            "-hold/2", "-join", "-uses", "-ext");
  }

  @Test
  void stopsWhatHasStartedIfAComponentCannotStart() {
    Graph graph =
        parts.build(
            """
            receivers: {source: {failing: true}}
            exporters: {keep: }
            service: {pipelines: {logs: {receivers: [source], exporters: [keep]}}}
            """);
    assertThatThrownBy(graph::start)
        .isInstanceOf(ComponentException.class)
        .hasMessage("source cannot start");
    assertThat(parts.events).containsExactly("+keep", "-keep");
    assertThat(graph.isWhole()).isFalse();
  }

  @Test
  void saysWhichExtensionIsMissing() {
    assertThatThrownBy(
            () ->
                parts.build(
                    """
                    receivers: {source: }
                    exporters: {uses: }
                    service: {pipelines: {logs: {receivers: [source], exporters: [uses]}}}
                    """))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("is not among service::extensions");
  }

  @Test
  void refusesACycleOfConnectors() {
    assertThatThrownBy(
            () ->
                parts.config(
                    """
                    receivers: {source: }
                    exporters: {keep: }
                    connectors: {join/a: , join/b: }
                    service:
                      pipelines:
                        logs/in: {receivers: [source], exporters: [join/a, keep]}
                        logs/1: {receivers: [join/a], exporters: [join/b]}
                        logs/2: {receivers: [join/b], exporters: [join/a]}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cycle");
  }

  @Test
  void refusesTheSenderIfAnyRequiredExporterRefuses() {
    Graph graph =
        parts.build(
            """
            receivers: {source: }
            exporters: {keep/durable: {durable: true}, keep/required: {required: true, answers: false}}
            service: {pipelines: {logs: {receivers: [source], exporters: [keep/durable, keep/required]}}}
            """);
    graph.start();
    send("source", 1);
    assertThat(outcomes).isEmpty();
    parts.unanswered.get(0).done();
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED);
    graph.stop();
    send("source", 1);
    assertThat(outcomes.get(1).failure()).isPresent();
  }
}
