package dev.pharos.wire.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/// Encodings of a message that no usual encoder makes but every decoder must read alike: fields in any order, unknown
/// fields and groups between them, numbers unpacked or packed in pieces, singular fields written twice, lengths with
/// needless bytes.
final class ShuffledProto {
  private final Random random;

  ShuffledProto(Random random) {
    this.random = random;
  }

  byte[] encode(Message message) {
    try {
      var queues = new ArrayList<Queue<byte[]>>();
      for (var entry : message.getAllFields().entrySet()) {
        var parts = new ArrayDeque<byte[]>();
        if (entry.getKey().isRepeated()) {
          repeated(entry.getKey(), (List<?>) entry.getValue(), parts);
        } else {
          if (entry.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE
              && random.nextInt(4) == 0
              && entry.getKey().getRealContainingOneof() == null) {
            // The last one counts.
            parts.add(
                single(
                    entry.getKey(),
                    entry.getKey().getType() == FieldDescriptor.Type.ENUM
                        ? entry.getKey().getEnumType().findValueByNumber(0)
                        : entry.getKey().getDefaultValue()));
          }
          singular(entry.getKey(), entry.getValue(), parts);
        }
        queues.add(parts);
      }
      return merged(queues);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] merged(List<Queue<byte[]>> queues) throws IOException {
    var out = new ByteArrayOutputStream();
    while (!queues.isEmpty()) {
      if (random.nextInt(6) == 0) {
        out.writeBytes(unknown());
      }
      int which = random.nextInt(queues.size());
      out.writeBytes(queues.get(which).remove());
      if (queues.get(which).isEmpty()) {
        queues.remove(which);
      }
    }
    return out.toByteArray();
  }

  private void singular(FieldDescriptor field, Object value, Queue<byte[]> parts)
      throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && random.nextInt(3) == 0) {
      // Two halves of a message merge into the whole.
      var first = ((Message) value).toBuilder();
      var second = ((Message) value).newBuilderForType();
      for (var inner : ((Message) value).getAllFields().entrySet()) {
        if (random.nextBoolean() && inner.getKey().getRealContainingOneof() == null) {
          first.clearField(inner.getKey());
          second.setField(inner.getKey(), inner.getValue());
        }
      }
      parts.add(single(field, first.build()));
      parts.add(single(field, second.build()));
    } else {
      parts.add(single(field, value));
    }
  }

  private void repeated(FieldDescriptor field, List<?> values, Queue<byte[]> parts)
      throws IOException {
    for (int i = 0; i < values.size(); ) {
      int run = field.isPackable() ? random.nextInt(values.size() - i + 1) : 0;
      if (run == 0) {
        parts.add(single(field, values.get(i++)));
      } else {
        var packed = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(packed);
        for (Object value : values.subList(i, i + run)) {
          scalar(out, field, value);
        }
        out.flush();
        parts.add(delimited(field.getNumber(), packed.toByteArray()));
        i += run;
      }
    }
  }

  private byte[] single(FieldDescriptor field, Object value) throws IOException {
    switch (field.getType()) {
      case MESSAGE -> {
        return delimited(field.getNumber(), encode((Message) value));
      }
      case STRING -> {
        return delimited(field.getNumber(), ByteString.copyFromUtf8((String) value).toByteArray());
      }
      case BYTES -> {
        return delimited(field.getNumber(), ((ByteString) value).toByteArray());
      }
      default -> {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeTag(field.getNumber(), field.getLiteType().getWireType());
        scalar(out, field, value);
        out.flush();
        return bytes.toByteArray();
      }
    }
  }

  private static void scalar(CodedOutputStream out, FieldDescriptor field, Object value)
      throws IOException {
    switch (field.getType()) {
      case DOUBLE -> out.writeDoubleNoTag((Double) value);
      case FIXED64 -> out.writeFixed64NoTag((Long) value);
      case SFIXED64 -> out.writeSFixed64NoTag((Long) value);
      case INT64 -> out.writeInt64NoTag((Long) value);
      case UINT64 -> out.writeUInt64NoTag((Long) value);
      case UINT32 -> out.writeUInt32NoTag((Integer) value);
      case INT32 -> out.writeInt32NoTag((Integer) value);
      case SINT32 -> out.writeSInt32NoTag((Integer) value);
      case FIXED32 -> out.writeFixed32NoTag((Integer) value);
      case BOOL -> out.writeBoolNoTag((Boolean) value);
      case ENUM ->
          out.writeEnumNoTag(
              ((com.google.protobuf.Descriptors.EnumValueDescriptor) value).getNumber());
      default -> throw new IllegalArgumentException("field type " + field.getType());
    }
  }

  private byte[] delimited(int number, byte[] value) {
    var out = new ByteArrayOutputStream();
    varint(out, number << 3 | 2, 0);
    varint(out, value.length, random.nextInt(3));
    out.writeBytes(value);
    return out.toByteArray();
  }

  /// A varint with so many needless bytes.
  private static void varint(ByteArrayOutputStream out, int value, int more) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    if (more == 0) {
      out.write(rest);
      return;
    }
    out.write(rest | 0x80);
    for (int i = 1; i < more; i++) {
      out.write(0x80);
    }
    out.write(0);
  }

  private byte[] unknown() throws IOException {
    var bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    int number = 1000 + random.nextInt(3);
    switch (random.nextInt(5)) {
      case 0 -> out.writeUInt64(number, random.nextLong());
      case 1 -> out.writeFixed64(number, random.nextLong());
      case 2 -> out.writeFixed32(number, random.nextInt());
      case 3 -> out.writeString(number, "unknown");
      default -> {
        out.writeTag(number, WireFormat.WIRETYPE_START_GROUP);
        out.writeString(5, "in a group");
        out.writeTag(number, WireFormat.WIRETYPE_END_GROUP);
      }
    }
    out.flush();
    return bytes.toByteArray();
  }
}
