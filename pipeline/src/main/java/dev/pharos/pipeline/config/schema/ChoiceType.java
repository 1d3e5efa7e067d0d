package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One of a few words.
record ChoiceType<E>(List<E> values, Function<E, String> spelling, boolean ignoreCase)
    implements ConfigType<E> {
  @Override
  public String name() {
    return "one of " + String.join(", ", words());
  }

  @Override
  public Optional<E> decode(ConfigNode node, Decoding at) {
    Optional<String> text = TextType.text(node);
    for (E value : values) {
      String word = spelling.apply(value);
      if (text.isPresent()
          && (ignoreCase ? word.equalsIgnoreCase(text.get()) : word.equals(text.get()))) {
        return Optional.of(value);
      }
    }
    String hint = text.map(typed -> Nearest.hint(typed, words())).orElse("");
    return at.expected(
        node,
        "one of " + String.join(", ", words().stream().map(ChoiceType::shown).toList()) + hint);
  }

  @Override
  public boolean takesNull() {
    return true;
  }

  @Override
  public ConfigNode defaultNode(String text) {
    return ConfigSchema.textNode(text);
  }

  private List<String> words() {
    return values.stream().map(spelling).toList();
  }

  private static String shown(String word) {
    return word.isEmpty() ? "\"\"" : word;
  }
}
