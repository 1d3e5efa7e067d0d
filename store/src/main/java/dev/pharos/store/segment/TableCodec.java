package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.ValueType;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.function.IntToLongFunction;

/// Resources and scopes of a footer as lists of numbers; texts are symbols of the segment's dictionary.
final class TableCodec {
  private static final int MAX_ROWS = 1 << 26;

  private TableCodec() {}

  static void putResources(ResourceTable table, ByteSink out) {
    int rows = table.size();
    out.putVarint(rows);
    put(rows, table::droppedAttributes, out);
    put(rows, table::schemaUrl, out);
    put(rows, table::entityRefs, out);
    putAttributes(table.attributes(), rows, out);
  }

  static ResourceTable readResources(ByteSource in, int symbols) {
    int rows = in.readCount(MAX_ROWS);
    long[] dropped = LongCodec.decode(in, rows);
    int[] schemas = Footer.indexes(in, rows, symbols);
    int[] entities = Footer.indexes(in, rows, symbols);
    var table = new ResourceTable(readAttributes(in, rows, symbols));
    for (int row = 0; row < rows; row++) {
      table.add((int) dropped[row], schemas[row], entities[row]);
    }
    return table;
  }

  static void putScopes(ScopeTable table, ByteSink out) {
    int rows = table.size();
    out.putVarint(rows);
    put(rows, table::droppedAttributes, out);
    put(rows, table::schemaUrl, out);
    put(rows, table::name, out);
    put(rows, table::version, out);
    putAttributes(table.attributes(), rows, out);
  }

  static ScopeTable readScopes(ByteSource in, int symbols) {
    int rows = in.readCount(MAX_ROWS);
    long[] dropped = LongCodec.decode(in, rows);
    int[] schemas = Footer.indexes(in, rows, symbols);
    int[] names = Footer.indexes(in, rows, symbols);
    int[] versions = Footer.indexes(in, rows, symbols);
    var table = new ScopeTable(readAttributes(in, rows, symbols));
    for (int row = 0; row < rows; row++) {
      table.add(names[row], versions[row], (int) dropped[row], schemas[row]);
    }
    return table;
  }

  private static void putAttributes(AttributeRows attributes, int parents, ByteSink out) {
    int size = parents == 0 ? 0 : attributes.to(parents - 1);
    put(parents, parent -> attributes.to(parent) - attributes.from(parent), out);
    out.putVarint(size);
    put(size, attributes::key, out);
    put(size, attributes::type, out);
    put(size, attributes::value, out);
  }

  private static AttributeRows readAttributes(ByteSource in, int parents, int symbols) {
    int[] counts = Footer.indexes(in, parents, MAX_ROWS);
    int size = in.readCount(MAX_ROWS);
    int[] keys = Footer.indexes(in, size, symbols);
    int[] types = Footer.indexes(in, size, ValueType.BYTES + 1);
    long[] values = LongCodec.decode(in, size);
    var attributes = new AttributeRows(parents, size);
    int at = 0;
    for (int parent = 0; parent < parents; parent++) {
      if (counts[parent] > size - at) {
        throw in.bad(counts[parent] + " attributes (expected: up to " + (size - at) + ")");
      }
      for (int i = 0; i < counts[parent]; i++, at++) {
        if (ValueType.isSymbol((byte) types[at]) && (values[at] < 0 || values[at] >= symbols)) {
          throw in.bad("symbol " + values[at] + " (expected: below " + symbols + ")");
        }
        attributes.add(keys[at], (byte) types[at], values[at]);
      }
      attributes.endParent();
    }
    return attributes;
  }

  private static void put(int count, IntToLongFunction field, ByteSink out) {
    var values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = field.applyAsLong(i);
    }
    LongCodec.encode(values, count, out);
  }
}
