package dev.pharos.components.attributes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pharos.model.ValueType;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import java.util.Map;

/// `extract`: sets an attribute for each named group of a pattern that matches a text value.
final class Extraction implements Action {
  private final String key;
  private final Pattern pattern;

  Extraction(ActionConfig config) {
    this.key = config.key();
    this.pattern = Pattern.compile(config.pattern());
  }

  @Override
  public void apply(BatchEditor<?> editor, Attributes attributes) {
    int index = attributes.find(key);
    if (index < 0 || attributes.type(index) != ValueType.STRING) {
      return;
    }
    Matcher matcher = pattern.matcher(attributes.text(index));
    if (!matcher.find()) {
      return;
    }
    for (Map.Entry<String, Integer> group : pattern.namedGroups().entrySet()) {
      String text = matcher.group(group.getValue());
      Setting.put(
          attributes, group.getKey(), ValueType.STRING, editor.intern(text == null ? "" : text));
    }
  }
}
