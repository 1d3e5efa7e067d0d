package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;

/// A list of byte strings within one array: text `i` is `bytes[from[i] .. to[i])`. Borrowed; not to be written.
public record Texts(byte[] bytes, int[] from, int[] to, int count) {

  /// The symbols of these ids, in this order.
  public static Texts of(Symbols symbols, int[] ids, int count) {
    var from = new int[count];
    var to = new int[count];
    for (int i = 0; i < count; i++) {
      from[i] = symbols.offset(ids[i]);
      to[i] = from[i] + symbols.length(ids[i]);
    }
    return new Texts(symbols.bytes(), from, to, count);
  }

  /// All symbols but the empty one, so that text `i` is symbol `i + 1`.
  public static Texts of(Symbols symbols) {
    int count = symbols.count() - 1;
    var ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = i + 1;
    }
    return of(symbols, ids, count);
  }

  /// The texts of these numbers, in this order.
  Texts select(int[] numbers) {
    var selectedFrom = new int[numbers.length];
    var selectedTo = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      selectedFrom[i] = from[numbers[i]];
      selectedTo[i] = to[numbers[i]];
    }
    return new Texts(bytes, selectedFrom, selectedTo, numbers.length);
  }

  int length(int i) {
    return to[i] - from[i];
  }

  long totalBytes() {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += to[i] - from[i];
    }
    return total;
  }
}
