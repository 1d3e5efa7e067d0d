package dev.pharos.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.pipeline.component.ComponentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Graphs that take over from others while parcels pass.
@Timeout(60)
class GraphTest {
  private final TestParts parts = new TestParts();
  private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong sent = new AtomicLong();

  private static String yaml(String body, String pipelines) {
    return body + "\nservice:\n  extensions: [ext]\n  pipelines:\n" + pipelines.indent(4);
  }

  private static final String PARTS =
      """
      extensions: {ext: }
      receivers: {source: }
      processors: {hold: , hold/b: {tag: one}}
      connectors: {join: }
      exporters: {keep/a: , keep/b: {durable: true}, uses: }
      """;

  private static final String PLAIN =
      yaml(PARTS, "logs: {receivers: [source], processors: [hold], exporters: [keep/a]}");

  private Graph start(String yaml) {
    Graph graph = parts.build(yaml);
    graph.start();
    return graph;
  }

  private Graph exchange(Graph old, String yaml) {
    Graph next = parts.build(yaml, Optional.of(old));
    next.takeOver(old, owners -> {});
    return next;
  }

  private Sink<LogBatch> source() {
    return parts.sources.get("source").logs().orElseThrow();
  }

  private void send() {
    var batch = new LogBatch();
    batch.addRow();
    batch.attributes().endParent();
    sent.incrementAndGet();
    parts.requests.readLock().lock();
    try {
      source()
          .accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, new Pending(outcomes::add)));
    } finally {
      parts.requests.readLock().unlock();
    }
  }

  @Test
  void keepsComponentsThatAreTheSameAndTellsTheirOwners() {
    Graph old = start(PLAIN);
    parts.made.clear();
    parts.events.clear();
    // The lines have moved; that makes nothing different.
    Graph next =
        parts.build(
            "# a line more\n"
                + yaml(
                    PARTS,
                    "logs: {receivers: [source], processors: [hold], exporters: [keep/a, keep/b]}"),
            Optional.of(old));
    List<Set<String>> told = new ArrayList<>();
    next.takeOver(old, told::add);
    assertThat(parts.made).containsExactly("keep/b");
    assertThat(parts.events).containsExactly("+keep/b");
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).hasSize(4).noneMatch(owner -> owner.startsWith("keep/b"));
    assertThat(next.shared(old)).isEqualTo(4);
    send();
    send();
    next.stop();
    assertThat(parts.kept("keep/b")).isEqualTo(2);
    assertThat(old.isWhole()).isFalse();
    assertThat(parts.events).doesNotHaveDuplicates();
  }

  @Test
  void letsAComponentThatGoesFinishWhatItHolds() {
    Graph old = start(PLAIN);
    send();
    assertThat(outcomes).isEmpty();
    Graph next =
        exchange(
            old,
            yaml(PARTS, "logs: {receivers: [source], processors: [hold/b], exporters: [keep/b]}"));
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED);
    assertThat(parts.kept("keep/a")).isEqualTo(1);
    send();
    next.stop();
    assertThat(parts.kept("keep/b")).isEqualTo(1);
  }

  @Test
  void goesOnCountingParcelsThatTheGraphBeforeLeftWaiting() {
    String unanswered = PARTS.replace("keep/a: ,", "keep/a: {answers: false},");
    Graph old = start(yaml(unanswered, "logs: {receivers: [source], exporters: [keep/a]}"));
    send();
    Graph next =
        exchange(old, yaml(unanswered, "logs: {receivers: [source], exporters: [keep/a, keep/b]}"));
    assertThat(parts.edges("waiting", "to=\"keep/a\"")).isEqualTo(1);
    parts.unanswered.get(0).done();
    assertThat(parts.edges("waiting")).isZero();
    assertThat(parts.edges("delivered", "to=\"keep/a\"")).isEqualTo(1);
    next.stop();
  }

  @Test
  void leavesTheRunningGraphAsItIsIfAComponentCannotStartOrListen() {
    Graph old = start(PLAIN);
    parts.events.clear();
    Graph failing =
        parts.build(
            yaml(
                PARTS.replace("keep/b: {durable: true}", "keep/b: {failing: true}"),
                "logs: {receivers: [source], exporters: [keep/b, uses]}"),
            Optional.of(old));
    assertThatThrownBy(() -> failing.takeOver(old, owners -> {})).hasMessage("keep/b cannot start");
    Graph deaf =
        parts.build(
            yaml(PARTS, "logs: {receivers: [source], exporters: [keep/b]}"), Optional.of(old));
    assertThatThrownBy(
            () ->
                deaf.takeOver(
                    old,
                    owners -> {
                      throw new ComponentException("the port is busy");
                    }))
        .hasMessage("the port is busy");
    assertThat(parts.events).containsExactly("+keep/b", "-keep/b");
    assertThat(old.isWhole()).isTrue();
    send();
    send();
    old.stop();
    assertThat(parts.kept("keep/a")).isEqualTo(2);
  }

  @Test
  void makesWhatDependsOnAnExtensionAgainWithIt() {
    String using = "logs: {receivers: [source], exporters: [uses, keep/a]}";
    Graph old = start(yaml(PARTS, using));
    parts.events.clear();
    Graph next = exchange(old, yaml(PARTS.replace("ext: }", "ext: {tag: two}}"), using));
    assertThat(parts.events).containsExactly("-ext", "+ext", "+uses", "-uses", "!ext");
    send();
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED);
    next.stop();
  }

  @Test
  void canBringBackAnExtensionWhoseSuccessorDoesNotStart() {
    String using = "logs: {receivers: [source], exporters: [uses, keep/a]}";
    Graph old = start(yaml(PARTS, using));
    Graph failing =
        parts.build(
            yaml(PARTS.replace("ext: }", "ext: {failing: true}}"), using), Optional.of(old));
    assertThatThrownBy(() -> failing.takeOver(old, owners -> {})).hasMessage("ext cannot start");
    assertThat(old.isWhole()).isFalse();
    Graph again = exchange(old, yaml(PARTS, using));
    assertThat(again.isWhole()).isTrue();
    send();
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED);
    again.stop();
  }

  @Test
  void losesAndRefusesNothingWhileGraphsTakeOverUnderLoad() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    List<String> graphs =
        List.of(
            PLAIN,
            yaml(PARTS, "logs: {receivers: [source], exporters: [keep/a]}"),
            yaml(
                PARTS,
                "logs: {receivers: [source], processors: [hold, hold/b], exporters: [keep/a]}"),
            yaml(
                PARTS,
                "logs: {receivers: [source], processors: [hold/b, hold], exporters: [keep/a]}"),
            yaml(
                PARTS,
                "logs: {receivers: [source], processors: [hold/b], exporters: [join]}\n"
                    + "logs/out: {receivers: [join], processors: [hold], exporters: [keep/a]}"),
            yaml(
                PARTS.replace("source: }", "source: {tag: seven}}"),
                "logs: {receivers: [source], processors: [hold], exporters: [keep/a]}"),
            yaml(
                PARTS,
                "logs: {receivers: [source], processors: [hold], exporters: [keep/a]}\n"
                    + "logs/too: {receivers: [source], exporters: [keep/b]}"));
    Graph graph = start(graphs.get(0));
    var stop = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      send();
                      Thread.onSpinWait();
                    }
                  }));
    }
    for (int i = 0; i < 100; i++) {
      long before = sent.get();
      graph = exchange(graph, graphs.get(random.nextInt(graphs.size())));
      while (sent.get() < before + 20) {
        Thread.onSpinWait();
      }
    }
    stop.set(true);
    for (Thread sender : senders) {
      sender.join();
    }
    graph.stop();
    assertThat(outcomes).as("seed " + seed).hasSize((int) sent.get());
    assertThat(outcomes).as("seed " + seed).containsOnly(Outcome.ACCEPTED);
    assertThat(parts.kept("keep/a")).as("seed " + seed).isEqualTo(sent.get());
    assertThat(parts.edges("waiting")).as("seed " + seed).isZero();
    assertThat(parts.edges("offered")).as("seed " + seed).isEqualTo(parts.edges("delivered"));
  }
}
