package dev.pharos.api.json;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.Optional;

/// Reads single attributes of a row where an answer needs them. Any thread.
public final class Attributes {
  private Attributes() {}

  /// The text of the first attribute with this key, if there is one that is a text.
  public static Optional<String> text(AttributeRows rows, int parent, Symbols symbols, String key) {
    byte[] wanted = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      if (symbols.same(rows.key(i), wanted)) {
        return rows.type(i) == ValueType.STRING
            ? Optional.of(symbols.text((int) rows.value(i)))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
