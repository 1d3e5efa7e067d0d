package dev.pharos.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Header fields held as names (lower case) and values in turn.
final class HeaderPairs implements Headers {
  private final String[] pairs;

  HeaderPairs(String[] pairs) {
    this.pairs = pairs;
  }

  static HeaderPairs of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          namesAndValues.length + " texts (expected: names and values in turn)");
    }
    String[] pairs = namesAndValues.clone();
    for (int i = 0; i < pairs.length; i += 2) {
      pairs[i] = pairs[i].toLowerCase(Locale.ROOT);
    }
    return new HeaderPairs(pairs);
  }

  @Override
  public Optional<String> first(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        return Optional.of(pairs[i + 1]);
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> all(String name) {
    List<String> found = new ArrayList<>(1);
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        found.add(pairs[i + 1]);
      }
    }
    return found;
  }

  @Override
  public void forEach(BiConsumer<String, String> visit) {
    for (int i = 0; i < pairs.length; i += 2) {
      visit.accept(pairs[i], pairs[i + 1]);
    }
  }

  @Override
  public String toString() {
    List<String> fields = new ArrayList<>();
    forEach((name, value) -> fields.add(name + ": " + value));
    return fields.toString();
  }
}
