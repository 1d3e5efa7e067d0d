package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.api.ApiServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Faults with names of the test's own, found by what is stored; and every number beside the rows.
class FindingsTest {
  private static final long NOW = ApiServer.NOW / 10 * 10;
  private static final int SECONDS = 240;
  private static final int RATE = 12;
  private static final int FAULT = 190;
  private static final int DAY = 86_400;
  private static final int LONG = 660;

  @TempDir Path directory;

  private Map<String, JsonNode> answers(Harbour harbour, String... paths) {
    return answers(harbour, 900, paths);
  }

  private Map<String, JsonNode> answers(Harbour harbour, int seconds, String... paths) {
    return harbour.answers(directory, NOW - seconds, NOW, paths);
  }

  private static Harbour harbour(Harbour.Fault fault) {
    return new Harbour(11, NOW - SECONDS).run(SECONDS, RATE, fault, FAULT);
  }

  private static long since() {
    return (NOW - SECONDS + FAULT) * 1000;
  }

  @Test
  void findsNothingWhereAllIsAsUsual() {
    JsonNode overview = answers(harbour(Harbour.Fault.NONE), "overview").get("overview");

    assertThat(overview.get("findings")).as(overview.toString()).isEmpty();
    assertThat(overview.get("changes")).as(overview.toString()).isEmpty();
    assertThat(overview.get("services").valueStream().map(one -> one.get("away").asDouble()))
        .containsOnly(0.0);
  }

  @Test
  void namesTheServiceThatIsSlowAndTheAttributeOfItsSlowCalls() {
    Harbour harbour = harbour(Harbour.Fault.SLOW_PORT);
    JsonNode overview = answers(harbour, "overview").get("overview");

    JsonNode finding = overview.get("findings").get(0);
    assertThat(overview.get("findings").size()).as(overview.toString()).isEqualTo(1);
    assertThat(finding.get("service").asString()).isEqualTo("vault");
    assertThat(finding.get("what").asString()).isEqualTo("duration");
    assertThat(finding.get("cause").get("kind").asString()).isEqualTo("itself");
    assertThat(finding.get("since").asLong()).isCloseTo(since(), within(10_000L));
    assertAttribute(finding, "span", "cargo.port", "faro");
    assertThat(finding.get("attribute").get("inside").asDouble()).isGreaterThan(0.95);
    assertThat(finding.get("sentence").asString())
        .startsWith("vault is slow where cargo.port=faro: p95 ");
    assertThat(finding.get("evidence").asString()).contains("have cargo.port=faro");
    assertThat(texts(finding.get("explains").get("services"))).containsExactly("desk", "gate");
    long least = finding.get("box").get("leastNanos").asLong();
    long slow =
        harbour.spans().stream()
            .filter(span -> span.service().equals("vault") && span.isRequest())
            .filter(span -> span.startNanos() >= finding.get("since").asLong() * 1_000_000)
            .filter(span -> span.nanos() >= least)
            .count();
    assertThat(finding.get("count").asLong()).isEqualTo(slow);
    assertThat(harbour.spans().stream().map(span -> "%032x".formatted(span.trace())))
        .contains(finding.get("traceId").asString());
    assertWaits(overview, "gate", "desk");
    assertWaits(overview, "desk", "vault");
    JsonNode lit = finding.get("series").get("lit");
    assertThat(lit.get(lit.size() - 1).asDouble())
        .isGreaterThan(10 * finding.get("series").get("rest").get(lit.size() - 1).asDouble());
  }

  private static void assertWaits(JsonNode overview, String service, String server) {
    JsonNode why = service(overview, service).get("why");
    assertThat(why.get("kind").asString()).as(service).isEqualTo("waits");
    assertThat(why.get("service").asString()).as(service).isEqualTo(server);
    assertThat(why.get("share").asDouble()).isBetween(0.7, 1.0);
  }

  private static JsonNode service(JsonNode overview, String name) {
    return overview
        .get("services")
        .valueStream()
        .filter(one -> one.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertAttribute(JsonNode finding, String scope, String key, String value) {
    JsonNode attribute = finding.get("attribute");
    assertThat(attribute.isNull()).as(finding.toString()).isFalse();
    var told = new ArrayList<String>();
    told.add(attribute.get("scope").asString() + "." + attribute.get("key").asString());
    assertThat(told).as(finding.toString()).containsExactly(scope + "." + key);
    assertThat(attribute.get("value").asString()).isEqualTo(value);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void namesTheInstanceThatFails() {
    JsonNode overview =
        answers(harbour(Harbour.Fault.FAILING_INSTANCE), "overview").get("overview");

    JsonNode finding = overview.get("findings").get(0);
    assertThat(finding.get("service").asString()).as(overview.toString()).isEqualTo("desk");
    assertThat(finding.get("what").asString()).isEqualTo("errors");
    assertThat(finding.get("since").asLong()).isCloseTo(since(), within(10_000L));
    assertAttribute(finding, "resource", "service.instance.id", "desk-2");
    assertThat(finding.get("sentence").asString())
        .startsWith("desk fails where service.instance.id=desk-2: errors 0 % → ");
    assertWaits(overview, "gate", "desk");
  }

  @Test
  void namesWhatFailsNowAfterOtherCallsOfTheServiceFailedAWhileAgo() {
    Harbour harbour =
        new Harbour(11, NOW - 600)
            .run(300, RATE, Harbour.Fault.FAILING_PORT, 150)
            .at(NOW - 300)
            .run(300, RATE, Harbour.Fault.FAILING_INSTANCE, 270);
    JsonNode overview = answers(harbour, "overview").get("overview");

    JsonNode finding = overview.get("findings").get(0);
    assertThat(finding.get("service").asString()).as(overview.toString()).isEqualTo("desk");
    assertThat(finding.get("since").asLong()).isCloseTo((NOW - 30) * 1000, within(10_000L));
    assertAttribute(finding, "resource", "service.instance.id", "desk-2");
    assertThat(finding.get("attribute").get("inside").asDouble()).isEqualTo(1);
  }

  @Test
  void namesTheVersionWhoseStatementIsSlowAndTheDatabase() {
    Harbour harbour = harbour(Harbour.Fault.SLOW_STATEMENT);
    Map<String, JsonNode> answers =
        answers(harbour, "overview", "services/vault", "map", "changes");
    JsonNode overview = answers.get("overview");

    JsonNode finding = overview.get("findings").get(0);
    assertThat(finding.get("service").asString()).as(overview.toString()).isEqualTo("vault");
    assertThat(finding.get("cause").get("service").asString()).isEqualTo("ledgerdb");
    assertThat(finding.get("since").asLong()).isCloseTo(since(), within(30_000L));
    assertAttribute(finding, "resource", "service.version", "2.1");
    assertThat(finding.get("version").get("from").asString()).isEqualTo("2.0");
    assertThat(finding.get("version").get("to").asString()).isEqualTo("2.1");
    assertThat(finding.get("sentence").asString())
        .startsWith("vault waits for ledgerdb where service.version=2.1: p95 ");
    assertThat(overview.get("changes").valueStream().map(one -> one.get("kind").asString()))
        .contains("version", "duration");
    assertPage(answers.get("services/vault"), harbour);
    assertMap(answers.get("map"), harbour);
    assertThat(answers.get("changes").get("changes")).isEqualTo(overview.get("changes"));
  }

  private static void assertPage(JsonNode page, Harbour harbour) {
    long from = page.get("start").asLong() * 1_000_000;
    long to = page.get("end").asLong() * 1_000_000;
    JsonNode statement = null;
    for (JsonNode operation : page.get("operations")) {
      statement = operation.get("kind").asString().equals("client") ? operation : statement;
    }
    assertThat(statement.get("name").asString()).isEqualTo("SELECT coin");
    assertThat(statement.get("impact").asDouble()).isEqualTo(1);
    long rows = harbour.spans().stream().filter(span -> span.name().equals("SELECT coin")).count();
    double seconds =
        statement.get("rate").asDouble() == 0 ? 0 : rows / statement.get("rate").asDouble();
    assertThat(seconds).isBetween(SECONDS - 11.0, SECONDS + 11.0);
    JsonNode database = page.get("dependsOn").get(0);
    assertThat(page.get("dependsOn").size()).isEqualTo(1);
    assertThat(database.get("service").asString()).isEqualTo("ledgerdb");
    assertThat(database.get("external").asBoolean()).isTrue();
    double time = time(harbour, "SELECT coin") / time(harbour, "GET /coin");
    assertThat(database.get("timeShare").asDouble()).isCloseTo(time, within(0.1));
    assertThat(page.get("usedBy").get(0).get("service").asString()).isEqualTo("desk");
    assertThat(page.get("instances").valueStream().map(one -> one.get("instance").asString()))
        .containsExactlyInAnyOrder("vault-a", "vault-b");
    assertThat(page.get("deploys").get(0).get("version").asString()).isEqualTo("2.1");
    assertThat(page.get("deploys").get(0).get("p95Factor").asDouble()).isGreaterThan(3);
    assertThat(sum(page.get("series").get("calls")))
        .isEqualTo(requests(harbour, "vault", from, to));
  }

  private static double time(Harbour harbour, String name) {
    return harbour.spans().stream()
        .filter(span -> span.name().equals(name))
        .mapToDouble(SentSpan::nanos)
        .sum();
  }

  private static long requests(Harbour harbour, String service, long from, long to) {
    return harbour.spans().stream()
        .filter(span -> span.service().equals(service) && span.isRequest())
        .filter(span -> span.startNanos() >= from && span.startNanos() < to)
        .count();
  }

  private static long sum(JsonNode numbers) {
    return numbers.valueStream().mapToLong(JsonNode::asLong).sum();
  }

  private static void assertMap(JsonNode map, Harbour harbour) {
    long from = map.get("start").asLong() * 1_000_000;
    long to = map.get("end").asLong() * 1_000_000;
    assertThat(map.get("nodes").valueStream().map(node -> node.get("name").asString()))
        .containsExactly("desk", "gate", "ledgerdb", "vault");
    assertThat(
            map.get("edges")
                .valueStream()
                .map(edge -> edge.get("client").asString() + ">" + edge.get("server").asString()))
        .containsExactly("desk>vault", "gate>desk", "vault>ledgerdb");
    for (JsonNode edge : map.get("edges")) {
      if (!edge.get("server").asString().equals("ledgerdb")) {
        assertThat(sum(edge.get("series").get("calls")))
            .isEqualTo(requests(harbour, edge.get("server").asString(), from, to));
      }
      assertThat(edge.get("origin").asBoolean())
          .isEqualTo(edge.get("server").asString().equals("ledgerdb"));
    }
  }

  @Test
  void tellsAServiceThatIsGone() {
    Harbour harbour = new Harbour(4, NOW - SECONDS).run(SECONDS, RATE, Harbour.Fault.NONE, 0);
    harbour
        .spans()
        .removeIf(
            span -> span.service().equals("vault") && span.startNanos() >= since() * 1_000_000);

    JsonNode overview = answers(harbour, "overview").get("overview");

    assertThat(texts(service(overview, "vault").get("awayIn"))).contains("gone");
    assertThat(overview.get("findings").get(0).get("sentence").asString())
        .startsWith("vault is gone: ")
        .endsWith("→ 0/s");
  }

  /// What runs for eleven minutes up to now, and up to half an hour after this time of yesterday.
  private static Harbour twoDays(Harbour.Fault yesterday, Harbour.Fault today, int faultAt) {
    return new Harbour(12, NOW - DAY - LONG)
        .run(LONG, 3, yesterday, faultAt)
        .at(NOW - DAY)
        .run(600, 3, yesterday, 0)
        .at(NOW - LONG)
        .run(LONG, 3, today, faultAt);
  }

  @Test
  void tellsAServiceThatWasFastYesterdayAndIsSlowSinceBeforeTheRange() {
    Harbour harbour = twoDays(Harbour.Fault.NONE, Harbour.Fault.SLOW_PORT, 0);

    JsonNode overview = answers(harbour, 300, "overview").get("overview");

    JsonNode finding = overview.get("findings").get(0);
    assertThat(overview.get("baseline").get("kind").asString()).isEqualTo("yesterday");
    assertThat(finding.get("service").asString()).as(overview.toString()).isEqualTo("vault");
    assertThat(finding.get("earlier").asBoolean()).isTrue();
    assertThat(finding.get("since").asLong()).isLessThanOrEqualTo((NOW - 590) * 1000);
    assertAttribute(finding, "span", "cargo.port", "faro");
    assertThat(finding.get("evidence").asString())
        .matches("Since \\d\\d:\\d\\d or before, beside the same hours yesterday\\. .*");
    assertWaits(overview, "gate", "desk");
    assertWaits(overview, "desk", "vault");
    double was = service(overview, "vault").get("was").get("p95Nanos").asDouble();
    assertQuantileOfYesterday(was, harbour);
  }

  private static void assertQuantileOfYesterday(double nanos, Harbour harbour) {
    long[] sorted =
        harbour.spans().stream()
            .filter(span -> span.service().equals("vault") && span.isRequest())
            .filter(span -> span.startNanos() >= (NOW - DAY - 600) * 1_000_000_000L)
            .filter(span -> span.startNanos() < (NOW - DAY) * 1_000_000_000L)
            .mapToLong(SentSpan::nanos)
            .sorted()
            .toArray();
    assertThat(nanos / sorted[sorted.length * 95 / 100]).isBetween(0.8, 1.25);
  }

  @Test
  void findsNothingInWhatHappensEveryDayAtThisTime() {
    Harbour harbour = twoDays(Harbour.Fault.SLOW_PORT, Harbour.Fault.SLOW_PORT, LONG - 150);

    JsonNode overview = answers(harbour, 300, "overview").get("overview");

    assertThat(overview.get("findings")).as(overview.toString()).isEmpty();
    assertThat(overview.get("changes").valueStream().map(one -> one.get("kind").asString()))
        .contains("duration");
  }

  @Test
  void survivesTrafficWithoutAnySense() {
    var random = new SplittableRandom(9);
    var harbour = new Harbour(9, NOW - SECONDS);
    for (int i = 0; i < 2_000; i++) {
      harbour
          .spans()
          .add(
              new SentSpan(
                  random.nextInt(4) == 0
                      ? Map.of()
                      : Map.of("service.name", "s" + random.nextInt(3)),
                  random.nextLong(1, 50),
                  i + 1,
                  random.nextLong(1, 2_000),
                  "n",
                  random.nextInt(6),
                  random.nextBoolean(),
                  (NOW - 600) * 1_000_000_000L + random.nextLong(600_000_000_000L),
                  random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 45),
                  Map.of("db.system", "", "server.address", "s" + random.nextInt(3))));
    }

    Map<String, JsonNode> answers = answers(harbour, "overview", "services/s1", "map", "changes");

    assertThat(answers).hasSize(4);
  }
}
