package dev.pharos.query.value;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.matrix.Numbers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/// Values of columns and attribute rows as text: strings as they are, numbers in decimal, bytes in Base64, arrays and
/// maps as JSON, an empty value as the empty text. Stateless.
public final class ValueText {
  private ValueText() {}

  /// @param type as in [ValueType]
  public static String text(byte type, long value, Symbols symbols) {
    return switch (type) {
      case ValueType.STRING -> symbols.text((int) value);
      case ValueType.BOOL -> value != 0 ? "true" : "false";
      case ValueType.INT -> Long.toString(value);
      case ValueType.DOUBLE -> Numbers.format(Double.longBitsToDouble(value));
      case ValueType.ARRAY, ValueType.MAP -> json(type, value, symbols);
      case ValueType.BYTES -> Base64.getEncoder().encodeToString(bytes(value, symbols));
      default -> "";
    };
  }

  /// The members of a map under their names joined by `_`, however deep; any other value under the name itself.
  public static void flatten(
      String name, byte type, long value, Symbols symbols, BiConsumer<String, String> each) {
    if (type != ValueType.MAP) {
      each.accept(name, text(type, value, symbols));
      return;
    }
    int id = (int) value;
    int from = symbols.offset(id);
    NestedReader.walk(
        type, symbols.bytes(), from, from + symbols.length(id), new Flattener(name, each));
  }

  private static String json(byte type, long value, Symbols symbols) {
    int id = (int) value;
    var writer = new JsonText();
    int from = symbols.offset(id);
    NestedReader.walk(type, symbols.bytes(), from, from + symbols.length(id), writer);
    return writer.toString();
  }

  /// The elements of an array value as texts with their types.
  public static List<Element> elements(long value, Symbols symbols) {
    int id = (int) value;
    var elements = new Elements();
    int from = symbols.offset(id);
    NestedReader.walk(ValueType.ARRAY, symbols.bytes(), from, from + symbols.length(id), elements);
    return elements.list;
  }

  /// One element of an array.
  ///
  /// @param number of an INT its value, of a DOUBLE its raw bits, of a BOOL 0 or 1
  public record Element(byte type, long number, String text) {}

  private static byte[] bytes(long value, Symbols symbols) {
    int from = symbols.offset((int) value);
    return java.util.Arrays.copyOfRange(symbols.bytes(), from, from + symbols.length((int) value));
  }

  /// Collects the top level of an array.
  private static final class Elements implements NestedReader.Visitor {
    final List<Element> list = new ArrayList<>();
    private int depth;

    private void add(byte type, long number, String text) {
      if (depth == 1) {
        list.add(new Element(type, number, text));
      }
    }

    @Override
    public void key(String name) {}

    @Override
    public void text(String value) {
      add(ValueType.STRING, 0, value);
    }

    @Override
    public void bool(boolean value) {
      add(ValueType.BOOL, value ? 1 : 0, Boolean.toString(value));
    }

    @Override
    public void number(long value) {
      add(ValueType.INT, value, Long.toString(value));
    }

    @Override
    public void real(double value) {
      add(ValueType.DOUBLE, Double.doubleToRawLongBits(value), Numbers.format(value));
    }

    @Override
    public void bytes(byte[] value) {}

    @Override
    public void empty() {}

    @Override
    public void begin(boolean map) {
      depth++;
    }

    @Override
    public void end(boolean map) {
      depth--;
    }
  }

  /// Names the leaves of a map by their path; an array is a leaf and shown as JSON.
  private static final class Flattener implements NestedReader.Visitor {
    private final Deque<String> path = new ArrayDeque<>();
    private final BiConsumer<String, String> each;
    private JsonText array = new JsonText();
    private int arrays;
    private String key;

    Flattener(String name, BiConsumer<String, String> each) {
      this.key = name;
      this.each = each;
    }

    private void leaf(String value) {
      each.accept(key, value);
    }

    @Override
    public void key(String name) {
      if (arrays > 0) {
        array.key(name);
      } else {
        key = path.getLast() + "_" + name;
      }
    }

    @Override
    public void text(String value) {
      if (arrays > 0) {
        array.text(value);
      } else {
        leaf(value);
      }
    }

    @Override
    public void bool(boolean value) {
      if (arrays > 0) {
        array.bool(value);
      } else {
        leaf(Boolean.toString(value));
      }
    }

    @Override
    public void number(long value) {
      if (arrays > 0) {
        array.number(value);
      } else {
        leaf(Long.toString(value));
      }
    }

    @Override
    public void real(double value) {
      if (arrays > 0) {
        array.real(value);
      } else {
        leaf(Numbers.format(value));
      }
    }

    @Override
    public void bytes(byte[] value) {
      if (arrays > 0) {
        array.bytes(value);
      } else {
        leaf(Base64.getEncoder().encodeToString(value));
      }
    }

    @Override
    public void empty() {
      if (arrays > 0) {
        array.empty();
      } else {
        leaf("");
      }
    }

    @Override
    public void begin(boolean map) {
      if (arrays > 0 || !map) {
        if (arrays++ == 0) {
          array = new JsonText();
        }
        array.begin(map);
      } else {
        path.addLast(key);
      }
    }

    @Override
    public void end(boolean map) {
      if (arrays > 0) {
        array.end(map);
        if (--arrays == 0) {
          leaf(array.toString());
        }
      } else {
        path.removeLast();
      }
    }
  }
}
