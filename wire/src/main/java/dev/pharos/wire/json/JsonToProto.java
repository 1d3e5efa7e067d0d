package dev.pharos.wire.json;

import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoReader;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Turns one JSON document into the protobuf bytes of a message. It takes what people write by hand: names in either
/// spelling, 64-bit numbers with or without quotes, enums by number or name, whole numbers with a fraction of zero,
/// nulls as absent, unknown names ignored. A value of the wrong shape is a [DecodeException] with line, column and
/// path. One thread at a time; used once.
public final class JsonToProto {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4 * ProtoReader.MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser in;
  private final JsonScalars scalars;
  private final ForwardProto out;

  private JsonToProto(JsonParser in, int capacity, boolean escaped) {
    this.in = in;
    this.scalars = new JsonScalars(in, escaped);
    this.out = new ForwardProto(capacity);
  }

  /// The message of this type that the UTF-8 text `json[from .. to)` describes. Ids ([FieldKind#HEX_ID]) hold hex
  /// digits.
  public static byte[] transcode(byte[] json, int from, int to, MessageType type) {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), json, from, to - from)) {
      return transcode(parser, (to - from) / 2, false, type);
    }
  }

  /// The same for a text that is not all UTF-8: strings keep the bytes that belong to no character.
  public static byte[] transcodeInvalid(byte[] json, int from, int to, MessageType type) {
    char[] text = EscapedBytes.decode(json, from, to);
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), text, 0, text.length)) {
      return transcode(parser, (to - from) / 2, true, type);
    }
  }

  private static byte[] transcode(
      JsonParser parser, int capacity, boolean escaped, MessageType type) {
    try {
      var transcoder = new JsonToProto(parser, capacity, escaped);
      parser.nextToken();
      transcoder.message(type, 1);
      if (parser.nextToken() != null) {
        throw Shapes.problem(parser, "more text after the document (expected: its end)");
      }
      return transcoder.out.toByteArray();
    } catch (JacksonException e) {
      TokenStreamLocation at = parser.currentLocation();
      throw new DecodeException(
          "line "
              + at.getLineNr()
              + ", column "
              + at.getColumnNr()
              + ": "
              + e.getOriginalMessage());
    }
  }

  /// Reads the object whose start is the current token.
  private void message(MessageType type, int depth) {
    Shapes.expect(in, JsonToken.START_OBJECT, "an object (" + type.name() + ")");
    if (depth > ProtoReader.MAX_DEPTH) {
      throw Shapes.problem(in, "nested deeper than " + ProtoReader.MAX_DEPTH + " messages");
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      Optional<MessageField> field = type.field(in.currentName());
      JsonToken token = in.nextToken();
      if (field.isEmpty()) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        if (field.get().repeated()) {
          repeated(field.get(), depth);
        } else {
          value(field.get(), depth);
        }
      }
    }
  }

  private void repeated(MessageField field, int depth) {
    Shapes.expect(in, JsonToken.START_ARRAY, "an array");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.VALUE_NULL && field.kind() == FieldKind.MESSAGE) {
        out.varint(field.tag());
        out.close(out.open());
      } else {
        value(field, depth);
      }
    }
  }

  private void value(MessageField field, int depth) {
    out.varint(field.tag());
    switch (field.kind()) {
      case MESSAGE -> {
        int start = out.open();
        message(field.message(), depth + 1);
        out.close(start);
      }
      case STRING -> out.bytes(scalars.text());
      case HEX_ID -> out.bytes(scalars.text());
      case BYTES -> out.bytes(scalars.base64());
      case BOOL -> out.varint(scalars.bool() ? 1 : 0);
      case ENUM -> out.varint(scalars.enumNumber(field.enumNumbers()));
      case INT32 -> out.varint(scalars.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
      case UINT32 -> out.varint(scalars.integer(0, 0xFFFFFFFFL));
      case SINT32 -> {
        long number = scalars.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
        out.varint((number << 1 ^ number >> 63) & 0xFFFFFFFFL);
      }
      case INT64 -> out.varint(scalars.integer(Long.MIN_VALUE, Long.MAX_VALUE));
      case UINT64 -> out.varint(scalars.unsigned());
      case FIXED64 -> out.fixed64(scalars.unsigned());
      case SFIXED64 -> out.fixed64(scalars.integer(Long.MIN_VALUE, Long.MAX_VALUE));
      case DOUBLE -> out.fixed64(Double.doubleToRawLongBits(scalars.real()));
      case FIXED32 -> out.fixed32((int) scalars.integer(0, 0xFFFFFFFFL));
    }
  }
}
