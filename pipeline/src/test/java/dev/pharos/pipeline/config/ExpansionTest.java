package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Decoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionTest {
  private static final String VALUE = "some expanded value";

  private static Object expanded(String value, Map<String, String> env) {
    return Yaml.plain(Yaml.at(Yaml.load("a: " + value, env).root(), "a"));
  }

  private static Optional<String> asText(String value, Map<String, String> env) {
    ConfigNode node = Yaml.at(Yaml.load("a: " + value, env).root(), "a");
    return ConfigTypes.text().decode(node, new Decoding("a", new Problems()));
  }

  @Test
  void escapesAndExpandsAsTheCollectorDoes() {
    Map<String, String> env = new HashMap<>();
    env.put("ENV_VALUE", VALUE);
    env.put("ENV_LIST", "['$$ESCAPE_ME','$${ESCAPE_ME}','$${env:ESCAPE_ME}']");
    env.put("ENV_MAP", "{'key1':'$$ESCAPE_ME','key2':'$${ESCAPE_ME}','key3':'$${env:ESCAPE_ME}'}");
    env.put("ENV_NESTED_DOLLARSIGN", "here is 1 $$");
    env.put("ENV_NESTED_DOLLARSIGN_ESCAPED", "here are 2 $$$");
    env.put("ENV_EXPAND_NESTED", "${env:ENV_VALUE} came from nested expansion");
    ConfigLoader loader =
        new ConfigLoader(
            name -> Optional.ofNullable(env.get(name)),
            Conformance.collector("core_confmap/e2e"),
            Map.of(),
            Set.of());
    ConfigNode.MapNode root = loader.load(List.of("expand-escaped-env.yaml"), List.of()).root();
    Map<String, Object> expected = new HashMap<>();
    expected.put("key1", "$ENV_VALUE");
    expected.put("key2", "$$ENV_VALUE");
    expected.put("key3", "$" + VALUE);
    expected.put("key4", "some" + VALUE + "text");
    expected.put("key5", "some${ENV_VALUE}text");
    expected.put("key6", "${ONE}${TWO}");
    expected.put("key7", "text$");
    expected.put("key8", "$");
    expected.put("key9", "${1}${env:2}");
    expected.put("key10", "some${env:ENV_VALUE}text");
    expected.put("key11", "${env:" + VALUE + "}");
    expected.put("key12", "${env:${ENV_VALUE}}");
    expected.put("key13", "env:MAP_VALUE_2}${ENV_VALUE}{");
    expected.put("key14", "$" + VALUE);
    expected.put("key15", "$ENV_VALUE");
    expected.put("key16", List.of("$ESCAPE_ME", "${ESCAPE_ME}", "${env:ESCAPE_ME}"));
    expected.put(
        "key17", Map.of("key1", "$ESCAPE_ME", "key2", "${ESCAPE_ME}", "key3", "${env:ESCAPE_ME}"));
    expected.put("key18", "here is 1 $");
    expected.put("key19", "here are 2 $$");
    expected.put("key20", VALUE + " came from nested expansion");
    expected.put("key21", "default_value");
    expected.put("key22", "${env:UNDEFINED_KEY:-${env:UNDEFINED_KEY}}");
    assertThat(Yaml.plain(Yaml.at(root, "test_map"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expand-with-all-env.yaml", "expand-with-partial-env.yaml"})
  void fillsMapsAndLists(String file) {
    Map<String, String> env =
        Map.of(
            "EXTRA", "some string",
            "EXTRA_MAP_VALUE_1", "some map value_1",
            "EXTRA_MAP_VALUE_2", "some map value_2",
            "EXTRA_LIST_MAP_VALUE_1", "some list map value_1",
            "EXTRA_LIST_MAP_VALUE_2", "some list map value_2",
            "EXTRA_LIST_VALUE_1", "some list value_1",
            "EXTRA_LIST_VALUE_2", "some list value_2");
    ConfigLoader loader =
        new ConfigLoader(
            name -> Optional.ofNullable(env.get(name)),
            Conformance.collector("core_confmap/confmap"),
            Map.of(),
            Set.of());
    assertThat(Yaml.plain(loader.load(List.of(file), List.of()).root()))
        .isEqualTo(Yaml.plain(loader.load(List.of("expand-with-no-env.yaml"), List.of()).root()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0123 | 83",
        "0xdeadbeef | 3735928559",
        "123 | 123",
        "\"0123\" | \"0123\"",
        "t | t",
        "[a, b] | [a, b]",
        "1e3 | 1000.0",
        "true | true"
      })
  void typesAWholeValueAndKeepsItsTextForTextFields(String value, String typed) {
    Map<String, String> env = Map.of("VALUE", value);
    assertThat(expanded("${env:VALUE}", env)).hasToString(typed);
    assertThat(expanded("\"${env:VALUE}\"", env)).hasToString(typed);
    assertThat(asText("${env:VALUE}", env)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123", "{a: b}", "[1, 2]", "true", "", "# comment", "2023-03-20"})
  void putsTheOriginalTextIntoALongerText(String value) {
    assertThat(expanded("'inline field with ${env:V} expansion'", Map.of("V", value)))
        .isEqualTo("inline field with " + value + " expansion");
  }

  @Test
  void usesTheDefaultOnlyForAnUnsetVariable() {
    assertThat(expanded("x${env:V:-d}", Map.of())).isEqualTo("xd");
    assertThat(expanded("x${env:V:-d}", Map.of("V", ""))).isEqualTo("x");
    assertThat(asText("${env:V:-}", Map.of())).contains("");
    assertThat(expanded("${env:V:-${env:W}}", Map.of("W", "7"))).isEqualTo(7L);
  }

  @Test
  void countsAnUnsetVariableAsNullAndWarnsWithItsName() {
    ConfigLoader.Loaded loaded = Yaml.load("a: ${V}\nb: host:${env:W}", Map.of());
    assertThat(Yaml.at(loaded.root(), "a")).isInstanceOf(ConfigNode.NullNode.class);
    assertThat(Yaml.at(loaded.root(), "b").origin().emptyVariables()).containsExactly("W");
    assertThat(loaded.warnings())
        .extracting(Problem::toString)
        .anySatisfy(
            w -> assertThat(w).contains("pharos:test:1:4: a: environment variable V is not set"))
        .anySatisfy(
            w -> assertThat(w).contains("pharos:test:2:4: b: environment variable W is not set"));
  }

  @Test
  void expandsNoKeysAndLeavesDollarsWithoutBraces() {
    assertThat(Yaml.plain(Yaml.root("'${env:A}': '$5 $NAME'")))
        .isEqualTo(Map.of("${env:A}", "$5 $NAME"));
  }

  @ParameterizedTest
  @CsvSource({
    "${env:1X}, environment variable \"1X\"",
    "${X:-d}, did you mean \"${env:X:-d}\"?",
    "${FOO:-d}, did you mean \"${env:FOO:-d}\"?",
    "${nope:x}, scheme \"nope\"",
    "${http://x}, not fetched",
    "${file:/does/not/exist}, does not exist",
    "${env:A-B}, environment variable \"A-B\""
  })
  void refusesAReferenceThatCannotBeRetrieved(String reference, String message) {
    assertThatThrownBy(() -> Yaml.root("a:\n  b: '" + reference + "'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("pharos:test:2:6: a::b: ")
        .hasMessageContaining(message);
  }

  @Test
  void boundsRecursion() {
    assertThatThrownBy(() -> expanded("${env:A}", Map.of("A", "${env:A}")))
        .hasMessageContaining("too many recursive expansions");
    assertThatThrownBy(() -> expanded("${env:A}", Map.of("A", "{x: '${env:A}', y: '${env:A}'}")))
        .hasMessageContaining("too many recursive expansions");
    assertThatThrownBy(() -> expanded("x${env:A}", Map.of("A", "${env:A}${env:A}")))
        .hasMessageContaining("too many recursive expansions");
  }

  @Test
  void readsFilesWithTheirOwnPositions(@TempDir Path dir) throws Exception {
    Files.writeString(
        dir.resolve("main.yaml"), "a: ${file:${env:NAME}}\nb: ${yaml:[1, 2]}\nt: ${file:token}\n");
    Files.writeString(dir.resolve("part.yaml"), "\nx:\n  y: ${env:NAME}\n");
    Files.writeString(dir.resolve("token"), "s3cr3t: [");
    ConfigLoader loader = new ConfigLoader(_ -> Optional.of("part.yaml"), dir, Map.of(), Set.of());
    ConfigNode.MapNode root = loader.load(List.of("main.yaml"), List.of()).root();
    assertThat(Yaml.plain(root))
        .isEqualTo(
            Map.of(
                "a",
                Map.of("x", Map.of("y", "part.yaml")),
                "b",
                List.of(1L, 2L),
                "t",
                "s3cr3t: ["));
    assertThat(((ConfigNode.MapNode) Yaml.at(root, "a::x")).keyPosition("y"))
        .hasToString("part.yaml:3:3");
  }

  @Test
  void ignoresWhatLooksLikeAReferenceInACommentOfAFile(@TempDir Path dir) throws Exception {
    Path source = Conformance.collector("core_confmap/e2e");
    Files.createDirectory(dir.resolve("testdata"));
    Files.copy(
        source.resolve("issue-10787-snippet.yaml"),
        dir.resolve("testdata/issue-10787-snippet.yaml"));
    ConfigLoader loader = new ConfigLoader(_ -> Optional.empty(), dir, Map.of(), Set.of());
    ConfigNode.MapNode root =
        loader.load(List.of(source.resolve("issue-10787-main.yaml").toString()), List.of()).root();
    assertThat(Yaml.plain(Yaml.at(root, "exporters::debug::verbosity"))).isEqualTo("detailed");
  }

  @Test
  void takesAListThroughTwoLevelsOfReferences() {
    Map<String, String> env =
        Map.of(
            "BASE_FOLDER", Conformance.collector("core_confmap/e2e").toString(),
            "OTEL_LOGS_RECEIVER", "[nop, otlp]",
            "OTEL_LOGS_EXPORTER", "[otlp_grpc, nop]");
    ConfigLoader loader = Yaml.loader(env, Map.of());
    String main =
        Conformance.collector("core_confmap/e2e/indirect-slice-env-var-main.yaml").toString();
    ConfigNode.MapNode root = loader.load(List.of(main), List.of()).root();
    assertThat(Yaml.plain(Yaml.at(root, "service::pipelines::logs")))
        .isEqualTo(
            Map.of("receivers", List.of("nop", "otlp"), "exporters", List.of("otlp_grpc", "nop")));
  }
}
