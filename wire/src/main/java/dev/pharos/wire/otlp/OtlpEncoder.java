package dev.pharos.wire.otlp;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.ProtoWriter;
import java.util.List;

/// Encodes batches as OTLP export requests in protobuf. Rows are grouped by Resource and scope, both in the order in
/// which they are first seen; fields with their default value are left out.
///
/// After an `encode` the request stands in [#output()] until the next call. Reusable, so that its buffer is; one thread
/// at a time.
public abstract sealed class OtlpEncoder<B extends Batch>
    permits SpanWriter, LogWriter, MetricWriter {
  private static final int KEY = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;

  final ProtoWriter out = new ProtoWriter();
  final RowGroups groups = new RowGroups();

  OtlpEncoder() {}

  public static OtlpEncoder<SpanBatch> spans() {
    return new SpanWriter();
  }

  public static OtlpEncoder<LogBatch> logs() {
    return new LogWriter();
  }

  public static OtlpEncoder<MetricBatch> metrics() {
    return new MetricWriter();
  }

  /// Encodes the whole batch and returns the request's size in bytes.
  public final int encode(B batch) {
    return encode(batch, 0, batch.items());
  }

  /// Encodes all items and returns the request's size in bytes. A part that came as an OTLP request goes as it came;
  /// the groups of the parts stand one after the other.
  public final int encode(Cargo<B> cargo) {
    out.clear();
    List<Cargo<B>> parts = cargo.parts();
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i) instanceof OtlpRequest<B> request) {
        out.raw(request.bytes(), request.from(), request.to() - request.from());
      } else {
        B batch = parts.get(i).batch();
        select(batch, 0, batch.items());
        write(batch);
      }
    }
    return out.size();
  }

  /// Encodes the items (spans, log records, data points) `from` to `to`. Metrics without points go with the point that
  /// comes after them, or with the last one.
  public final int encode(B batch, int from, int to) {
    out.clear();
    select(batch, from, to);
    write(batch);
    return out.size();
  }

  /// Encodes the items whose numbers are `items[from .. to)`, ascending.
  public final int encode(B batch, int[] items, int from, int to) {
    out.clear();
    select(batch, items, from, to);
    write(batch);
    return out.size();
  }

  /// The size of the request that `encode` would make. As dear as encoding, which is cheap; the output is lost.
  public final int sizeBytes(B batch, int from, int to) {
    int size = encode(batch, from, to);
    out.clear();
    return size;
  }

  /// The end of the longest run of items from `from` on whose request takes at most `maxBytes`; at least one item, also
  /// if that one alone is larger.
  public final int fitting(B batch, int from, int maxBytes) {
    int items = batch.items();
    int low = from + 1;
    int high = items;
    if (low >= high || sizeBytes(batch, from, high) <= maxBytes) {
      return high;
    }
    while (low < high) {
      int middle = low + (high - low + 1 >>> 1);
      if (sizeBytes(batch, from, middle) <= maxBytes) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// Where the request stands that was encoded last.
  public final ProtoWriter output() {
    return out;
  }

  /// A copy of the request that was encoded last.
  public final byte[] toByteArray() {
    return out.toByteArray();
  }

  /// Arranges the rows in [#groups].
  abstract void select(B batch, int from, int to);

  abstract void select(B batch, int[] items, int from, int to);

  /// Writes the item (Span, LogRecord, Metric) at a position of the selection, tag included.
  abstract void item(B batch, int position);

  private void write(B batch) {
    for (int r = groups.lastResource(); r >= 0; r = groups.resourceBefore(r)) {
      int end = out.size();
      text(batch.symbols(), 3 << 3 | 2, batch.resources().schemaUrl(r));
      for (int g = groups.lastGroup(r); g >= 0; g = groups.groupBefore(g)) {
        int groupEnd = out.size();
        text(batch.symbols(), 3 << 3 | 2, batch.scopes().schemaUrl(groups.scope(g)));
        for (int position = groups.lastRow(g);
            position >= 0;
            position = groups.rowBefore(position)) {
          item(batch, position);
        }
        scope(batch.symbols(), batch.scopes(), groups.scope(g));
        out.message(2 << 3 | 2, groupEnd);
      }
      resource(batch.symbols(), batch.resources(), r);
      out.message(1 << 3 | 2, end);
    }
  }

  private void resource(Symbols symbols, ResourceTable resources, int row) {
    int end = out.size();
    int refs = resources.entityRefs(row);
    out.raw(symbols.bytes(), symbols.offset(refs), symbols.length(refs));
    number(2 << 3, resources.droppedAttributes(row));
    attributes(symbols, 1 << 3 | 2, resources.attributes(), row);
    out.message(1 << 3 | 2, end);
  }

  private void scope(Symbols symbols, ScopeTable scopes, int row) {
    int end = out.size();
    number(4 << 3, scopes.droppedAttributes(row));
    attributes(symbols, 3 << 3 | 2, scopes.attributes(), row);
    text(symbols, 2 << 3 | 2, scopes.version(row));
    text(symbols, 1 << 3 | 2, scopes.name(row));
    out.message(1 << 3 | 2, end);
  }

  /// Writes the attributes of `parent` as KeyValue fields.
  final void attributes(Symbols symbols, int tag, AttributeRows rows, int parent) {
    int from = rows.from(parent);
    for (int i = rows.to(parent) - 1; i >= from; i--) {
      int end = out.size();
      value(symbols, rows.type(i), rows.value(i));
      out.message(VALUE, end);
      int key = rows.key(i);
      out.bytes(KEY, symbols.bytes(), symbols.offset(key), symbols.length(key));
      out.message(tag, end);
    }
  }

  /// Writes the field of an AnyValue.
  final void value(Symbols symbols, byte type, long value) {
    switch (type) {
      case ValueType.BOOL -> out.varint(ValueType.BOOL << 3, value);
      case ValueType.INT -> out.varint(ValueType.INT << 3, value);
      case ValueType.DOUBLE -> out.fixed64(ValueType.DOUBLE << 3 | 1, value);
      case ValueType.STRING, ValueType.ARRAY, ValueType.MAP, ValueType.BYTES -> {
        int symbol = (int) value;
        out.bytes(type << 3 | 2, symbols.bytes(), symbols.offset(symbol), symbols.length(symbol));
      }
      default -> {
        // EMPTY: a value without any field.
      }
    }
  }

  final void text(Symbols symbols, int tag, int symbol) {
    if (symbol != 0) {
      out.bytes(tag, symbols.bytes(), symbols.offset(symbol), symbols.length(symbol));
    }
  }

  /// Writes an unsigned 32-bit varint unless it is 0.
  final void number(int tag, int value) {
    if (value != 0) {
      out.varint(tag, Integer.toUnsignedLong(value));
    }
  }

  final void fixed64(int tag, long value) {
    if (value != 0) {
      out.fixed64(tag, value);
    }
  }

  final void fixed32(int tag, int value) {
    if (value != 0) {
      out.fixed32(tag, value);
    }
  }

  final void traceId(int tag, long hi, long lo) {
    if ((hi | lo) != 0) {
      out.id(tag, hi, lo);
    }
  }

  final void spanId(int tag, long id) {
    if (id != 0) {
      out.id(tag, id);
    }
  }
}
