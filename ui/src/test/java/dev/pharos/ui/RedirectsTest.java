package dev.pharos.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.transport.Address;
import dev.pharos.transport.Route;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {
  private static final Redirects REDIRECTS =
      new Redirects(() -> Optional.of(new Address("localhost", 3007)));

  private static String target(List<Route> routes, String path) {
    try (var server = new Served(routes)) {
      HttpResponse<byte[]> reply = server.get(path);

      assertThat(reply.statusCode()).isEqualTo(302);
      return reply.headers().firstValue("location").orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                                             | /
          /graph                                        | /metrics
          /graph?g0.expr=up%7Bjob%3D%22a%22%7D&g0.range_input=6h | /metrics?a=up%7Bjob%3D%22a%22%7D&t=now-6h
          /graph?g0.expr=a&g1.expr=b&g0.range_input=x   | /metrics?a=a&b=b
          /graph?g4.expr=five&g5.expr=more              | /metrics?e=five
          """)
  void leadsFromPrometheus(String path, String target) {
    assertThat(target(REDIRECTS.ofPrometheus(), path)).isEqualTo("http://localhost:3007" + target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                                             | /traces
          /search                                       | /traces
          /search?service=pay&operation=all&lookback=2h | /traces?f=service.name%3Dpay&t=now-2h
          /search?operation=GET+%2Fa&minDuration=1.2s   | /traces?f=name%3DGET+%2Fa&f=duration%3E%3D1.2s
          /search?start=1795282665190000&end=1795282765190000 | /traces?t=2026-11-21T17%3A37%3A45.190Z..2026-11-21T17%3A39%3A25.190Z
          /search?start=then&end=1                      | /traces
          /trace/4bf92f35                               | /trace/4bf92f35
          /trace/4bf92f35?uiFind=a+b                    | /trace/4bf92f35
          """)
  void leadsFromJaeger(String path, String target) {
    assertThat(target(REDIRECTS.ofJaeger(), path)).isEqualTo("http://localhost:3007" + target);
  }

  @Test
  void keepsWhatIsWrittenInAnIdFromLeadingElsewhere() {
    assertThat(target(REDIRECTS.ofJaeger(), "/trace/%2F%2Fevil.example%0D%0Ax"))
        .isEqualTo("http://localhost:3007/trace/%2F%2Fevil.example%0D%0Ax");
  }

  @Test
  void answers404WhileTheUiIsOff() {
    try (var server = new Served(new ArrayList<>(new Redirects(Optional::empty).ofJaeger()))) {
      assertThat(server.get("/search").statusCode()).isEqualTo(404);
    }
  }
}
