package dev.pharos.wire.json;

/// How a field is encoded in protobuf and written in JSON.
public enum FieldKind {
  STRING(2),
  /// Base64 in JSON.
  BYTES(2),
  /// Trace and span ids: bytes in protobuf, hex digits in OTLP's JSON. [JsonToProto] hands the digits on as they are.
  HEX_ID(2),
  MESSAGE(2),
  BOOL(0),
  ENUM(0),
  INT32(0),
  UINT32(0),
  SINT32(0),
  /// 64-bit integers are strings in JSON.
  INT64(0),
  UINT64(0),
  FIXED64(1),
  SFIXED64(1),
  DOUBLE(1),
  FIXED32(5);

  private final int wireType;

  FieldKind(int wireType) {
    this.wireType = wireType;
  }

  public int wireType() {
    return wireType;
  }
}
