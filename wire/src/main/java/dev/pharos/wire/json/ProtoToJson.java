package dev.pharos.wire.json;

import dev.pharos.model.proto.ProtoReader;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes the protobuf bytes of a message as JSON: lowerCamelCase names, 64-bit integers as strings, bytes as base64;
/// ids and enums as the [Mapping] says. Fields of unknown number are left out. The bytes are trusted to be well formed,
/// as the encoders write them. One thread at a time; used once.
public final class ProtoToJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final HexFormat HEX = HexFormat.of();

  /// How ids and enums are written.
  public enum Mapping {
    /// OTLP's: ids in hex, enums as numbers.
    OTLP,
    /// Protobuf's own: ids are bytes like others, enums have names.
    PROTOBUF
  }

  private final ProtoReader in;
  private final JsonGenerator out;
  private final Mapping mapping;

  private ProtoToJson(ProtoReader in, JsonGenerator out, Mapping mapping) {
    this.in = in;
    this.out = out;
    this.mapping = mapping;
  }

  public static byte[] transcode(
      byte[] message, int from, int to, MessageType type, Mapping mapping) {
    var bytes = new ByteArrayOutputStream(2 * (to - from) + 64);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      new ProtoToJson(new ProtoReader().reset(message, from, to), generator, mapping).message(type);
    }
    return bytes.toByteArray();
  }

  /// Writes the message that the reader is limited to. The values of a repeated field stand together, as encoders write
  /// them.
  private void message(MessageType type) {
    out.writeStartObject();
    int open = 0;
    while (!in.atEnd()) {
      int tag = in.tag();
      int number = tag >>> 3;
      if (open != 0 && open != number) {
        out.writeEndArray();
        open = 0;
      }
      Optional<MessageField> known = type.field(number);
      if (known.isEmpty() || !fits(known.get(), tag & 7)) {
        in.skip(tag);
      } else if (!known.get().repeated()) {
        out.writeName(known.get().name());
        value(known.get());
      } else {
        if (open == 0) {
          out.writeName(known.get().name());
          out.writeStartArray();
          open = number;
        }
        repeated(known.get(), tag & 7);
      }
    }
    if (open != 0) {
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static boolean fits(MessageField field, int wireType) {
    return field.kind().wireType() == wireType || (field.repeated() && wireType == 2);
  }

  private void repeated(MessageField field, int wireType) {
    if (wireType == field.kind().wireType()) {
      value(field);
      return;
    }
    int outer = in.enter();
    while (!in.atEnd()) {
      value(field);
    }
    in.leave(outer);
  }

  private void value(MessageField field) {
    switch (field.kind()) {
      case MESSAGE -> {
        int outer = in.enter();
        message(field.message());
        in.leave(outer);
      }
      case STRING -> {
        int length = in.length();
        out.writeUTF8String(in.bytes(), in.position(), length);
        in.advance(length);
      }
      case BYTES -> {
        int length = in.length();
        out.writeBinary(in.bytes(), in.position(), length);
        in.advance(length);
      }
      case HEX_ID -> {
        int length = in.length();
        if (mapping == Mapping.PROTOBUF) {
          out.writeBinary(in.bytes(), in.position(), length);
        } else {
          out.writeString(HEX.formatHex(in.bytes(), in.position(), in.position() + length));
        }
        in.advance(length);
      }
      case BOOL -> out.writeBoolean(in.varint() != 0);
      case ENUM -> enumeration(field, (int) in.varint());
      case INT32 -> out.writeNumber((int) in.varint());
      case UINT32 -> out.writeNumber(in.varint() & 0xFFFFFFFFL);
      case SINT32 -> out.writeNumber((int) in.zigzag());
      case INT64 -> out.writeString(Long.toString(in.varint()));
      case UINT64 -> out.writeString(Long.toUnsignedString(in.varint()));
      case FIXED64 -> out.writeString(Long.toUnsignedString(in.fixed64()));
      case SFIXED64 -> out.writeString(Long.toString(in.fixed64()));
      case DOUBLE -> real(Double.longBitsToDouble(in.fixed64()));
      case FIXED32 -> out.writeNumber(Integer.toUnsignedLong(in.fixed32()));
    }
  }

  private void enumeration(MessageField field, int number) {
    Optional<String> name = mapping == Mapping.OTLP ? Optional.empty() : field.enumName(number);
    if (name.isPresent()) {
      out.writeString(name.get());
    } else {
      out.writeNumber(number);
    }
  }

  private void real(double value) {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }
}
