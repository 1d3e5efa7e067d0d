package dev.pharos.wire.otlp;

import dev.pharos.model.proto.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Walks a protobuf request without decoding it and tells whether decoding and encoding it again would change nothing
/// but the order of its fields: every field known and given once, texts UTF-8, ids present and valid, nesting and size
/// in bounds. Whatever is not like that is left to the decoder, which knows what to refuse, to mend and to say.
///
/// One use, one thread.
final class RequestScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Far below what the decoder refuses.
  private static final int MOST_NESTED = 32;

  /// More than any row of a batch takes for itself, so that no batch made of a plain request is too large.
  private static final long ROW_BYTES = 160;

  private final byte[] bytes;
  private int rows;
  private int items;

  private RequestScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The items of the request `bytes[from .. to)`, or -1 if it is to be decoded.
  static int items(RequestShape request, byte[] bytes, int from, int to) {
    var scan = new RequestScan(bytes);
    boolean plain = scan.message(request, from, to, 0);
    boolean small = scan.rows * ROW_BYTES <= GroupReader.mostBytes(to - from);
    return plain && small ? scan.items : -1;
  }

  /// Whether the message `bytes[start .. end)` is plain. Longer than a screen, but one case a kind of field.
  private boolean message(RequestShape shape, int start, int end, int depth) {
    byte[] in = bytes;
    int seen = 0;
    int at = start;
    while (at < end) {
      int tag = in[at++];
      if (tag < 0) {
        if (at == end || in[at++] != 1) {
          return false;
        }
        tag &= 0xff;
      }
      if ((seen & shape.conflicts[tag]) != 0) {
        return false;
      }
      seen |= shape.bits[tag];
      byte kind = shape.kinds[tag];
      switch (kind) {
        case RequestShape.FIXED64 -> at += 8;
        case RequestShape.FIXED32 -> at += 4;
        case RequestShape.ENUM -> {
          if (at == end || in[at++] < 0) {
            return false;
          }
        }
        case RequestShape.VARINT -> {
          at = pastVarint(at, end);
          if (at < 0) {
            return false;
          }
        }
        case RequestShape.UNKNOWN -> {
          return false;
        }
        default -> {
          if (at == end) {
            return false;
          }
          int length = in[at++];
          if (length < 0) {
            long value = length(at - 1, end);
            at = (int) (value >>> 32);
            length = (int) value;
          }
          if (length < 0 || length > end - at) {
            return false;
          }
          if (kind == RequestShape.MESSAGE) {
            if (depth == MOST_NESTED || !message(shape.messages[tag], at, at + length, depth + 1)) {
              return false;
            }
          } else if (!content(kind, at, length)) {
            return false;
          }
          at += length;
        }
      }
    }
    if (shape.row) {
      rows++;
      items += shape.item ? 1 : 0;
    }
    return at == end && (seen & shape.required) == shape.required;
  }

  /// Whether the length-delimited field that is no message is plain.
  private boolean content(byte kind, int at, int length) {
    return switch (kind) {
      case RequestShape.TEXT -> Utf8.isValid(bytes, at, length);
      case RequestShape.OPAQUE -> true;
      case RequestShape.TRACE_ID -> length == 16 && (word(at) | word(at + 8)) != 0;
      case RequestShape.SPAN_ID -> length == 8 && word(at) != 0;
      case RequestShape.MAYBE_TRACE_ID ->
          length == 0 || length == 16 && (word(at) | word(at + 8)) != 0;
      case RequestShape.MAYBE_SPAN_ID -> length == 0 || length == 8 && word(at) != 0;
      case RequestShape.PARENT_ID -> length == 0 || length == 8;
      case RequestShape.PACKED_FIXED64 -> length % 8 == 0;
      case RequestShape.PACKED_VARINT -> varints(at, at + length);
      default -> false;
    };
  }

  private long word(int at) {
    return (long) LONG.get(bytes, at);
  }

  private boolean varints(int start, int end) {
    int at = start;
    while (at >= 0 && at < end) {
      at = pastVarint(at, end);
    }
    return at == end;
  }

  /// The place behind a varint of at most ten bytes, or -1.
  private int pastVarint(int start, int end) {
    int last = Math.min(end, start + 10);
    for (int at = start; at < last; at++) {
      if (bytes[at] >= 0) {
        return at + 1;
      }
    }
    return -1;
  }

  /// The length at `start` in the low half, the place behind it in the high half; a length below 0 if there is none.
  private long length(int start, int end) {
    int value = 0;
    int last = Math.min(end, start + 5);
    int shift = 0;
    for (int at = start; at < last; at++, shift += 7) {
      byte b = bytes[at];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return shift == 28 && b > 7 ? -1 : (long) (at + 1) << 32 | value;
      }
    }
    return -1;
  }
}
