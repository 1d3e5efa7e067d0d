package dev.pharos.pipeline.config.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {
  record Server(String endpoint, int size, List<String> names) {}

  record Outer(
      boolean enabled,
      Duration waitTime,
      Optional<Server> server,
      Server fixed,
      Secret token,
      Object extra) {}

  private static final ConfigSchema<Server> SERVER =
      ConfigSchema.of(
          keys ->
              new Server(
                  keys.field("endpoint", ConfigTypes.address(), "localhost:1", "where"),
                  keys.count("size", 4, "how much"),
                  keys.texts("names", "who")));

  private static final ConfigSchema<Outer> OUTER =
      ConfigSchema.<Outer>of(
              keys ->
                  new Outer(
                      keys.bool("enabled", true, "whether"),
                      keys.duration("wait_time", "5s", "how long"),
                      keys.optional("server", SERVER, "a server"),
                      keys.section("fixed", SERVER.withDefaults(Map.of("size", "9")), "another"),
                      keys.field("token", ConfigTypes.secret(), "", "a secret"),
                      keys.field("extra", ConfigTypes.any(), "", "anything")))
          .check(
              (outer, check) -> {
                if (outer.waitTime().isNegative()) {
                  check.error("wait_time", outer.waitTime() + " (expected: not negative)");
                }
              });

  private static final class Decoded {
    final Problems problems = new Problems();
    final Outer value;

    Decoded(String yaml, Map<String, String> env) {
      ConfigLoader.Loaded loaded = Yaml.load("o:\n" + yaml.indent(2), env);
      value = OUTER.decode(Yaml.at(loaded.root(), "o"), new Decoding("o", problems)).orElseThrow();
    }

    List<String> errors() {
      return problems.errors().stream().map(Problem::toString).toList();
    }
  }

  private static Decoded decoded(String yaml) {
    return new Decoded(yaml, Map.of());
  }

  @Test
  void givesDefaultsForAbsentAndNullKeys() {
    Outer expected =
        new Outer(
            true,
            Duration.ofSeconds(5),
            Optional.empty(),
            new Server("localhost:1", 9, List.of()),
            Secret.of(""),
            Optional.empty());
    assertThat(OUTER.defaults()).isEqualTo(expected);
    assertThat(decoded("enabled:\nwait_time: ~\nfixed:\n").value).isEqualTo(expected);
  }

  @Test
  void turnsAnOptionalSectionOnByItsKeyAlone() {
    Optional<Server> defaults = Optional.of(new Server("localhost:1", 4, List.of()));
    assertThat(decoded("server:").value.server()).isEqualTo(defaults);
    assertThat(decoded("server: {}").value.server()).isEqualTo(defaults);
    assertThat(decoded("server: {enabled: true}").value.server()).isEqualTo(defaults);
    assertThat(decoded("server: {enabled: false, size: 3}").value.server()).isEmpty();
  }

  @Test
  void refusesUnknownKeysAtEveryDepthWithTheNearestKnownOne() {
    Decoded decoded = decoded("wait_tim: 1s\nserver:\n  endpont: x\n  zzz: 1\n");
    assertThat(decoded.errors())
        .containsExactlyInAnyOrder(
            "pharos:test:4:5: o::server: unknown key \"endpont\"; did you mean \"endpoint\"?"
                + " (expected: one of endpoint, size, names)",
            "pharos:test:5:5: o::server: unknown key \"zzz\" (expected: one of endpoint, size, names)",
            "pharos:test:2:3: o: unknown key \"wait_tim\"; did you mean \"wait_time\"?"
                + " (expected: one of enabled, wait_time, server, fixed, token, extra)");
  }

  @Test
  void reportsEveryWrongValueAtItsPosition() {
    String server = "{size: '3', endpoint: 7, names: {a: b}}";
    Decoded decoded = decoded("enabled: yes\nwait_time: \"5\"\nserver: " + server + "\nfixed: 5");
    assertThat(decoded.errors())
        .containsExactlyInAnyOrder(
            "pharos:test:2:12: o::enabled: \"yes\" (expected: true or false)",
            "pharos:test:3:14: o::wait_time: \"5\" (expected: a duration with a unit, such as 300ms, 5s or 1h30m)",
            "pharos:test:4:18: o::server::size: \"3\" (expected: a whole number of at least 0)",
            "pharos:test:4:33: o::server::endpoint: 7 is a number (expected: text; put it in quotes: \"7\")",
            "pharos:test:4:43: o::server::names: a map with the keys [a] (expected: a list)",
            "pharos:test:5:10: o::fixed: 5 (expected: a map with keys such as endpoint)");
  }

  @Test
  void takesTheConversionsThatTheCollectorTakes() {
    Decoded decoded =
        decoded("wait_time: 1000\nserver: {size: 10.5, names: host}\nfixed: {names: 'a,b'}");
    assertThat(decoded.errors()).isEmpty();
    assertThat(decoded.value.waitTime()).isEqualTo(Duration.ofNanos(1000));
    assertThat(decoded.value.server()).contains(new Server("localhost:1", 10, List.of("host")));
    assertThat(decoded.value.fixed().names()).containsExactly("a", "b");
    assertThat(decoded.problems.warnings()).hasSize(2);
  }

  @Test
  void givesTextFieldsTheOriginalTextOfAnExpandedValue() {
    Map<String, String> env = Map.of("A", "0123", "B", "0x10", "C", "'3'");
    Decoded decoded =
        new Decoded("token: ${env:A}\nserver:\n  endpoint: ${env:A}\n  size: ${env:B}\n", env);
    assertThat(decoded.errors()).isEmpty();
    assertThat(decoded.value.token().reveal()).isEqualTo("0123");
    assertThat(decoded.value.server()).contains(new Server("0123", 16, List.of()));
    assertThat(new Decoded("server: \n  size: ${env:C}", env).errors()).hasSize(1);
  }

  @Test
  void refusesAPortThatAnUnsetVariableLeavesEmpty() {
    Decoded decoded =
        decoded("server:\n  endpoint: 127.0.0.1:${env:PORT}\nfixed:\n  endpoint: ${env:ALL}\n");
    assertThat(decoded.errors())
        .containsExactlyInAnyOrder(
            "pharos:test:3:15: o::server::endpoint: \"127.0.0.1:\" (expected: an address with a port);"
                + " environment variable PORT is not set or empty",
            "pharos:test:5:15: o::fixed::endpoint: \"\" (expected: an address with a port);"
                + " environment variable ALL is not set or empty");
    assertThat(decoded("server: {endpoint: 'http://${env:PORT}:80/${env:PATH}'}").errors())
        .isEmpty();
  }

  @Test
  void runsChecksOnlyOnWhatCouldBeDecoded() {
    assertThat(decoded("wait_time: -1s").errors())
        .singleElement()
        .asString()
        .contains("2:14: o::wait_time: PT-1S");
    assertThat(decoded("wait_time: -1s\nenabled: 1").errors())
        .singleElement()
        .asString()
        .contains("o::enabled");
  }

  @Test
  void keepsAnyValuesTyped() {
    Object extra = decoded("extra: {a: [1, 1.5, x, true, null], b: 2020-01-01}").value.extra();
    assertThat(extra).hasToString("{a=[1, 1.5, x, true, Optional.empty], b=2020-01-01T00:00:00Z}");
  }

  @Test
  void neverPrintsASecret() {
    Decoded decoded = decoded("token: hunter2\nserver: {size: 1}");
    assertThat(decoded.value.toString()).doesNotContain("hunter2").contains(Secret.REDACTED);
    ConfigNode node = Yaml.at(Yaml.root("o: {token: hunter2, server: {size: 1}}"), "o");
    assertThat(Yaml.plain(OUTER.printed(node, true)).toString())
        .contains(
            "token=[REDACTED]",
            "wait_time=5s",
            "server={endpoint=localhost:1, size=1, names=[]}",
            "size=9");
    assertThat(Yaml.plain(OUTER.printed(node, false)).toString()).contains("token=hunter2");
    assertThat(decoded("token: 12345").errors()).singleElement().asString().doesNotContain("12345");
  }

  @Test
  void refusesASchemaWhoseDefaultIsNotOfItsType() {
    assertThatThrownBy(() -> ConfigSchema.of(keys -> keys.duration("d", "5", "doc")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("default: 5 of d (expected: duration)");
  }

  @Test
  void warnsOfADeprecatedKeyAndStillReadsIt() {
    ConfigSchema<Optional<String>> schema =
        ConfigSchema.of(keys -> keys.deprecated("loglevel", ConfigTypes.text(), "use verbosity"));
    Problems problems = new Problems();
    assertThat(schema.decode(Yaml.root("loglevel: debug"), new Decoding("e", problems)))
        .contains(Optional.of("debug"));
    assertThat(problems.warnings())
        .singleElement()
        .hasToString("pharos:test:1:1: e::loglevel: is deprecated; use verbosity");
  }
}
