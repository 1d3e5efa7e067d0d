package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextEncoder;
import dev.pharos.store.segment.filter.Hashes;
import dev.pharos.store.segment.filter.TokenHashes;
import dev.pharos.store.segment.filter.Tokens;
import java.nio.charset.StandardCharsets;

/// Writes the rows of one batch, whose Resources and scopes are rows of the segment's tables and which all have a time,
/// as a block.
final class LogBlockEncoder {
  private final LogBatch logs;
  private final int rows;
  private final SegmentWriter out;
  private final TextColumns texts;
  private final TextEncoder bodies;
  private final long[] scratch;

  private LogBlockEncoder(LogBatch logs, TextEncoder bodies, SegmentWriter out) {
    this.bodies = bodies;
    this.logs = logs;
    this.rows = logs.rows();
    this.out = out;
    this.texts = new TextColumns(logs.symbols());
    this.scratch = new long[rows];
  }

  /// @param bodies has encoded the blocks before
  static void encode(LogBatch logs, TextEncoder bodies, SegmentWriter out) {
    new LogBlockEncoder(logs, bodies, out).encode();
  }

  private void encode() {
    LongCodec.encode(logs.timeNanos(), rows, out.begin());
    out.end(Part.TIME);
    writeObserved();
    bytes(Part.SEVERITY_NUMBER, logs.severityNumber());
    text(Part.SEVERITY_TEXT, logs.severityText());
    writeBody();
    writeTraceFilter();
    text(Part.RECORD_NAME, logs.eventName());
    numbers(Part.TRACE_HI, logs.traceHi());
    numbers(Part.TRACE_LO, logs.traceLo());
    numbers(Part.SPAN_ID, logs.spanId());
    unsigned(logs.flags());
    writeRange(Part.FLAGS);
    unsigned(logs.droppedAttributes());
    numbers(Part.DROPPED_ATTRIBUTES, scratch);
    unsigned(logs.resource());
    numbers(Part.RESOURCE, scratch);
    unsigned(logs.scope());
    numbers(Part.SCOPE, scratch);
    boolean unlisted =
        new AttributeEncoder(
                AttributeTable.ROWS, logs.attributes(), rows, logs.symbols(), texts, out)
            .encode();
    var times = Range.of(logs.timeNanos(), rows);
    var resources = Range.of(logs.resource(), rows);
    var scopes = Range.of(logs.scope(), rows);
    out.endBlock(
        rows,
        new BlockEntry.Bounds(
            times.min(),
            times.max(),
            (int) resources.min(),
            (int) resources.max(),
            (int) scopes.min(),
            (int) scopes.max(),
            0,
            0,
            0,
            0,
            0,
            0,
            unlisted));
  }

  /// Observed times less the record's time, where there is one: collectors stamp records at a steady distance.
  private void writeObserved() {
    long[] observed = logs.observedNanos();
    if (Range.isZero(observed, rows)) {
      return;
    }
    var has = new long[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (observed[row] != 0) {
        has[row] = 1;
        scratch[count++] = observed[row] - logs.timeNanos()[row];
      }
    }
    ByteSink sink = out.begin();
    LongCodec.encode(has, rows, sink);
    sink.putVarint(count);
    LongCodec.encode(scratch, count, sink);
    var range = Range.of(observed, rows);
    out.endRange(Part.OBSERVED, false, range.min(), range.max());
  }

  /// Types; then the texts of rows with symbols, then the numbers of the others.
  private void writeBody() {
    var symbols = new long[rows];
    int texted = 0;
    int numbered = 0;
    var types = new long[rows];
    for (int row = 0; row < rows; row++) {
      byte type = logs.bodyType()[row];
      types[row] = type;
      if (ValueType.isSymbol(type)) {
        symbols[texted++] = logs.body()[row];
      } else {
        scratch[numbered++] = logs.body()[row];
      }
    }
    ByteSink sink = out.begin();
    LongCodec.encode(types, rows, sink);
    texts.encode(symbols, texted, bodies, sink);
    LongCodec.encode(scratch, numbered, sink);
    out.end(Part.BODY);
    writeTokens();
  }

  /// The words of all bodies; of one that is no text, those of the text that stands for it.
  private void writeTokens() {
    Hashes hashes = out.hashes();
    bodies.visitTokens(texts.texts(), new TokenHashes(hashes));
    for (int row = 0; row < rows; row++) {
      byte type = logs.bodyType()[row];
      if (type != ValueType.STRING && type != ValueType.EMPTY) {
        byte[] text =
            ValueText.of(logs.symbols(), type, logs.body()[row]).getBytes(StandardCharsets.UTF_8);
        Tokens.ofText(text, 0, text.length, hashes);
      }
    }
    if (hashes.size() == 0) {
      hashes.add(Hashes.mix(0, 0));
    }
    out.filter(Part.TOKEN_FILTER, hashes);
  }

  /// A block without trace ids still gets a filter, which then says no to all.
  private void writeTraceFilter() {
    Hashes hashes = out.hashes();
    for (int row = 0; row < rows; row++) {
      if ((logs.traceHi()[row] | logs.traceLo()[row]) != 0) {
        hashes.add(Hashes.mix(logs.traceHi()[row], logs.traceLo()[row]));
      }
    }
    if (hashes.size() == 0) {
      hashes.add(Hashes.mix(0, 0));
    }
    out.filter(Part.TRACE_FILTER, hashes);
  }

  private void unsigned(int[] values) {
    for (int i = 0; i < rows; i++) {
      scratch[i] = values[i] & 0xffffffffL;
    }
  }

  private void numbers(int part, long[] values) {
    if (!Range.isZero(values, rows)) {
      LongCodec.encode(values, rows, out.begin());
      out.end(part);
    }
  }

  private void bytes(int part, byte[] values) {
    for (int i = 0; i < rows; i++) {
      scratch[i] = values[i];
    }
    writeRange(part);
  }

  private void writeRange(int part) {
    if (!Range.isZero(scratch, rows)) {
      LongCodec.encode(scratch, rows, out.begin());
      var range = Range.of(scratch, rows);
      out.endRange(part, false, range.min(), range.max());
    }
  }

  private void text(int part, int[] symbols) {
    for (int i = 0; i < rows; i++) {
      scratch[i] = symbols[i];
    }
    if (!Range.isZero(scratch, rows)) {
      texts.encode(scratch, 0, rows, out.begin());
      out.endTexts(part, logs.symbols(), texts.distinct(), texts.count());
    }
  }
}
