package dev.pharos.components.attributes;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/// Whether a text is one of a list, or matched by one of its patterns anywhere. Immutable.
record TextMatch(Set<String> texts, List<Pattern> patterns) {
  static TextMatch of(List<String> listed, boolean regexp) {
    return regexp
        ? new TextMatch(Set.of(), listed.stream().map(Pattern::compile).toList())
        : new TextMatch(Set.copyOf(listed), List.of());
  }

  /// Nothing is asked for.
  boolean isEmpty() {
    return texts.isEmpty() && patterns.isEmpty();
  }

  boolean matches(String text) {
    if (texts.contains(text)) {
      return true;
    }
    for (Pattern pattern : patterns) {
      if (pattern.matcher(text).find()) {
        return true;
      }
    }
    return false;
  }
}
