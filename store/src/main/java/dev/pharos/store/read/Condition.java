package dev.pharos.store.read;

import java.util.List;
import java.util.Set;

/// Something that all wanted rows have in common, by which blocks can be left out. All values are exact: a condition
/// says "the row has this", never "the row lacks this".
public sealed interface Condition {
  /// The attribute is a text, and one of these; or it is an array, the elements of which only the query knows. With
  /// several scopes: in any of them.
  record AttributeIn(Set<AttributeScope> scopes, String key, Set<String> values)
      implements Condition {}

  /// The attribute is there in one of these scopes.
  record AttributeExists(Set<AttributeScope> scopes, String key) implements Condition {}

  /// The attribute is a number from `min` to `max`, both inclusive; or it is an array.
  record AttributeBetween(Set<AttributeScope> scopes, String key, double min, double max)
      implements Condition {}

  /// The text field is one of these.
  record FieldIn(Field field, Set<String> values) implements Condition {}

  /// The number field lies from `min` to `max`, both inclusive.
  record FieldBetween(Field field, long min, long max) implements Condition {}

  /// A span's duration, end minus start, lies from `min` to `max` nanoseconds, both inclusive.
  record DurationBetween(long minNanos, long maxNanos) implements Condition {}

  /// The row belongs to this trace.
  record OfTrace(long traceHi, long traceLo) implements Condition {}

  /// The body is a text that contains each of these byte strings (UTF-8, case-sensitive), or it is no text: an array or
  /// a map is searched as JSON, which nothing below the query knows.
  record BodyContains(List<byte[]> needles) implements Condition {}

  /// One of these holds.
  record AnyOf(List<Condition> conditions) implements Condition {}
}
