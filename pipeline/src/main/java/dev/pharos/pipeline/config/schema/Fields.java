package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.Scalar;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What a schema's constructor asks for its keys. Each call both declares a key and returns its value, so the order of
/// the calls is the order of the reference, and the constructor must ask for the same keys every time.
///
/// A value that is wrong has been reported and its default is returned, so that all errors are found at once.
public final class Fields {
  private final ConfigNode.MapNode node;
  private final Decoding at;
  private final Map<String, String> defaults;
  private final SequencedMap<String, Field> declared = new LinkedHashMap<>();

  Fields(ConfigNode.MapNode node, Decoding at, Map<String, String> defaults) {
    this.node = node;
    this.at = at;
    this.defaults = defaults;
  }

  /// The value of `key`, or its default, which is given as YAML.
  public <T> T field(String key, ConfigType<T> type, String defaultText, String doc) {
    ConfigType<T> adjusted = adjusted(key, type);
    String fallback = defaults.getOrDefault(key, defaultText);
    declare(new Field(key, adjusted, Field.Presence.DEFAULTED, fallback, doc));
    return given(key, adjusted)
        .flatMap(value -> adjusted.decode(value, at.child(key)))
        .orElseGet(() -> decodeDefault(key, adjusted, fallback));
  }

  /// The value of `key`, empty if the key is absent. A section whose key is there without value has all its defaults;
  /// one with `enabled: false` is absent.
  public <T> Optional<T> optional(String key, ConfigType<T> type, String doc) {
    ConfigType<T> adjusted = adjusted(key, type);
    declare(new Field(key, adjusted, Field.Presence.OPTIONAL, "", doc));
    if (!(adjusted instanceof ConfigSchema<T> schema)) {
      return given(key, adjusted).flatMap(value -> adjusted.decode(value, at.child(key)));
    }
    return node.get(key).flatMap(value -> schema.decodeOptional(value, at.child(key)));
  }

  /// The section under `key`, all defaults if it is absent.
  public <T> T section(String key, ConfigSchema<T> schema, String doc) {
    return field(key, schema, "{}", doc);
  }

  /// A schema whose keys stand among those of this one.
  public <T> T inline(ConfigSchema<T> schema) {
    return schema.construct(this);
  }

  /// The value of an old key; a warning names `modern`, the way to write it today.
  public <T> Optional<T> deprecated(String key, ConfigType<T> type, String modern) {
    declare(new Field(key, type, Field.Presence.DEPRECATED, "", "deprecated: " + modern));
    if (node.get(key).isPresent()) {
      at.child(key).warn(node.keyPosition(key), "is deprecated; " + modern);
    }
    return given(key, type).flatMap(value -> type.decode(value, at.child(key)));
  }

  /// Whether the user gave `key` a value.
  public boolean has(String key) {
    return node.get(key).filter(value -> !(value instanceof ConfigNode.NullNode)).isPresent();
  }

  /// Whether the user wrote no key at all in this section.
  public boolean isEmpty() {
    return node.entries().isEmpty();
  }

  public boolean bool(String key, boolean fallback, String doc) {
    return field(key, ConfigTypes.bool(), Boolean.toString(fallback), doc);
  }

  /// A whole number of at least 0.
  public int count(String key, int fallback, String doc) {
    return field(key, ConfigTypes.count(), Integer.toString(fallback), doc);
  }

  public String text(String key, String fallback, String doc) {
    return field(key, ConfigTypes.text(), fallback, doc);
  }

  public Duration duration(String key, String fallback, String doc) {
    return field(key, ConfigTypes.duration(), fallback, doc);
  }

  public double decimal(String key, double fallback, String doc) {
    return field(key, ConfigTypes.decimal(), Double.toString(fallback), doc);
  }

  /// A list of texts, empty by default.
  public List<String> texts(String key, String doc) {
    return field(key, ConfigTypes.texts(), "[]", doc);
  }

  /// The keys asked for so far.
  List<Field> declared() {
    return List.copyOf(declared.values());
  }

  /// Reports every key of the node that nobody asked for.
  void refuseUnknown() {
    node.entries()
        .forEach(
            (key, entry) -> {
              if (!declared.containsKey(key)) {
                refuse(key, entry.keyPosition());
              }
            });
  }

  /// The same place with `fallbacks` as defaults where this one has none of its own.
  Fields withFallbacks(Map<String, String> fallbacks) {
    Map<String, String> all = new HashMap<>(fallbacks);
    all.putAll(defaults);
    return new Fields(node, at, all);
  }

  /// Takes over the keys that were asked of `inner`.
  void adopt(Fields inner) {
    inner.declared.values().forEach(this::declare);
  }

  ConfigNode.MapNode node() {
    return node;
  }

  Decoding at() {
    return at;
  }

  private void refuse(String key, Position position) {
    String expected =
        declared.isEmpty() ? "no keys here" : "one of " + String.join(", ", declared.keySet());
    String hint = Nearest.hint(key, declared.keySet());
    at.error(position, "unknown key \"" + key + "\"" + hint + " (expected: " + expected + ")");
  }

  private void declare(Field field) {
    if (declared.put(field.key(), field) != null) {
      throw new IllegalStateException("key " + field.key() + " is declared twice in " + at.path());
    }
  }

  private <T> ConfigType<T> adjusted(String key, ConfigType<T> type) {
    if (!(type instanceof ConfigSchema<T> schema)) {
      return type;
    }
    Map<String, String> inner = new HashMap<>();
    defaults.forEach(
        (path, value) -> {
          if (path.startsWith(key + "::")) {
            inner.put(path.substring(key.length() + 2), value);
          }
        });
    return inner.isEmpty() ? type : schema.withDefaults(inner);
  }

  private <T> Optional<ConfigNode> given(String key, ConfigType<T> type) {
    return node.get(key)
        .filter(
            value -> !(value instanceof ConfigNode.NullNode nothing && !keepsNull(nothing, type)))
        .map(value -> value instanceof ConfigNode.NullNode nothing ? asText(nothing) : value);
  }

  private static boolean keepsNull(ConfigNode.NullNode node, ConfigType<?> type) {
    return type.takesNull() && node.origin().text().isPresent();
  }

  private static ConfigNode asText(ConfigNode.NullNode node) {
    return new ConfigNode.ScalarNode(
        node.origin(), new Scalar.Text(node.origin().text().orElse("")));
  }

  private static <T> T decodeDefault(String key, ConfigType<T> type, String text) {
    Problems problems = new Problems();
    Optional<T> value = type.decode(type.defaultNode(text), new Decoding(key, problems));
    return value
        .filter(_ -> problems.warnings().isEmpty())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "default: " + text + " of " + key + " (expected: " + type.name() + ")"));
  }
}
