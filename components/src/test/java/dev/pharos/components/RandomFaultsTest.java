package dev.pharos.components;

import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.observe.Account;
import dev.pharos.observe.Registry;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One pipeline with three branches, a durable one, a queue before a backend and a required backend, under random
/// faults of all of them, restarts of the backends included. After every fault the counters of the receiver and of each
/// edge add up, nothing is left waiting, and what a sender was told is true.
@Timeout(120)
class RandomFaultsTest {
  private static final Pattern ENDS = Pattern.compile("from=\"([^\"]*)\".*to=\"([^\"]*)\"");

  /// A backend on a port of its own that answers as it is told, and can be away.
  private final class Backend {
    private enum Mood {
      WELL,
      BUSY,
      UNAVAILABLE,
      REFUSING,
      PARTIAL,
      NONSENSE,
      AWAY
    }

    private volatile Mood mood = Mood.WELL;
    private Optional<Listening> listening = Optional.empty();
    private final Address address;

    Backend() {
      Listening first = open(new Address("127.0.0.1", 0));
      listening = Optional.of(first);
      address = first.address();
    }

    private Listening open(Address where) {
      return pipelines.transport.listen(
          Listener.of(where, HttpRoute.of("POST", "/v1/traces", this::answer)));
    }

    void turn(Mood next) {
      mood = next;
      if (next == Mood.AWAY) {
        listening.ifPresent(Listening::close);
        listening = Optional.empty();
      } else if (listening.isEmpty()) {
        listening = Optional.of(open(address));
      }
    }

    private void answer(HttpRequest request, HttpReply reply) {
      switch (mood) {
        case WELL, AWAY -> reply.send(200, "", Body.EMPTY);
        case BUSY -> reply.header("retry-after", "0").sendText(429, "busy");
        case UNAVAILABLE -> reply.sendText(503, "soon");
        case REFUSING -> reply.sendText(400, "never");
        case PARTIAL ->
            reply.send(
                200,
                "application/x-protobuf",
                Body.of(new ExportResponse(3, "three are too old").toProto()));
        case NONSENSE -> reply.send(200, "application/x-protobuf", Body.of(new byte[] {10, 99, 1}));
      }
    }
  }

  private final RunningPipelines pipelines = new RunningPipelines();
  private final Registry registry = pipelines.registry;
  private final Account others = pipelines.ledger.open("others", 0.5);
  private final Backend optional = new Backend();
  private final Backend required = new Backend();

  @AfterEach
  void close() {
    pipelines.close();
  }

  private void run() {
    String retry =
        "retry_on_failure: {initial_interval: 1ms, max_interval: 2ms, max_elapsed_time: 10ms}";
    String yaml =
        """
        receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:0"}}}}
        processors:
          memory_limiter: {limit_mib: 200, spike_limit_mib: 10}
          batch: {timeout: 2ms, send_batch_size: 20, send_batch_max_size: 25}
          attributes: {actions: [{key: seen, action: insert, value: yes}]}
        exporters:
          keeps:
          otlp_http: {endpoint: "http://%s", sending_queue: {queue_size: 2, num_consumers: 1}, %s}
          otlp_http/required: {endpoint: "http://%s", sending_queue: {enabled: false}, required: true, %s}
        service:
          pipelines:
            traces:
              receivers: [otlp]
              processors: [memory_limiter, batch, attributes]
              exporters: [keeps, otlp_http, otlp_http/required]
        """
            .formatted(optional.address, retry, required.address, retry);
    pipelines.run(yaml);
  }

  @Test
  void addsUpAfterEveryFaultOfEveryBranch() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    run();
    long received = 0;
    long acknowledged = 0;
    var statuses = new TreeSet<Integer>();
    for (int round = 0; round < 120; round++) {
      optional.turn(mood(random));
      required.turn(mood(random));
      pipelines.keeps.full = random.nextInt(6) == 0;
      pipelines.keeps.picky = random.nextInt(6) == 0;
      long pressure = random.nextInt(8) == 0 ? others.limitBytes() + (90L << 20) : 0;
      others.charge(pressure);
      List<CompletableFuture<HttpResponse>> answers = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        int items = 1 + random.nextInt(30);
        sizes.add(items);
        received += items;
        answers.add(pipelines.send(OtlpCodec.TRACES.encode(Samples.spans(0, items))));
      }
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse answer = answers.get(i).get(30, TimeUnit.SECONDS);
        statuses.add(answer.status());
        if (answer.status() == 200) {
          acknowledged +=
              sizes.get(i) - ExportResponse.parse(answer.body().bytes()).rejectedItems();
        }
      }
      others.release(pressure);
      assertAddsUp("seed " + seed + " round " + round, received);
      // What a required branch refused, or told twice, may be kept all the same.
      assertThat(pipelines.keeps.kept.get())
          .as("seed " + seed)
          .isGreaterThanOrEqualTo(acknowledged);
    }
    assertThat(statuses).as("seed " + seed).contains(200, 503).hasSizeGreaterThan(2);
  }

  private static Backend.Mood mood(Random random) {
    Backend.Mood[] all = Backend.Mood.values();
    return random.nextBoolean() ? Backend.Mood.WELL : all[random.nextInt(all.length)];
  }

  private void assertAddsUp(String when, long received) {
    eventually(() -> value(registry, "pharos_edge_waiting_items") == 0);
    eventually(() -> pipelines.queued.usedBytes() == 0);
    eventually(() -> handedToQueue() == sentAndLost());
    pipelines.assertReceived(received);
    for (String edge : edges()) {
      String[] ends = edge.split(" ");
      String[] labels = {"from=\"" + ends[0] + "\"", "to=\"" + ends[1] + "\""};
      assertThat(value(registry, "pharos_edge_offered_items_total", labels))
          .as(when + ": " + edge)
          .isEqualTo(
              value(registry, "pharos_edge_delivered_items_total", labels)
                  + value(registry, "pharos_edge_dropped_items_total", labels)
                  + value(registry, "pharos_edge_waiting_items", labels));
    }
    assertThat(edges()).hasSize(6);
  }

  private double handedToQueue() {
    return value(registry, "pharos_edge_delivered_items_total", "to=\"otlp_http\"");
  }

  private double sentAndLost() {
    return value(registry, "pharos_exporter_sent_items_total", "exporter=\"otlp_http\"")
        + value(registry, "pharos_exporter_failed_items_total", "exporter=\"otlp_http\"");
  }

  private Set<String> edges() {
    var edges = new TreeSet<String>();
    registry
        .text()
        .lines()
        .filter(line -> line.startsWith("pharos_edge_offered_items_total{"))
        .forEach(
            line -> {
              Matcher ends = ENDS.matcher(line);
              if (ends.find()) {
                edges.add(ends.group(1) + " " + ends.group(2));
              }
            });
    return edges;
  }
}
