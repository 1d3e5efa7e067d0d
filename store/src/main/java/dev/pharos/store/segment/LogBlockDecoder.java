package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.BitSet;

/// Reads the columns of a block of log records that are not plain numbers or texts, and whole blocks. One thread at a
/// time.
final class LogBlockDecoder {
  private final BlockColumns columns;
  private final int rows;

  LogBlockDecoder(BlockColumns columns) {
    this.columns = columns;
    this.rows = columns.rows();
  }

  long[] times() {
    return columns.read(Part.TIME, in -> LongCodec.decode(in, rows));
  }

  long[] observed(long[] times) {
    if (!columns.has(Part.OBSERVED)) {
      return new long[rows];
    }
    return columns.read(
        Part.OBSERVED,
        in -> {
          long[] observed = LongCodec.decode(in, rows);
          long[] distances = LongCodec.decode(in, in.readCount(rows));
          int next = 0;
          for (int row = 0; row < rows; row++) {
            observed[row] = observed[row] == 0 ? 0 : times[row] + distances[next++];
          }
          return observed;
        });
  }

  Column body() {
    return columns.read(
        Part.BODY, in -> readBody(in, (source, texted) -> TextColumns.decode(source, texted)));
  }

  /// The bodies of rows that may have a value; the text of other rows may be left empty.
  LogBlock.Bodies bodiesWith(byte[] value) {
    return columns.read(
        Part.BODY,
        in -> {
          var having = new BitSet(rows);
          Column body =
              readBody(in, (source, texted) -> TextColumns.decode(source, texted, value, having));
          return new LogBlock.Bodies(body, isAllText(body) ? having : rowsOf(body, having));
        });
  }

  private static boolean isAllText(Column body) {
    return body.types() == null && body.uniform() == ValueType.STRING;
  }

  /// Rows with such texts, given the numbers of these among all texts, and rows whose body is none.
  private BitSet rowsOf(Column body, BitSet texts) {
    var having = new BitSet(rows);
    for (int row = 0, text = 0; row < rows; row++) {
      boolean isText = ValueType.isSymbol(body.type(row));
      having.set(row, body.type(row) != ValueType.STRING || texts.get(text));
      text += isText ? 1 : 0;
    }
    return having;
  }

  /// Reads the texts of so many rows.
  private interface TextReader {
    TextColumns.Decoded read(ByteSource in, int texted);
  }

  private Column readBody(ByteSource in, TextReader reader) {
    int[] types = Footer.indexes(in, rows, ValueType.BYTES + 1);
    int texted = 0;
    boolean uniform = true;
    for (int type : types) {
      texted += ValueType.isSymbol((byte) type) ? 1 : 0;
      uniform &= type == types[0];
    }
    TextColumns.Decoded texts = reader.read(in, texted);
    long[] numbers = LongCodec.decode(in, rows - texted);
    if (uniform) {
      return new Column(
          rows, (byte) types[0], null, texted > 0 ? texts.ids() : numbers, texts.symbols());
    }
    var kinds = new byte[rows];
    var values = new long[rows];
    int text = 0;
    int number = 0;
    for (int row = 0; row < rows; row++) {
      kinds[row] = (byte) types[row];
      values[row] = ValueType.isSymbol(kinds[row]) ? texts.ids()[text++] : numbers[number++];
    }
    return new Column(rows, ValueType.ABSENT, kinds, values, texts.symbols());
  }

  AttributeColumns attributes() {
    return new AttributeColumns(columns.reader(), columns.block(), AttributeTable.ROWS, rows);
  }

  /// The whole block; its Resources and scopes are rows of `tables`.
  LogBatch decode(SegmentTables tables) {
    var batch = new LogBatch(rows);
    for (int row = 0; row < rows; row++) {
      batch.addRow();
    }
    long[] times = times();
    System.arraycopy(times, 0, batch.timeNanos(), 0, rows);
    System.arraycopy(observed(times), 0, batch.observedNanos(), 0, rows);
    bytes(columns.numbers(Part.SEVERITY_NUMBER, rows), batch.severityNumber());
    columns.append(Part.SEVERITY_TEXT, rows, batch.symbols(), batch.severityText());
    decodeBody(batch);
    columns.append(Part.RECORD_NAME, rows, batch.symbols(), batch.eventName());
    System.arraycopy(columns.numbers(Part.TRACE_HI, rows), 0, batch.traceHi(), 0, rows);
    System.arraycopy(columns.numbers(Part.TRACE_LO, rows), 0, batch.traceLo(), 0, rows);
    System.arraycopy(columns.numbers(Part.SPAN_ID, rows), 0, batch.spanId(), 0, rows);
    ints(columns.numbers(Part.FLAGS, rows), batch.flags());
    ints(columns.numbers(Part.DROPPED_ATTRIBUTES, rows), batch.droppedAttributes());
    ints(columns.resourceRows(tables.resources), batch.resource());
    ints(columns.tableRows(Part.SCOPE, tables.scopes.size()), batch.scope());
    attributes().decodeAll(batch.symbols(), batch.attributes());
    return batch;
  }

  private void decodeBody(LogBatch batch) {
    Column body = body();
    Symbols texts = body.symbols();
    for (int row = 0; row < rows; row++) {
      byte type = body.type(row);
      batch.bodyType()[row] = type;
      int id = (int) body.value(row);
      batch.body()[row] =
          ValueType.isSymbol(type)
              ? batch.symbols().add(texts.bytes(), texts.offset(id), texts.length(id))
              : body.value(row);
    }
  }

  private static void ints(long[] from, int[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = (int) from[i];
    }
  }

  private static void bytes(long[] from, byte[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = (byte) from[i];
    }
  }
}
