package dev.pharos.components.attributes;

import com.google.re2j.Pattern;
import dev.pharos.model.ValueType;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// `hash`: replaces values by the hex digits of their SHA-256, of numbers by that of their eight bytes (little endian),
/// of bools by that of one byte. Values of other kinds, and empty texts, become empty texts.
final class Hashing implements Action {
  private final String key;
  private final Optional<Pattern> pattern;

  Hashing(ActionConfig config) {
    this.key = config.key();
    this.pattern =
        config.pattern().isEmpty()
            ? Optional.empty()
            : Optional.of(Pattern.compile(config.pattern()));
  }

  @Override
  public void apply(BatchEditor<?> editor, Attributes attributes) {
    int symbol = key.isEmpty() ? -1 : editor.find(key);
    if (symbol < 0 && pattern.isEmpty()) {
      return;
    }
    for (int i = 0; i < attributes.size(); i++) {
      boolean meant =
          attributes.key(i) == symbol
              || (pattern.isPresent() && pattern.get().matcher(attributes.keyText(i)).find());
      if (meant) {
        attributes.setText(i, hash(attributes, i));
      }
    }
  }

  private static String hash(Attributes attributes, int index) {
    byte[] bytes =
        switch (attributes.type(index)) {
          case ValueType.STRING -> attributes.text(index).getBytes(StandardCharsets.UTF_8);
          case ValueType.BOOL -> new byte[] {(byte) attributes.value(index)};
          case ValueType.INT, ValueType.DOUBLE ->
              ByteBuffer.allocate(8)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(attributes.value(index))
                  .array();
          default -> new byte[0];
        };
    if (bytes.length == 0) {
      return "";
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
