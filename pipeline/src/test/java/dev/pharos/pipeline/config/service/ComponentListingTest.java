package dev.pharos.pipeline.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.Conformance;
import dev.pharos.pipeline.config.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentListingTest {
  private static ComponentCatalog nop() {
    ComponentCatalog all = TestCatalog.catalog();
    return () ->
        all.components().stream()
            .<ComponentDescriptor<?>>map(c -> c)
            .filter(c -> c.type().equals("nop"))
            .toList();
  }

  @Test
  void listsInTheCollectorsForm() {
    String path = Conformance.collector("core_otelcol/components-output.yaml").toString();
    Map<?, ?> expected =
        (Map<?, ?>)
            Yaml.plain(Yaml.loader(Map.of(), Map.of()).load(List.of(path), List.of()).root());
    Map<?, ?> listing = (Map<?, ?>) Yaml.plain(Yaml.root(ComponentListing.yaml(nop(), "1.0")));
    for (ComponentKind kind : ComponentKind.values()) {
      assertThat(withoutModules(listing.get(kind.section())))
          .isEqualTo(withoutModules(expected.get(kind.section())))
          .isNotEqualTo("[]");
    }
  }

  @Test
  void sortsByName() {
    List<ComponentDescriptor<?>> types = new ArrayList<>();
    for (String type : List.of("foo", "bar", "baz")) {
      types.add(
          ComponentDescriptor.of(
              ComponentKind.RECEIVER, type, TestCatalog.NOTHING, Stability.BETA, Signal.LOGS));
    }
    assertThat(
            ComponentListing.yaml(() -> types, "1").lines().filter(line -> line.contains("name:")))
        .containsExactly("    - name: bar", "    - name: baz", "    - name: foo");
  }

  private static String withoutModules(Object section) {
    return section.toString().replaceAll("module=[^,]*, ", "");
  }
}
