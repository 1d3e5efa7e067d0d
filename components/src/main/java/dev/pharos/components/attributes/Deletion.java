package dev.pharos.components.attributes;

import com.google.re2j.Pattern;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import java.util.Optional;

/// `delete`: removes a key, or every key that a pattern matches.
final class Deletion implements Action {
  private final String key;
  private final Optional<Pattern> pattern;

  Deletion(ActionConfig config) {
    this.key = config.key();
    this.pattern =
        config.pattern().isEmpty()
            ? Optional.empty()
            : Optional.of(Pattern.compile(config.pattern()));
  }

  @Override
  public void apply(BatchEditor<?> editor, Attributes attributes) {
    if (!key.isEmpty()) {
      attributes.remove(key);
    }
    if (pattern.isPresent()) {
      for (int i = attributes.size() - 1; i >= 0; i--) {
        if (pattern.get().matcher(attributes.keyText(i)).find()) {
          attributes.remove(i);
        }
      }
    }
  }
}
