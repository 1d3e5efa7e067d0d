package dev.pharos.model;

/// The kinds of an OTLP AnyValue, as the bytes that type columns hold. The numbers are the field numbers of AnyValue in
/// opentelemetry/proto/common/v1, so they are stable on disk.
///
/// | type | the value column holds |
/// |---|---|
/// | `ABSENT` | nothing: the row has no such attribute (columns of a block only, never in a batch) |
/// | `EMPTY` | 0: the attribute is there without a value |
/// | `STRING`, `BYTES` | a symbol |
/// | `BOOL` | 0 or 1 |
/// | `INT` | the number |
/// | `DOUBLE` | its raw bits |
/// | `ARRAY`, `MAP` | a symbol: the encoded ArrayValue or KeyValueList message |
public final class ValueType {
  public static final byte ABSENT = -1;
  public static final byte EMPTY = 0;
  public static final byte STRING = 1;
  public static final byte BOOL = 2;
  public static final byte INT = 3;
  public static final byte DOUBLE = 4;
  public static final byte ARRAY = 5;
  public static final byte MAP = 6;
  public static final byte BYTES = 7;

  private ValueType() {}

  /// Whether a value of this type is a symbol of the dictionary.
  public static boolean isSymbol(byte type) {
    return type == STRING || type >= ARRAY;
  }
}
