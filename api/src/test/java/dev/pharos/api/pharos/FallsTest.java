package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.api.ApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Requests that do not come and instances that fall silent, from the fifth minute of eight on.
class FallsTest {
  private static final long NOW = ApiServer.NOW / 10 * 10;
  private static final long SECOND = 1_000_000_000L;
  private static final int SECONDS = 480;
  private static final long SINCE = NOW - 160;

  @TempDir Path directory;

  private final Harbour harbour =
      new Harbour(21, NOW - SECONDS).run(SECONDS, 8, Harbour.Fault.NONE, 0);

  private JsonNode overview() {
    return harbour.answers(directory, NOW - 900, NOW, "overview").get("overview");
  }

  private static boolean isLate(SentSpan span) {
    return span.startNanos() >= SINCE * SECOND;
  }

  private static boolean isOf(SentSpan span, String instance) {
    return instance.equals(span.resource().get("service.instance.id"));
  }

  private void change(Predicate<SentSpan> which, UnaryOperator<Map<String, String>> resource) {
    harbour
        .spans()
        .replaceAll(
            span ->
                which.test(span)
                    ? new SentSpan(
                        resource.apply(span.resource()),
                        span.trace(),
                        span.id(),
                        span.parent(),
                        span.name(),
                        span.kind(),
                        span.error(),
                        span.startNanos(),
                        span.nanos(),
                        span.attributes())
                    : span);
  }

  private static Map<String, String> desk(String version, String instance) {
    return Map.of(
        "service.name", "desk", "service.version", version, "service.instance.id", instance);
  }

  private static List<JsonNode> changes(JsonNode overview, String kind) {
    return overview
        .get("changes")
        .valueStream()
        .filter(change -> change.get("kind").asString().equals(kind))
        .toList();
  }

  @Test
  void listsAnInstanceThatIsSilentWhileOthersTakeOver() {
    change(span -> isLate(span) && isOf(span, "desk-2"), old -> desk("7", "desk-1"));

    JsonNode overview = overview();

    assertThat(overview.get("findings")).as(overview.toString()).isEmpty();
    assertThat(overview.get("changes")).as(overview.toString()).hasSize(1);
    JsonNode gone = overview.get("changes").get(0);
    assertThat(gone.get("kind").asString()).isEqualTo("gone");
    assertThat(gone.get("service").asString()).isEqualTo("desk");
    assertThat(gone.get("instance").asString()).isEqualTo("desk-2");
    assertThat(gone.get("at").asLong()).isCloseTo(SINCE * 1000, within(10_000L));
    long spans = harbour.spans().stream().filter(span -> isOf(span, "desk-2")).count();
    assertThat(gone.get("from").asDouble())
        .isCloseTo(spans / (double) (SECONDS - 160), within(0.5));
  }

  @Test
  void saysNothingOfInstancesThatAreReplaced() {
    change(span -> isLate(span) && isOf(span, "desk-2"), old -> desk("7", "desk-3"));

    assertThat(changes(overview(), "gone")).isEmpty();
  }

  @Test
  void saysNothingOfInstancesThatStopWhileAVersionComes() {
    // One of version 8 does the work of the two of version 7, the first of which went half a minute
    // before it came.
    change(span -> isLate(span) && isOf(span, "desk-2"), old -> desk("7", "desk-1"));
    change(
        span ->
            span.startNanos() >= (SINCE + 30) * SECOND
                && isOf(span, "desk-1")
                && span.trace() % 3 == 0,
        old -> desk("8", "desk-8"));

    JsonNode overview = overview();

    assertThat(changes(overview, "gone")).isEmpty();
    assertThat(changes(overview, "version")).hasSize(1);
  }

  @Test
  void findsAnInstanceWhoseRequestsNobodyTakes() {
    harbour.spans().removeIf(span -> isLate(span) && isOf(span, "desk-2"));

    JsonNode overview = overview();

    JsonNode finding = overview.get("findings").get(0);
    assertThat(overview.get("findings")).as(overview.toString()).hasSize(1);
    assertThat(finding.get("service").asString()).isEqualTo("desk");
    assertThat(finding.get("what").asString()).isEqualTo("rate");
    assertThat(finding.get("since").asLong()).isCloseTo(SINCE * 1000, within(10_000L));
    assertThat(finding.get("silent").get("instance").asString()).isEqualTo("desk-2");
    assertThat(finding.get("sentence").asString()).startsWith("desk gets fewer requests: ");
    assertThat(finding.get("evidence").asString()).contains("desk-2 of desk sends nothing since ");
    assertThat(changes(overview, "gone")).hasSize(1);
  }

  @Test
  void findsAServiceThatIsCalledFarLessByCallersAsBusyAsEver() {
    var random = new Random(7);
    harbour
        .spans()
        .removeIf(span -> isLate(span) && span.service().equals("vault") && random.nextInt(10) < 7);

    JsonNode overview = overview();

    JsonNode finding = overview.get("findings").get(0);
    assertThat(overview.get("findings")).as(overview.toString()).hasSize(1);
    assertThat(finding.get("service").asString()).isEqualTo("vault");
    assertThat(finding.get("what").asString()).isEqualTo("rate");
    assertThat(finding.get("from").asDouble()).isCloseTo(8, within(0.8));
    assertThat(finding.get("to").asDouble()).isCloseTo(2.4, within(0.8));
    assertThat(finding.get("series").get("unit").asString()).isEqualTo("rate");
    JsonNode vault =
        overview
            .get("services")
            .valueStream()
            .filter(one -> one.get("name").asString().equals("vault"))
            .findFirst()
            .orElseThrow();
    assertThat(vault.get("awayIn").get(0).asString()).isEqualTo("rate");
    assertThat(vault.get("since").asLong()).isEqualTo(finding.get("since").asLong());
    JsonNode rate = changes(overview, "rate").getFirst();
    assertThat(rate.get("service").asString()).isEqualTo("vault");
  }

  @Test
  void listsThatFewerRequestsComeFromOutsideAndFindsNothing() {
    harbour.spans().removeIf(span -> isLate(span) && (span.trace() >> 8) % 10 < 7);

    JsonNode overview = overview();

    assertThat(overview.get("findings")).as(overview.toString()).isEmpty();
    assertThat(changes(overview, "rate").stream().map(each -> each.get("service").asString()))
        .containsExactlyInAnyOrder("gate", "desk", "vault");
  }

  @Test
  void findsAnEntryThatHardlyAnyoneReaches() {
    harbour.spans().removeIf(span -> isLate(span) && (span.trace() >> 8) % 40 != 0);

    JsonNode overview = overview();

    assertThat(overview.get("findings")).as(overview.toString()).hasSize(1);
    assertThat(overview.get("findings").get(0).get("service").asString()).isEqualTo("gate");
    assertThat(overview.get("findings").get(0).get("what").asString()).isEqualTo("rate");
  }
}
