package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MergeTest {
  private static Object merged(String... texts) {
    return merged(Set.of(), List.of(), texts);
  }

  private static Object merged(Set<String> gates, List<String> sets, String... texts) {
    Map<String, String> builtIns = new LinkedHashMap<>();
    for (int i = 0; i < texts.length; i++) {
      builtIns.put("test:" + i, texts[i]);
    }
    ConfigLoader loader = new ConfigLoader(_ -> Optional.empty(), Path.of(""), builtIns, gates);
    return Yaml.plain(loader.load(List.copyOf(builtIns.keySet()), sets).root());
  }

  @Test
  void mergesMapsDeeplyAndReplacesLists() {
    assertThat(merged("a: {b: 1, c: [1, 2]}", "a: {c: [3], d: 4}"))
        .isEqualTo(Map.of("a", Map.of("b", 1L, "c", List.of(3L), "d", 4L)));
  }

  @Test
  void replacesAMapByNullButNotByAnEmptyMap() {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("a", null);
    assertThat(merged("a: {b: 1}", "a:")).isEqualTo(nothing);
    assertThat(merged("a: {b: 1}", "a: {}")).isEqualTo(Map.of("a", Map.of("b", 1L)));
  }

  @Test
  void splitsKeysAtDoubleColons() {
    assertThat(merged("a::b: 1\na::c::d: 2\nx: {y::z: 3}"))
        .isEqualTo(
            Map.of("a", Map.of("b", 1L, "c", Map.of("d", 2L)), "x", Map.of("y", Map.of("z", 3L))));
  }

  @Test
  void laysSetsOverEverything() {
    assertThat(merged(Set.of(), List.of("a.b=2", "a::c=[x, y]", "d=e=f"), "a: {b: 1}"))
        .isEqualTo(Map.of("a", Map.of("b", 2L, "c", List.of("x", "y")), "d", "e=f"));
  }

  @Test
  void remembersWhichSourceWon() {
    ConfigLoader loader =
        Yaml.loader(Map.of(), Map.of("one:x", "a: {b: 1}", "two:x", "\na: {b: 2}"));
    ConfigNode.MapNode root = loader.load(List.of("one:x", "two:x"), List.of()).root();
    assertThat(Yaml.at(root, "a::b").position()).hasToString("two:x:2:8");
  }

  @TestFactory
  Stream<DynamicTest> joinsComponentListsUnderTheGate() throws Exception {
    return scenarios("merge-append-scenarios.yaml", Set.of(ConfigLoader.APPEND_GATE));
  }

  @TestFactory
  Stream<DynamicTest> replacesComponentListsWithoutTheGate() throws Exception {
    return scenarios("merge-append-scenarios-featuregate-disabled.yaml", Set.of());
  }

  private static Stream<DynamicTest> scenarios(String file, Set<String> gates) throws Exception {
    String text = Files.readString(Conformance.collector("core_confmap/confmap/" + file));
    Problems problems = new Problems();
    ConfigNode.ListNode cases = (ConfigNode.ListNode) YamlReader.read(file, text, problems);
    assertThat(problems.errors()).isEmpty();
    List<DynamicTest> tests = new ArrayList<>();
    for (ConfigNode node : cases.items()) {
      String name = (String) Yaml.plain(Yaml.at(node, "name"));
      tests.add(DynamicTest.dynamicTest(name, () -> runScenario((ConfigNode.MapNode) node, gates)));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void runScenario(ConfigNode.MapNode scenario, Set<String> gates) {
    Merge merge = new Merge(gates.contains(ConfigLoader.APPEND_GATE));
    ConfigNode.MapNode merged = null;
    for (ConfigNode config : ((ConfigNode.ListNode) Yaml.at(scenario, "configs")).items()) {
      ConfigNode.MapNode map = merge.nest((ConfigNode.MapNode) config);
      merged = merged == null ? map : merge.merge(merged, map);
    }
    assertThat(Yaml.plain(merged)).isEqualTo(Yaml.plain(Yaml.at(scenario, "expected")));
  }

  @Test
  void mergesTheCollectorsExampleFiles() {
    ConfigLoader loader =
        new ConfigLoader(
            _ -> Optional.empty(),
            Conformance.collector("core_otelcol/configs"),
            Map.of(),
            Set.of());
    Object output = Yaml.plain(loader.load(List.of("1-config-output.yaml"), List.of()).root());
    Object merged =
        Yaml.plain(
            loader
                .load(List.of("1-config-first.yaml", "file:1-config-second.yaml"), List.of())
                .root());
    assertThat(merged).isEqualTo(output);
    List<String> sets =
        List.of(
            "service.pipelines.logs.receivers=[foo, bar]",
            "service::pipelines::logs::exporters=[foo,bar]");
    assertThat(
            Yaml.plain(
                loader.load(List.of("1-config-first.yaml", "1-config-second.yaml"), sets).root()))
        .isEqualTo(Yaml.plain(loader.load(List.of("2-config-output.yaml"), List.of()).root()));
  }

  @Test
  void nestsEmbeddedKeysOfTheCollectorsFile() {
    ConfigLoader loader =
        new ConfigLoader(
            _ -> Optional.empty(),
            Conformance.collector("core_confmap/internal"),
            Map.of(),
            Set.of());
    ConfigNode.MapNode root = loader.load(List.of("embedded_keys.yaml"), List.of()).root();
    assertThat(Yaml.plain(Yaml.at(root, "typed::options::floating::point::example")))
        .isEqualTo(3.14);
    assertThat(Yaml.at(root, "typed::options::nil::example"))
        .isInstanceOf(ConfigNode.NullNode.class);
  }
}
