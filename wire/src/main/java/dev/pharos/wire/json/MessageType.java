package dev.pharos.wire.json;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The fields of a protobuf message by number and by both spellings of their JSON names. Types refer to each other in
/// circles, so a type is made empty and [#define]d once before use; after that any thread may read it.
public final class MessageType {
  /// Of fields that hold no message.
  public static final MessageType NONE = new MessageType("none");

  private final String name;
  private final Map<String, MessageField> byName = new HashMap<>();
  private final Map<Integer, MessageField> byNumber = new HashMap<>();

  public MessageType(String name) {
    this.name = name;
  }

  public MessageType define(MessageField... fields) {
    for (MessageField field : fields) {
      byName.put(field.name(), field);
      byName.put(field.snakeName(), field);
      byNumber.put(field.number(), field);
    }
    return this;
  }

  public String name() {
    return name;
  }

  public Collection<MessageField> fields() {
    return Collections.unmodifiableCollection(byNumber.values());
  }

  Optional<MessageField> field(String jsonName) {
    return Optional.ofNullable(byName.get(jsonName));
  }

  Optional<MessageField> field(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }
}
