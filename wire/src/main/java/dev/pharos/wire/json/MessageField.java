package dev.pharos.wire.json;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// A field of a protobuf message.
///
/// @param name as in canonical JSON, lowerCamelCase
/// @param message the type of a `MESSAGE` field; else [MessageType#NONE]
/// @param enumNumbers the names of an `ENUM` field, full and without their prefix; else empty
public record MessageField(
    int number,
    String name,
    FieldKind kind,
    boolean repeated,
    MessageType message,
    Map<String, Integer> enumNumbers) {
  public MessageField(int number, String name, FieldKind kind) {
    this(number, name, kind, false, MessageType.NONE, Map.of());
  }

  public static MessageField repeated(int number, String name, FieldKind kind) {
    return new MessageField(number, name, kind, true, MessageType.NONE, Map.of());
  }

  public static MessageField one(int number, String name, MessageType message) {
    return new MessageField(number, name, FieldKind.MESSAGE, false, message, Map.of());
  }

  public static MessageField many(int number, String name, MessageType message) {
    return new MessageField(number, name, FieldKind.MESSAGE, true, message, Map.of());
  }

  public static MessageField enumeration(int number, String name, Map<String, Integer> numbers) {
    return new MessageField(number, name, FieldKind.ENUM, false, MessageType.NONE, numbers);
  }

  /// The full name of an enum's number.
  Optional<String> enumName(int number) {
    return enumNumbers.entrySet().stream()
        .filter(entry -> entry.getValue() == number)
        .map(Map.Entry::getKey)
        .max(Comparator.comparingInt(String::length));
  }

  /// The tag before a single value.
  public int tag() {
    return number << 3 | kind.wireType();
  }

  /// `spanId` in the .proto file's spelling, `span_id`.
  String snakeName() {
    var snake = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
