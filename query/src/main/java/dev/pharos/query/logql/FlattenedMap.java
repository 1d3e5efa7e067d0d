package dev.pharos.query.logql;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.text.NestedMembers;
import dev.pharos.model.text.ValueText;
import java.util.function.BiConsumer;

/// The members of a map as names and texts, as Loki makes labels of them: names are joined by `_`, however deep; an
/// array is one text, as JSON. What comes after damaged bytes is left out. Stateless.
final class FlattenedMap {
  private static final int MAX_DEPTH = 64;

  private FlattenedMap() {}

  /// Tells the members of a map, or any other value under the name itself.
  ///
  /// @param type as in [ValueType]
  static void forEach(
      String name, byte type, long value, Symbols symbols, BiConsumer<String, String> each) {
    if (type != ValueType.MAP) {
      each.accept(name, ValueText.of(symbols, type, value));
      return;
    }
    int from = symbols.offset((int) value);
    try {
      members(name, symbols.bytes(), from, from + symbols.length((int) value), 0, each);
    } catch (DecodeException e) {
      return;
    }
  }

  private static void members(
      String name, byte[] bytes, int from, int to, int depth, BiConsumer<String, String> each) {
    NestedMembers.forEach(
        ValueType.MAP,
        bytes,
        from,
        to,
        (key, type, number, start, end) -> {
          String path = name + "_" + key;
          if (type != ValueType.MAP) {
            each.accept(path, ValueText.of(type, number, bytes, start, end));
          } else if (depth < MAX_DEPTH) {
            members(path, bytes, start, end, depth + 1, each);
          }
        });
  }
}
