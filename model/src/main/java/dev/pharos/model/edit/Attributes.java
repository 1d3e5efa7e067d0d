package dev.pharos.model.edit;

import dev.pharos.model.ValueType;
import java.util.Optional;

/// The attributes of the row that its editor stands on: a view that moves along with it. Attributes have indexes from 0
/// to `size() - 1` in the order they came in; a set adds behind the last. Keys may come twice, as on the wire: finding
/// gives the first, removing takes all.
///
/// Values are a type and 64 bits, as in [ValueType]; symbols are of [BatchEditor#symbols()]. One thread.
public final class Attributes {
  private final BatchEditor<?> editor;
  private final EditedAttributes edited;
  private int parent;

  Attributes(BatchEditor<?> editor, EditedAttributes edited) {
    this.editor = editor;
    this.edited = edited;
  }

  Attributes at(int row) {
    parent = row;
    return this;
  }

  public int size() {
    return edited.count(parent);
  }

  /// The index of the attribute with this key, or -1.
  public int find(String key) {
    int symbol = editor.find(key);
    return symbol < 0 ? -1 : edited.find(parent, symbol);
  }

  public boolean has(String key) {
    return find(key) >= 0;
  }

  /// The key's symbol.
  public int key(int index) {
    return edited.key(parent, index);
  }

  public String keyText(int index) {
    return editor.symbols().text(key(index));
  }

  /// As in [ValueType].
  public byte type(int index) {
    return edited.type(parent, index);
  }

  /// The type of the attribute with this key, or [ValueType#ABSENT].
  public byte type(String key) {
    int index = find(key);
    return index < 0 ? ValueType.ABSENT : type(index);
  }

  /// As in [ValueType].
  public long value(int index) {
    return edited.value(parent, index);
  }

  /// The text of a string value.
  public String text(int index) {
    if (type(index) != ValueType.STRING) {
      throw new IllegalStateException(
          "attribute " + keyText(index) + " has type " + type(index) + " (expected: a string)");
    }
    return editor.symbols().text((int) value(index));
  }

  /// The text of the string with this key; empty if there is none, or a value of another type.
  public Optional<String> text(String key) {
    int index = find(key);
    return index < 0 || type(index) != ValueType.STRING
        ? Optional.empty()
        : Optional.of(text(index));
  }

  public void set(String key, String value) {
    set(key, ValueType.STRING, editor.intern(value));
  }

  public void set(String key, long value) {
    set(key, ValueType.INT, value);
  }

  public void set(String key, double value) {
    set(key, ValueType.DOUBLE, Double.doubleToRawLongBits(value));
  }

  public void set(String key, boolean value) {
    set(key, ValueType.BOOL, value ? 1 : 0);
  }

  /// Replaces the value of a key or adds the pair.
  public void set(String key, byte type, long value) {
    int symbol = editor.internKey(key);
    int index = edited.find(parent, symbol);
    if (index < 0) {
      edited.add(parent, symbol, type, value);
    } else {
      edited.set(parent, index, symbol, type, value);
    }
  }

  /// Replaces a value by its index.
  public void setValue(int index, byte type, long value) {
    editor.edit();
    edited.set(parent, index, key(index), type, value);
  }

  public void setText(int index, String value) {
    setValue(index, ValueType.STRING, editor.intern(value));
  }

  /// Gives the attribute another key.
  public void rename(int index, String key) {
    int symbol = editor.internKey(key);
    edited.set(parent, index, symbol, type(index), value(index));
  }

  /// Removes every attribute with this key; false if there was none.
  public boolean remove(String key) {
    int index = find(key);
    if (index < 0) {
      return false;
    }
    int symbol = key(index);
    for (; index >= 0; index = edited.find(parent, symbol)) {
      remove(index);
    }
    return true;
  }

  /// Removes one attribute; those behind it move up.
  public void remove(int index) {
    editor.edit();
    edited.remove(parent, index);
  }

  public void clear() {
    if (size() > 0) {
      editor.edit();
      edited.clear(parent);
    }
  }

  /// Visits the attributes in order; they must not be added or removed meanwhile.
  public void forEach(Visitor visitor) {
    int size = size();
    for (int i = 0; i < size; i++) {
      visitor.visit(key(i), type(i), value(i));
    }
  }

  /// Takes attributes one by one: the key's symbol, type and value as in [ValueType].
  @FunctionalInterface
  public interface Visitor {
    void visit(int key, byte type, long value);
  }
}
