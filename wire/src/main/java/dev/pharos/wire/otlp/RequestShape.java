package dev.pharos.wire.otlp;

import dev.pharos.wire.json.FieldKind;
import dev.pharos.wire.json.MessageField;
import dev.pharos.wire.json.MessageType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What [RequestScan] expects at each tag of one message type, as tables made from [OtlpSchema]. Tags are those below
/// 256, which all fields of OTLP have. Made once; any thread.
final class RequestShape {
  /// What stands behind a tag. `0` is a field that the schema does not have.
  static final byte UNKNOWN = 0;

  static final byte VARINT = 1;

  /// A varint below 128: batches hold other numbers of an enum as 0.
  static final byte ENUM = 2;

  static final byte FIXED64 = 3;
  static final byte FIXED32 = 4;
  static final byte TEXT = 5;
  static final byte OPAQUE = 6;
  static final byte MESSAGE = 7;
  static final byte PACKED_FIXED64 = 8;
  static final byte PACKED_VARINT = 9;

  /// Ids of which not all bits are 0.
  static final byte TRACE_ID = 10;

  static final byte SPAN_ID = 11;

  /// The same, or no bytes at all.
  static final byte MAYBE_TRACE_ID = 12;

  static final byte MAYBE_SPAN_ID = 13;

  /// Eight bytes or none: a root span's parent may be written as zeros.
  static final byte PARENT_ID = 14;

  private static final int TAGS = 256;

  /// Items without these ids are refused, or their ids dropped, so that the request does not pass as it is.
  private static final Map<String, List<Integer>> REQUIRED =
      Map.of("Span", List.of(1, 2), "Link", List.of(1, 2));

  /// Fields of which at most one may stand in a message.
  private static final Map<String, List<Integer>> ONE_OF =
      Map.of(
          "AnyValue", List.of(1, 2, 3, 4, 5, 6, 7),
          "Metric", List.of(5, 7, 9, 10, 11),
          "NumberDataPoint", List.of(4, 6),
          "Exemplar", List.of(3, 6));

  private static final Set<String> OTHER_ROWS = Set.of("Metric", "Event", "Link", "Exemplar");

  final byte[] kinds = new byte[TAGS];
  final RequestShape[] messages = new RequestShape[TAGS];

  /// By tag, the bit of a field that may come once; 0 for a repeated one.
  final int[] bits = new int[TAGS];

  /// By tag, the bits that must not have been seen before.
  final int[] conflicts = new int[TAGS];

  /// Bits that must have been seen when the message ends.
  final int required;

  /// Whether such a message is an item: a span, a log record, a data point.
  final boolean item;

  /// Whether such a message makes a row of a batch.
  final boolean row;

  private RequestShape(MessageType type) {
    required = mask(REQUIRED.getOrDefault(type.name(), List.of()));
    item =
        type.name().equals("Span")
            || type.name().equals("LogRecord")
            || type.name().endsWith("DataPoint");
    row = item || OTHER_ROWS.contains(type.name());
    Arrays.fill(messages, this);
  }

  /// The tables of a request and of all messages in it.
  static RequestShape of(MessageType request) {
    return of(request, new HashMap<>());
  }

  private static RequestShape of(MessageType type, Map<MessageType, RequestShape> made) {
    RequestShape known = made.get(type);
    if (known != null) {
      return known;
    }
    var shape = new RequestShape(type);
    made.put(type, shape);
    int group = mask(ONE_OF.getOrDefault(type.name(), List.of()));
    for (MessageField field : type.fields()) {
      int bit = 1 << field.number();
      int tag = field.tag();
      shape.kinds[tag] = kind(field, (shape.required & bit) != 0);
      if (field.kind() == FieldKind.MESSAGE) {
        shape.messages[tag] = of(field.message(), made);
      }
      if (!field.repeated()) {
        shape.bits[tag] = bit;
        shape.conflicts[tag] = (group & bit) != 0 ? group : bit;
      } else if (field.kind().wireType() != 2) {
        shape.kinds[field.number() << 3 | 2] =
            field.kind().wireType() == 1 ? PACKED_FIXED64 : PACKED_VARINT;
      }
    }
    return shape;
  }

  private static int mask(List<Integer> numbers) {
    int mask = 0;
    for (int number : numbers) {
      mask |= 1 << number;
    }
    return mask;
  }

  private static byte kind(MessageField field, boolean needed) {
    return switch (field.kind()) {
      case STRING -> TEXT;
      case BYTES -> OPAQUE;
      case HEX_ID ->
          switch (field.name()) {
            case "traceId" -> needed ? TRACE_ID : MAYBE_TRACE_ID;
            case "parentSpanId" -> PARENT_ID;
            default -> needed ? SPAN_ID : MAYBE_SPAN_ID;
          };
      case MESSAGE -> MESSAGE;
      case ENUM -> ENUM;
      case BOOL, INT32, UINT32, SINT32, INT64, UINT64 -> VARINT;
      case FIXED64, SFIXED64, DOUBLE -> FIXED64;
      case FIXED32 -> FIXED32;
    };
  }
}
