package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.app.PharosProcess;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole demo, which runs beside all the tests here: what its services tell by their agents, as the APIs answer it,
/// with each fault in turn.
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final Pattern TRACE = Pattern.compile("\"traceID\":\"([0-9a-f]+)\"");

  @TempDir static Path directory;

  private static PharosProcess demo;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    String agent = "-D" + Agent.PROPERTY + "=" + System.getProperty(Agent.PROPERTY);
    demo =
        PharosProcess.startAs(
            List.of(agent, Main.class.getName()),
            directory,
            "--healthy=1s",
            "--fault=slow-product",
            "--rate=20");
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  @Order(1)
  void tellsATraceThroughAllServicesAndItsLogLines() {
    String found =
        eventually(
            () ->
                search("{ resource.service.name = \"storefront\" && name = \"POST /checkout\" }"));
    Matcher id = TRACE.matcher(found);
    assertThat(id.find()).isTrue();

    eventually(
        () -> demo.get(CLIENT, "Jaeger API", "/api/traces/" + id.group(1)),
        trace ->
            trace.contains("\"serviceName\":\"storefront\"")
                && trace.contains("\"serviceName\":\"orders\"")
                && trace.contains("\"serviceName\":\"inventory\"")
                && trace.contains("INSERT INTO purchase")
                && trace.contains("\"key\":\"shop.product\""));
    String traceId = "0".repeat(32 - id.group(1).length()) + id.group(1);
    eventually(
        () ->
            lines("{service_name=~\".+\"} | trace_id=\"" + traceId + "\" | json | status=\"200\""),
        lines -> lines.contains("storefront") && lines.contains("POST /reserve"));
  }

  @Test
  @Order(2)
  void tellsMetricsOfEachInstance() {
    eventually(
        () ->
            demo.get(
                CLIENT,
                "Prometheus API",
                "/api/v1/query?query="
                    + encode(
                        "count by (instance) (http_server_request_duration_seconds_count{job=\"orders\"})")),
        answer -> answer.contains("orders-1") && answer.contains("orders-2"));
    eventually(
        () -> demo.get(CLIENT, "Prometheus API", "/api/v1/query?query=jvm_memory_used_bytes"),
        answer -> answer.contains("\"job\":\"inventory\""));
  }

  @Test
  @Order(3)
  void makesOneProductSlowAfterTheHealthyTime() {
    eventually(
        () ->
            search(
                "{ resource.service.name = \"inventory\" && kind = server && duration > 590ms"
                    + " && span.shop.product = \"brass-compass\" }"));
    eventually(
        () -> lines("{service_name=\"inventory\"} |= \"the maker took long\" | json"),
        lines -> lines.contains("brass-compass"));
    demo.type("slow-product off");
  }

  @Test
  @Order(4)
  void makesOneRegionFail() {
    demo.type("failing-region on");

    eventually(
        () ->
            search(
                "{ resource.service.name = \"orders\" && kind = client && status = error"
                    + " && span.shop.region = \"eu-south\" }"),
        found -> found.contains("\"rootServiceName\":\"storefront\""));
    eventually(
        () -> lines("{service_name=\"orders\"} |= \"failed\" | shop_region=\"eu-south\""),
        lines -> lines.contains("QUOTE_NEEDS_CARRIER"));
    demo.type("failing-region off");
  }

  @Test
  @Order(5)
  void makesAnInstanceDie() {
    demo.type("dying-instance on");

    eventually(
        () ->
            search(
                "{ resource.service.name = \"orders\" && resource.service.instance.id = \"orders-2\""
                    + " && kind = server && status = error && span.http.response.status_code = 503 }"));
    eventually(
        () -> lines("{service_name=\"orders\"} |= \"no free connection\""),
        lines -> lines.contains("orders-2"));
    demo.type("dying-instance off");
  }

  @Test
  @Order(6)
  void replacesInventoryByAVersionWithASlowQuery() {
    demo.type("slow-query on");

    eventually(
        () ->
            search(
                "{ resource.service.name = \"inventory\" && resource.service.version = \"1.5.0\""
                    + " && kind = client && duration > 15ms && span.db.query.text =~ \".*movement.*\" }"));
    assertThat(
            search(
                "{ resource.service.instance.id = \"orders-1\" && span.shop.region != \"eu-south\""
                    + " && kind = server && status = error }"))
        .as("requests of the instance that was never ill")
        .doesNotContain("traceID");
  }

  @Test
  @Order(7)
  void listsTheFaultsThatAreOn() {
    demo.type("faults");

    eventually(
        () -> String.join("\n", demo.lines()),
        said -> said.matches("(?s).*demo: slow-query +on .*demo: dying-instance +off .*"));
  }

  @Test
  @Order(8)
  void leavesNoServiceBehindWhenPharosIsKilled() {
    List<ProcessHandle> services = demo.children();
    assertThat(services).hasSize(4);

    demo.kill();

    eventually(
        () -> Boolean.toString(services.stream().anyMatch(ProcessHandle::isAlive)),
        "false"::equals);
  }

  private static String search(String query) {
    return demo.get(
        CLIENT, "Tempo API", "/api/search?q=" + encode(query) + "&start=1&end=4000000000");
  }

  private static String lines(String query) {
    return demo.get(
        CLIENT, "Loki API", "/loki/api/v1/query_range?since=10m&query=" + encode(query));
  }

  /// Until a trace is found.
  private static String eventually(Supplier<String> asking) {
    return eventually(asking, answer -> answer.contains("traceID"));
  }

  private static String eventually(Supplier<String> asking, Predicate<String> wanted) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    String answer = asking.get();
    while (!wanted.test(answer)) {
      assertThat(System.nanoTime())
          .as("still %s, after:%n%s", answer, String.join("\n", demo.lines()))
          .isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
      answer = asking.get();
    }
    return answer;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
