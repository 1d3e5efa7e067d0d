package dev.pharos.wire.otlp;

import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoReader;
import dev.pharos.model.proto.Utf8;
import java.io.ByteArrayOutputStream;

/// Checks encoded ArrayValue, KeyValueList and EntityRef messages, which batches keep encoded: well formed, not nested
/// too deeply, texts in UTF-8. Whoever reads them later needs no checks.
final class NestedValues {
  /// Results of [#check].
  static final int FINE = 0;

  static final int BAD_TEXT = 1;
  static final int BAD_KEY = 2;

  /// The messages around the outermost one checked here, at most: resource group, scope group, metric, data, point,
  /// exemplar, KeyValue, AnyValue. So what is let in here is never too deep for the protobuf libraries.
  private static final int DEPTH_OUTSIDE = 9;

  private static final int STRING = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;
  private static final int ARRAY = 5 << 3 | 2;
  private static final int MAP = 6 << 3 | 2;

  /// The fields of an EntityRef are numbered from 1 and all texts.
  private static final int ENTITY_FIELDS = 4;

  /// The levels of an encoded value, each with its fields.
  enum Level {
    ANY,
    ARRAY,
    MAP,
    ENTRY,
    ENTITY
  }

  private final ProtoReader reader = new ProtoReader();
  private final Findings findings;

  NestedValues(Findings findings) {
    this.findings = findings;
  }

  /// Checks the message `bytes[from .. to)` of the given level.
  ///
  /// @return [#FINE] or the problems found, as bits
  int check(byte[] bytes, int from, int to, Level level) {
    return check(reader.reset(bytes, from, to), level, DEPTH_OUTSIDE);
  }

  private int check(ProtoReader in, Level level, int depth) {
    if (depth > ProtoReader.MAX_DEPTH) {
      throw DecodeException.at(
          in.position(), "value nested deeper than " + ProtoReader.MAX_DEPTH + " messages");
    }
    int problems = FINE;
    while (!in.atEnd()) {
      int tag = in.tag();
      Level inner = inside(level, tag);
      if (inner != level) {
        int outer = in.enter();
        problems |= check(in, inner, depth + 1);
        in.leave(outer);
      } else if (isText(level, tag)) {
        problems |= checkText(in, level);
      } else {
        in.skip(tag);
      }
    }
    return problems;
  }

  /// The level of the message in field `tag`, or `level` itself if the field holds none.
  private static Level inside(Level level, int tag) {
    return switch (level) {
      case ANY -> tag == ARRAY ? Level.ARRAY : tag == MAP ? Level.MAP : level;
      case ARRAY -> tag == STRING ? Level.ANY : level;
      case MAP -> tag == STRING ? Level.ENTRY : level;
      case ENTRY -> tag == VALUE ? Level.ANY : level;
      case ENTITY -> level;
    };
  }

  private static boolean isText(Level level, int tag) {
    return switch (level) {
      case ANY, ENTRY -> tag == STRING;
      case ARRAY, MAP -> false;
      case ENTITY -> (tag & 7) == 2 && tag >>> 3 <= ENTITY_FIELDS;
    };
  }

  private int checkText(ProtoReader in, Level level) {
    int length = in.length();
    int at = in.position();
    in.advance(length);
    if (Utf8.isValid(in.bytes(), at, length)) {
      return FINE;
    }
    if (level == Level.ENTRY) {
      findings.badKey(in.bytes(), at, length);
      return BAD_KEY;
    }
    return BAD_TEXT;
  }

  /// The same message with its texts repaired.
  byte[] repaired(byte[] bytes, int from, int to, Level level) {
    var out = new ByteArrayOutputStream(to - from + 16);
    repair(new ProtoReader().reset(bytes, from, to), level, out);
    return out.toByteArray();
  }

  private void repair(ProtoReader in, Level level, ByteArrayOutputStream out) {
    while (!in.atEnd()) {
      int start = in.position();
      int tag = in.tag();
      Level inner = inside(level, tag);
      if (inner != level) {
        int outer = in.enter();
        var message = new ByteArrayOutputStream();
        repair(in, inner, message);
        in.leave(outer);
        field(out, tag, message.toByteArray());
      } else if (isText(level, tag)) {
        int length = in.length();
        if (!Utf8.isValid(in.bytes(), in.position(), length)) {
          findings.repairedText();
        }
        field(out, tag, Utf8.repaired(in.bytes(), in.position(), length));
        in.advance(length);
      } else {
        in.skip(tag);
        out.write(in.bytes(), start, in.position() - start);
      }
    }
  }

  /// Appends a length-delimited field of a number below 16.
  static void field(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    int length = value.length;
    for (; (length & ~0x7f) != 0; length >>>= 7) {
      out.write(length | 0x80);
    }
    out.write(length);
    out.writeBytes(value);
  }
}
