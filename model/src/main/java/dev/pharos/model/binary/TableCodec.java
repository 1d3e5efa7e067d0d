package dev.pharos.model.binary;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LongRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;

/// The tables that batches of all signals have: dictionary, attributes, Resources, scopes.
final class TableCodec {
  private TableCodec() {}

  static void putSymbols(BatchBuffer out, Symbols symbols) {
    int texts = symbols.count() - 1;
    out.putVarint(texts);
    int[] ends = out.scratchInts(texts);
    for (int i = 0; i < texts; i++) {
      ends[i] = symbols.offset(i + 1) + symbols.length(i + 1);
    }
    out.putEnds(ends, texts);
    out.putBytes(symbols.bytes(), 0, symbols.textBytes());
  }

  static Symbols getSymbols(BatchInput in) {
    int texts = in.getCount("symbols");
    var ends = new int[texts];
    int bytes = in.getEnds(ends, texts, "symbol bytes");
    var offsets = new int[texts + 2];
    System.arraycopy(ends, 0, offsets, 2, texts);
    return Symbols.of(in.getBytes(bytes), offsets, texts + 1);
  }

  static void putAttributes(BatchBuffer out, AttributeRows attributes) {
    int size = attributes.size();
    out.putEnds(attributes.ends(), attributes.parents());
    byte[] types = attributes.types();
    long[] values = attributes.values();
    out.putByteColumn(types, size, false);
    out.putIntColumn(attributes.keys(), size);
    putValues(out, types, values, size);
  }

  /// Values by kind, so that symbols, numbers and doubles each have the width they need.
  static void putValues(BatchBuffer out, byte[] types, long[] values, int size) {
    int[] symbols = out.scratchInts(size);
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (ValueType.isSymbol(types[i])) {
        symbols[count++] = (int) values[i];
      }
    }
    out.putIntColumn(symbols, count);
    long[] numbers = out.scratchLongs(size);
    int doubles = 0;
    count = 0;
    for (int i = 0; i < size; i++) {
      if (types[i] == ValueType.DOUBLE) {
        doubles++;
      } else if (!ValueType.isSymbol(types[i])) {
        numbers[count++] = values[i];
      }
    }
    out.putLongColumn(numbers, count, 0);
    count = 0;
    for (int i = 0; i < size && count < doubles; i++) {
      if (types[i] == ValueType.DOUBLE) {
        numbers[count++] = values[i];
      }
    }
    out.putLongColumn(numbers, count, 0);
  }

  /// Reads the attributes of `parents` rows into an empty table.
  static void getAttributes(BatchInput in, AttributeRows into, int parents, int symbols) {
    into.addRows(parents, 0);
    int size = in.getEnds(into.ends(), parents, "attributes");
    into.addRows(0, size);
    in.getByteColumn(into.types(), size, false);
    in.getIntColumn(into.keys(), size);
    in.checkBelow(into.keys(), size, symbols, "key symbol");
    getValues(in, into.types(), into.values(), size, symbols);
  }

  static void getValues(BatchInput in, byte[] types, long[] into, int size, int symbolCount) {
    int symbols = 0;
    int doubles = 0;
    for (int i = 0; i < size; i++) {
      byte type = types[i];
      if (type < ValueType.EMPTY || type > ValueType.BYTES) {
        throw in.malformed("value type " + type + " in row " + i + " (expected: 0 to 7)");
      }
      if (ValueType.isSymbol(type)) {
        symbols++;
      } else if (type == ValueType.DOUBLE) {
        doubles++;
      }
    }
    var symbolColumn = new int[symbols];
    in.getIntColumn(symbolColumn, symbols);
    in.checkBelow(symbolColumn, symbols, symbolCount, "symbol");
    var numberColumn = new long[size - symbols - doubles];
    in.getLongColumn(numberColumn, numberColumn.length, 0);
    var doubleColumn = new long[doubles];
    in.getLongColumn(doubleColumn, doubles, 0);
    int symbol = 0;
    int number = 0;
    int real = 0;
    for (int i = 0; i < size; i++) {
      if (ValueType.isSymbol(types[i])) {
        into[i] = symbolColumn[symbol++];
      } else if (types[i] == ValueType.DOUBLE) {
        into[i] = doubleColumn[real++];
      } else {
        into[i] = numberColumn[number++];
      }
    }
  }

  static void putResources(BatchBuffer out, ResourceTable resources) {
    int size = resources.size();
    out.putVarint(size);
    putAttributes(out, resources.attributes());
    int[] column = out.scratchInts(size);
    for (int i = 0; i < size; i++) {
      column[i] = resources.droppedAttributes(i);
    }
    out.putIntColumn(column, size);
    for (int i = 0; i < size; i++) {
      column[i] = resources.schemaUrl(i);
    }
    out.putIntColumn(column, size);
    for (int i = 0; i < size; i++) {
      column[i] = resources.entityRefs(i);
    }
    out.putIntColumn(column, size);
  }

  static void getResources(BatchInput in, ResourceTable into, int symbols) {
    int size = in.getCount("resources");
    getAttributes(in, into.attributes(), size, symbols);
    int[] dropped = ints(in, size);
    int[] schemaUrls = symbolColumn(in, size, symbols, "resource schema URL");
    int[] entityRefs = symbolColumn(in, size, symbols, "entity refs");
    for (int i = 0; i < size; i++) {
      into.add(dropped[i], schemaUrls[i], entityRefs[i]);
    }
  }

  static void putScopes(BatchBuffer out, ScopeTable scopes) {
    int size = scopes.size();
    out.putVarint(size);
    putAttributes(out, scopes.attributes());
    int[] column = out.scratchInts(size);
    for (int i = 0; i < size; i++) {
      column[i] = scopes.name(i);
    }
    out.putIntColumn(column, size);
    for (int i = 0; i < size; i++) {
      column[i] = scopes.version(i);
    }
    out.putIntColumn(column, size);
    for (int i = 0; i < size; i++) {
      column[i] = scopes.droppedAttributes(i);
    }
    out.putIntColumn(column, size);
    for (int i = 0; i < size; i++) {
      column[i] = scopes.schemaUrl(i);
    }
    out.putIntColumn(column, size);
  }

  static void getScopes(BatchInput in, ScopeTable into, int symbols) {
    int size = in.getCount("scopes");
    getAttributes(in, into.attributes(), size, symbols);
    int[] names = symbolColumn(in, size, symbols, "scope name");
    int[] versions = symbolColumn(in, size, symbols, "scope version");
    int[] dropped = ints(in, size);
    int[] schemaUrls = symbolColumn(in, size, symbols, "scope schema URL");
    for (int i = 0; i < size; i++) {
      into.add(names[i], versions[i], dropped[i], schemaUrls[i]);
    }
  }

  static int[] ints(BatchInput in, int rows) {
    var column = new int[rows];
    in.getIntColumn(column, rows);
    return column;
  }

  static int[] symbolColumn(BatchInput in, int rows, int symbols, String what) {
    int[] column = ints(in, rows);
    in.checkBelow(column, rows, symbols, what);
    return column;
  }

  static void symbolColumn(BatchInput in, int[] into, int rows, int symbols, String what) {
    in.getIntColumn(into, rows);
    in.checkBelow(into, rows, symbols, what);
  }

  static void putLongs(BatchBuffer out, LongRows rows) {
    out.putLongColumn(rows.values(), rows.size(), 1);
  }

  static void getLongs(BatchInput in, LongRows into, int size) {
    into.addRows(size);
    in.getLongColumn(into.values(), size, 1);
  }
}
