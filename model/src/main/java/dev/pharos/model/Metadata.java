package dev.pharos.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Header fields of a request, or the metadata of its call, that travel with its data. Names are compared without case;
/// one that is there has at least one value, which may be empty. Immutable.
public final class Metadata {
  public static final Metadata NONE = new Metadata(Map.of());

  /// By name in lower case.
  private final Map<String, List<String>> fields;

  private Metadata(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /// @param fields calls what it is given with each name and value; a name may come more than once
  public static Metadata of(Consumer<BiConsumer<String, String>> fields) {
    var gathered = new HashMap<String, List<String>>();
    fields.accept(
        (name, value) -> gathered.computeIfAbsent(lower(name), _ -> new ArrayList<>(1)).add(value));
    gathered.replaceAll((_, values) -> List.copyOf(values));
    return gathered.isEmpty() ? NONE : new Metadata(gathered);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The values of a name in the order in which they came; empty if it is not there.
  public List<String> values(String name) {
    return fields.getOrDefault(lower(name), List.of());
  }

  /// What there is under these names.
  public Metadata only(List<String> names) {
    if (names.isEmpty() || fields.isEmpty()) {
      return NONE;
    }
    var kept = new HashMap<String, List<String>>();
    for (String name : names) {
      List<String> values = fields.get(lower(name));
      if (values != null) {
        kept.put(lower(name), values);
      }
    }
    return kept.isEmpty() ? NONE : new Metadata(kept);
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /// Calls `visit` with each name, in lower case, and each of its values in turn.
  public void forEach(BiConsumer<String, String> visit) {
    fields.forEach((name, values) -> values.forEach(value -> visit.accept(name, value)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Metadata metadata && fields.equals(metadata.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
