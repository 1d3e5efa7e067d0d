package dev.pharos.transport;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The header fields of a message in their order: names are compared without case, a name may occur more than once.
/// Immutable. Also the metadata of a gRPC call, where `binary` decodes the `-bin` entries.
public interface Headers {
  /// No fields.
  Headers EMPTY = new HeaderPairs(new String[0]);

  /// Fields from names and values in turn.
  static Headers of(String... namesAndValues) {
    return namesAndValues.length == 0 ? EMPTY : HeaderPairs.of(namesAndValues);
  }

  /// The first value of this name.
  Optional<String> first(String name);

  /// All values of this name, in order.
  List<String> all(String name);

  /// Calls `visit` with each name (lower case) and value, in order.
  void forEach(BiConsumer<String, String> visit);

  default boolean contains(String name) {
    return first(name).isPresent();
  }

  /// The first value of a gRPC `-bin` entry, decoded from base64 with or without padding.
  ///
  /// @return empty if the entry is absent or is not base64
  default Optional<byte[]> binary(String name) {
    return first(name)
        .flatMap(
            value -> {
              try {
                return Optional.of(Base64.getDecoder().decode(value));
              } catch (IllegalArgumentException e) {
                return Optional.empty();
              }
            });
  }
}
