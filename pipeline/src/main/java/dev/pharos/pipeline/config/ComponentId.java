package dev.pharos.pipeline.config;

import java.util.regex.Pattern;

/// The id of a component, `type` or `type/name`.
///
/// @param type as the user wrote it, which may be an old spelling
/// @param name empty if the id has none
public record ComponentId(String type, String name) implements Comparable<ComponentId> {
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");
  private static final Pattern NAME = Pattern.compile("[^\\pZ\\pC\\pS]{0,1024}");

  /// Reads an id.
  ///
  /// @throws IllegalArgumentException with what is wrong with `text` and what was expected
  public static ComponentId parse(String text) {
    int slash = text.indexOf('/');
    String type = (slash < 0 ? text : text.substring(0, slash)).strip();
    String name = slash < 0 ? "" : text.substring(slash + 1).strip();
    if (slash >= 0 && (type.isEmpty() || name.isEmpty())) {
      String part = type.isEmpty() ? "before" : "after";
      throw new IllegalArgumentException(
          "id \"" + text + "\": the part " + part + " / must not be empty");
    }
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "id \""
              + text
              + "\": type \""
              + type
              + "\" (expected: a letter, then at most 62 letters, digits or _)");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "id \""
              + text
              + "\": name (expected: at most 1024 characters, no blanks, control characters or symbols)");
    }
    return new ComponentId(type, name);
  }

  /// The same id with another type, for an old spelling that becomes the modern one.
  public ComponentId withType(String other) {
    return new ComponentId(other, name);
  }

  @Override
  public int compareTo(ComponentId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return name.isEmpty() ? type : type + "/" + name;
  }
}
