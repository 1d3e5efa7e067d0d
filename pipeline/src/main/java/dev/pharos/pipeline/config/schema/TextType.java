package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Scalar;
import java.util.Optional;
import java.util.function.Function;

/// A text, which for an expanded value is the original text whatever YAML makes of it.
record TextType<T>(String name, boolean secret, Function<String, T> maker)
    implements ConfigType<T> {
  @Override
  public Optional<T> decode(ConfigNode node, Decoding at) {
    Optional<String> text = text(node);
    if (text.isPresent()) {
      return text.map(maker);
    }
    boolean quotable = node instanceof ConfigNode.ScalarNode;
    String kind =
        node instanceof ConfigNode.ScalarNode scalar ? scalar.value().kind() : node.display();
    if (secret && !quotable) {
      at.error(node.position(), "is no text (expected: text)");
      return Optional.empty();
    }
    if (!quotable) {
      return at.expected(node, "text");
    }
    String mend = secret ? "" : ": \"" + node.display() + "\"";
    String value = secret ? "the value" : node.display();
    at.error(
        node.position(), value + " is " + kind + " (expected: text; put it in quotes" + mend + ")");
    return Optional.empty();
  }

  static Optional<String> text(ConfigNode node) {
    if (node.origin().text().isPresent()) {
      return node.origin().text();
    }
    return node instanceof ConfigNode.ScalarNode(var _, Scalar.Text(String value))
        ? Optional.of(value)
        : Optional.empty();
  }

  @Override
  public boolean takesNull() {
    return true;
  }

  @Override
  public ConfigNode defaultNode(String text) {
    return ConfigSchema.textNode(text);
  }

  @Override
  public ConfigNode printed(ConfigNode node, boolean redact) {
    String text = text(node).orElse("");
    String shown = secret && redact && !text.isEmpty() ? Secret.REDACTED : text;
    return ConfigSchema.textNode(shown).withOrigin(node.origin());
  }
}
