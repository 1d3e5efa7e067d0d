package dev.pharos.pipeline.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Conformance;
import dev.pharos.pipeline.config.JsonWriter;
import dev.pharos.pipeline.config.Yaml;
import dev.pharos.pipeline.config.YamlWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {
  private static ConfigNode.MapNode print(String file, boolean redact) {
    String path = Conformance.collector("core_otelcol/" + file).toString();
    ConfigNode.MapNode root = Yaml.loader(Map.of(), Map.of()).load(List.of(path), List.of()).root();
    return new ConfigPrinter(TestCatalog.catalog(), redact).print(root);
  }

  @Test
  void hidesSecretsUnlessAskedNotTo() {
    assertThat(YamlWriter.write(print("print.yaml", true)))
        .isEqualTo(
            """
            receivers:
                r:
                    opaque: "[REDACTED]"
                    other: ""
            exporters:
                e:
                    timeout: 5s
            service:
                pipelines:
                    logs:
                        receivers:
                            - r
                        exporters:
                            - e
            """);
    assertThat(YamlWriter.write(print("print.yaml", false))).contains("opaque: OOO");
  }

  @Test
  void fillsInDefaults() {
    String components =
        "{\"receivers\":{\"r\":{\"opaque\":\"\",\"other\":\"lala\"}},\"exporters\":{\"e\":{\"timeout\":\"1s\"}}";
    assertThat(JsonWriter.write(print("print_default.yaml", true))).startsWith(components);
  }

  @Test
  void hidesTheBodyOfAnUnknownComponentWhole() {
    ConfigNode.MapNode root =
        Yaml.root("exporters: {nosuch: {password: x1y2}, nop: {required: true}}");
    assertThat(YamlWriter.write(new ConfigPrinter(TestCatalog.catalog(), true).print(root)))
        .doesNotContain("x1y2")
        .contains("required: true");
    assertThat(YamlWriter.write(new ConfigPrinter(TestCatalog.catalog(), false).print(root)))
        .contains("x1y2");
  }
}
