package dev.pharos.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.query.Contexts;
import dev.pharos.query.ScanPool;
import dev.pharos.query.memory.SpanRecord;
import dev.pharos.query.memory.StoredData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsightTest {
  private static final int INTERNAL = 1;
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int CONSUMER = 5;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long NOW = 1_700_049_600 * SECOND;
  private static final Map<String, Object> DATABASE =
      Map.of("db.system.name", "postgresql", "server.address", "db-1");

  @TempDir Path directory;
  private StoredData store;
  private final List<SpanRecord> spans = new ArrayList<>();

  @BeforeEach
  void open() {
    store = new StoredData(directory, NOW);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /// Of the trace that the root's number names; returns the span's own number.
  private long span(
      long root,
      long parent,
      String service,
      int kind,
      long start,
      long nanos,
      Map<String, Object> attributes) {
    long id = spans.size() + 1;
    spans.add(
        new SpanRecord(
            root == 0 ? id : root,
            id,
            parent,
            Map.of("service.name", service),
            "",
            kind == SERVER ? "GET /" + service : "work",
            kind,
            0,
            "",
            start,
            start + nanos,
            attributes,
            List.of()));
    return id;
  }

  private void store() {
    store.spans(spans);
  }

  private Insight insight() {
    return new Insight(store.summaryReader(), store.traceReader(), ScanPool.NONE);
  }

  private static Grid grid() {
    return Grid.of(NOW - 15 * MINUTE, NOW, 30);
  }

  private ServicePage page(String service) {
    try (var context = Contexts.create()) {
      return insight().service(context, grid(), service).orElseThrow();
    }
  }

  private ServiceMap map() {
    try (var context = Contexts.create()) {
      return insight().map(context, grid());
    }
  }

  @Test
  void knowsCallsOfSpansThatAreNoClientsAndCountsNoneTwice() {
    for (int i = 0; i < 30; i++) {
      long start = NOW - 10 * MINUTE + i * 10 * SECOND;
      long root = span(0, 0, "web", SERVER, start, SECOND, Map.of());
      long work = span(root, root, "web", INTERNAL, start, SECOND, Map.of());
      span(root, work, "orders", SERVER, start + 5, 100 * MILLI, Map.of());
      span(root, work, "mails", CONSUMER, start + 5, 100 * MILLI, Map.of());
      // A span of the same service calls nobody.
      span(root, work, "web", SERVER, start + 5, 100 * MILLI, Map.of());
      long call = span(root, work, "web", CLIENT, start, 300 * MILLI, Map.of());
      span(root, call, "stock", SERVER, start + 5, 100 * MILLI, Map.of());
      // The client knows whom it calls, but what is called takes the span above for its parent.
      long hand = span(root, root, "web", INTERNAL, start, SECOND, Map.of());
      var address = Map.<String, Object>of("server.address", "prices", "server.port", 8080L);
      span(root, hand, "web", CLIENT, start + 7, 300 * MILLI, address);
      span(root, hand, "prices", SERVER, start + 9, 100 * MILLI, Map.of());
      var outside = Map.<String, Object>of("server.address", "bank", "server.port", 8443L);
      span(root, work, "web", CLIENT, start + 200 * MILLI, 300 * MILLI, outside);
    }
    store();
    List<ServiceMap.Edge> edges = map().edges();
    assertThat(edges)
        .extracting(edge -> edge.client() + " " + edge.server())
        .containsExactly("web bank:8443", "web mails", "web orders", "web prices", "web stock");
    assertThat(edges)
        .extracting(edge -> edge.figures().rate())
        .containsOnly(edges.getFirst().figures().rate());
    assertThat(page("web").dependsOn())
        .extracting(ServicePage.Neighbour::service)
        .containsExactlyInAnyOrder("bank:8443", "mails", "orders", "prices", "stock");
    assertThat(page("mails").usedBy())
        .extracting(ServicePage.Neighbour::service)
        .containsExactly("web");
  }

  /// Half an hour of calls on the day so many days ago; of the last minutes each takes longer.
  private void calls(int daysAgo, int slowMinutes, long usualMillis, long slowMillis) {
    long end = NOW - daysAgo * Earlier.DAY_NANOS;
    for (long start = end - 30 * MINUTE; start < end - SECOND; start += 2 * SECOND) {
      long millis = start >= end - slowMinutes * MINUTE ? slowMillis : usualMillis;
      millis += start / SECOND % 5;
      long web = span(0, 0, "web", SERVER, start, (millis + 5) * MILLI, Map.of());
      long call = span(web, web, "web", CLIENT, start, (millis + 3) * MILLI, Map.of());
      long orders = span(web, call, "orders", SERVER, start, millis * MILLI, Map.of());
      span(web, orders, "orders", CLIENT, start, (millis - 2) * MILLI, DATABASE);
    }
  }

  private ServicePage.Operation operation(String service) {
    return page(service).operations().stream()
        .filter(each -> each.kind() == SERVER)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void judgesOperationsAndEdgesByTheSameHoursOfTheDayBefore() {
    calls(0, 5, 20, 400);
    store();
    assertThat(operation("orders").away().isAway()).isTrue();
    assertThat(map().edges()).allMatch(edge -> edge.away() > 0);
    spans.clear();
    store.close();
    store = new StoredData(directory.resolve("again"), NOW);
    calls(1, 5, 20, 400);
    calls(0, 5, 20, 400);
    store();
    assertThat(operation("orders").away().isAway()).isFalse();
    assertThat(map().edges()).hasSize(2).allMatch(edge -> edge.away() == 0);
    assertThat(map().nodes()).hasSize(3).allMatch(node -> node.away() == 0);
  }

  @Test
  void comparesWhatWasSlowAllTheTimeWithYesterdayAndBlamesTheDatabase() {
    calls(1, 0, 20, 20);
    calls(0, 30, 400, 400);
    store();
    assertThat(operation("orders").away().isAway()).isTrue();
    assertThat(operation("orders").was().orElseThrow().p95Nanos()).isLessThan(40e6);
    assertThat(map().edges())
        .hasSize(2)
        .allMatch(edge -> edge.away() > 0)
        .allMatch(edge -> edge.was().orElseThrow().p95Nanos() < 40e6)
        .filteredOn(ServiceMap.Edge::origin)
        .extracting(ServiceMap.Edge::server)
        .containsExactly("db-1");
    assertThat(page("orders").service().away().why())
        .hasValueSatisfying(
            cause ->
                assertThat(cause)
                    .isInstanceOfSatisfying(
                        Away.Cause.Waits.class,
                        waits -> {
                          assertThat(waits.service()).isEqualTo("db-1");
                          assertThat(waits.share()).isBetween(0.9, 1.0);
                        }));
  }

  /// Forty minutes of calls every two seconds, and ten without.
  private void fallsSilent(String service) {
    for (long start = NOW - 50 * MINUTE; start < NOW - 10 * MINUTE; start += 2 * SECOND) {
      span(0, 0, service, SERVER, start, 5 * MILLI, Map.of());
    }
    for (long start = NOW - 50 * MINUTE; start < NOW - SECOND; start += 2 * SECOND) {
      span(0, 0, "other", SERVER, start, 5 * MILLI, Map.of());
    }
    store();
  }

  private List<Finding> findings() {
    try (var context = Contexts.create()) {
      return insight().overview(context, grid()).findings();
    }
  }

  @Test
  void saysBesideWhichDayItsSameHoursAreWorse() {
    calls(1, 0, 20, 20);
    calls(0, 30, 400, 400);
    store();
    assertThat(findings())
        .singleElement()
        .extracting(Finding::evidence, InstanceOfAssertFactories.STRING)
        .contains(" or before, beside the same hours yesterday. ");
    spans.clear();
    store.close();
    store = new StoredData(directory.resolve("again"), NOW, Duration.ofDays(8));
    calls(7, 0, 20, 20);
    calls(0, 30, 400, 400);
    store();
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.service()).isEqualTo("orders"))
        .satisfies(finding -> assertThat(finding.from()).isLessThan(40e6))
        .extracting(Finding::evidence, InstanceOfAssertFactories.STRING)
        .contains(" or before, beside the same hours a week ago. ");
  }

  @Test
  void findsAServiceThatIsNotCalledAnyMoreUnlessItIsPharosWhomReadersCall() {
    fallsSilent("orders");
    assertThat(findings()).extracting(Finding::service).containsExactly("orders");
    spans.clear();
    store.close();
    store = new StoredData(directory.resolve("again"), NOW);
    fallsSilent("pharos");
    assertThat(findings()).isEmpty();
  }
}
