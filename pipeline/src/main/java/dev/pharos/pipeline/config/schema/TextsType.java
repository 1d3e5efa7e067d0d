package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Scalar;
import java.util.List;
import java.util.Optional;

/// A list of texts; one text is split at commas, as the Collector does.
record TextsType() implements ConfigType<List<String>> {
  @Override
  public String name() {
    return "list of text";
  }

  @Override
  public Optional<List<String>> decode(ConfigNode node, Decoding at) {
    if (node instanceof ConfigNode.ScalarNode(var _, Scalar.Text(String text))) {
      return Optional.of(text.isEmpty() ? List.of() : List.of(text.split(",", -1)));
    }
    return ConfigTypes.list(ConfigTypes.text()).decode(node, at);
  }
}
