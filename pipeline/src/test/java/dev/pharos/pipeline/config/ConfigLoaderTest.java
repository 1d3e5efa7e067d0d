package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Decoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static ConfigLoader loader(Path dir, Map<String, String> env) {
    Map<String, String> builtIns = Map.of("pharos:default", "built: in");
    return new ConfigLoader(name -> Optional.ofNullable(env.get(name)), dir, builtIns, Set.of());
  }

  private static Object load(Path dir, String... configs) {
    return Yaml.plain(
        loader(dir, Map.of("CONF", "x: {y: 1}")).load(List.of(configs), List.of()).root());
  }

  @Test
  void readsEveryKindOfSource(@TempDir Path dir) throws Exception {
    Files.writeString(dir.resolve("a.yaml"), "a: 1");
    assertThat(load(dir, "a.yaml")).isEqualTo(Map.of("a", 1L));
    assertThat(load(dir, "file:a.yaml")).isEqualTo(Map.of("a", 1L));
    assertThat(load(dir, "file:" + dir.resolve("a.yaml"))).isEqualTo(Map.of("a", 1L));
    assertThat(load(dir, "env:CONF")).isEqualTo(Map.of("x", Map.of("y", 1L)));
    assertThat(load(dir, "yaml:x::y: 2")).isEqualTo(Map.of("x", Map.of("y", 2L)));
    assertThat(load(dir, "pharos:default", "env:CONF", "yaml:x::y: 2"))
        .isEqualTo(Map.of("built", "in", "x", Map.of("y", 2L)));
  }

  @ParameterizedTest
  @CsvSource({
    "nosuch.yaml, 'nosuch.yaml: file \"nosuch.yaml\" does not exist'",
    "http://localhost:1/x, configurations are not fetched",
    "https://localhost:1/x, configurations are not fetched",
    "zookeeper:x, 'scheme \"zookeeper\" of \"zookeeper:x\" is unknown (expected: env, file, yaml, pharos:default)'",
    "pharos:defalt, scheme \"pharos\"",
    "'yaml:[a]', expected: a map",
    "yaml:5, expected: a map",
    "'yaml:[invalid,', invalid YAML",
    "env:1X, environment variable \"1X\""
  })
  void refusesASourceThatIsNoConfiguration(String source, String message) {
    assertThatThrownBy(() -> load(Path.of(""), source))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatTheCollectorsFileProviderRefuses() {
    Path dir = Conformance.collector("core_confmap/fileprovider");
    assertThatThrownBy(() -> load(dir, "invalid-yaml.yaml"))
        .hasMessageStartingWith("invalid-yaml.yaml:1:");
    assertThat(load(dir, "default-config.yaml"))
        .asString()
        .contains("otlp_grpc={endpoint=localhost:4317}");
  }

  @Test
  void reportsTheErrorsOfAllSourcesAtOnce() {
    assertThatThrownBy(() -> load(Path.of(""), "nosuch.yaml", "yaml:[", "zookeeper:x"))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.errors()).hasSize(3));
  }

  @Test
  void refusesNoSourcesTooManyAndSetsWithoutKey() {
    ConfigLoader loader = loader(Path.of(""), Map.of());
    assertThatThrownBy(() -> loader.load(List.of(), List.of()))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> loader.load(Collections.nCopies(101, "env:CONF"), List.of()))
        .hasMessageContaining("101 sources (expected: at most 100)");
    assertThatThrownBy(() -> loader.load(List.of("pharos:default"), List.of("ab", "=1")))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.errors()).hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "confmap/config.yaml",
        "internal/config.yaml",
        "internal/config2.yaml",
        "internal/basic_types.yaml",
        "internal/scalar.yaml",
        "e2e/subsection_empty_map.yaml",
        "e2e/subsection_null.yaml",
        "e2e/subsection_set_but_empty.yaml",
        "e2e/subsection_unset.yaml",
        "e2e/subsection_unset_empty_map.yaml"
      })
  void loadsWhatTheCollectorLoads(String file) {
    assertThat((Map<?, ?>) load(Conformance.collector("core_confmap"), file)).isNotEmpty();
  }

  @Test
  void typesTheBasicScalarsAsTheCollectorDoes() {
    ConfigNode.MapNode root =
        loader(Conformance.collector("core_confmap/internal"), Map.of())
            .load(List.of("basic_types.yaml"), List.of())
            .root();
    assertThat(Yaml.plain(Yaml.at(root, "typed.options::floating.point.example"))).isEqualTo(3.14);
    assertThat(Yaml.plain(Yaml.at(root, "typed.options::integer.example"))).isEqualTo(1234L);
    assertThat(Yaml.plain(Yaml.at(root, "typed.options::bool.example"))).isEqualTo(false);
    assertThat(Yaml.plain(Yaml.at(root, "typed.options::nil.example"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "types_expand.yaml | ENV | field",
        "types_expand_inline.yaml | ENV | field",
        "types_map.yaml | VALUE | field::key"
      })
  void givesTextFieldsTheTextOfTheVariable(String file, String variable, String path) {
    for (String value :
        List.of(
            "0123", "0xdeadbeef", "t", "23", "2023-03-20", "\"0123\"", "{\"a\": 1}", "", "[a]")) {
      ConfigLoader loader =
          loader(Conformance.collector("core_confmap/e2e"), Map.of(variable, value));
      ConfigNode node = Yaml.at(loader.load(List.of(file), List.of()).root(), path);
      String expected =
          file.contains("inline") ? "inline field with " + value + " expansion" : value;
      assertThat(node.origin().text()).as(value).contains(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"0123, 83", "0xdeadbeef, 3735928559", "1e3, 1000"})
  void givesNumberFieldsTheValueThatYamlReads(String text, long value) {
    ConfigLoader loader = loader(Conformance.collector("core_confmap/e2e"), Map.of("ENV", text));
    ConfigNode node = Yaml.at(loader.load(List.of("types_expand.yaml"), List.of()).root(), "field");
    var longs = ConfigTypes.longs(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(longs.decode(node, new Decoding("field", new Problems()))).contains(value);
  }

  @Test
  void expandsInsideListsAndTheirMaps() {
    ConfigLoader loader =
        loader(Conformance.collector("core_confmap/e2e"), Map.of("VALUE", "0123"));
    ConfigNode complex =
        Yaml.at(loader.load(List.of("types_complex.yaml"), List.of()).root(), "field");
    assertThat(Yaml.plain(complex)).isEqualTo(List.of(Map.of("key", List.of(83L))));
    ConfigNode slice = Yaml.at(loader.load(List.of("types_slice.yaml"), List.of()).root(), "field");
    assertThat(ConfigTypes.texts().decode(slice, new Decoding("field", new Problems())))
        .contains(List.of("0123"));
  }
}
