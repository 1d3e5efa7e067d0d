package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Origin;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A section of the configuration that decodes into a record: its keys, their types, defaults and one line each,
/// written as the constructor call that asks [Fields] for them. Immutable.
///
/// ```java
/// static final ConfigSchema<Retry> SCHEMA =
///     ConfigSchema.of(keys -> new Retry(
///         keys.bool("enabled", true, "whether a failed export is tried again"),
///         keys.duration("max_interval", "30s", "the longest wait between two attempts")));
/// ```
///
/// Decoding is strict: an unknown key is an error. The record's constructor must accept the defaults.
public final class ConfigSchema<T> implements ConfigType<T> {
  private final Function<Fields, T> constructor;
  private final List<BiConsumer<T, Check>> checks;
  private final Map<String, String> defaults;
  private final List<Field> fields;

  private ConfigSchema(
      Function<Fields, T> constructor,
      List<BiConsumer<T, Check>> checks,
      Map<String, String> defaults) {
    this.constructor = constructor;
    this.checks = List.copyOf(checks);
    this.defaults = Map.copyOf(defaults);
    Fields described =
        new Fields(ConfigNode.MapNode.empty(Position.NOWHERE), unheard(), this.defaults);
    var _ = constructor.apply(described);
    this.fields = described.declared();
  }

  /// A schema by the call that makes its record.
  public static <T> ConfigSchema<T> of(Function<Fields, T> constructor) {
    return new ConfigSchema<>(constructor, List.of(), Map.of());
  }

  /// A schema without keys.
  public static <T> ConfigSchema<T> empty(T value) {
    return of(_ -> value);
  }

  /// This schema with a check of the decoded record; it runs only if every key could be decoded.
  public ConfigSchema<T> check(BiConsumer<T, Check> check) {
    List<BiConsumer<T, Check>> more = new ArrayList<>(checks);
    more.add(check);
    return new ConfigSchema<>(constructor, more, defaults);
  }

  /// This schema with other defaults, by key or by path (`tls::insecure`), given as YAML.
  public ConfigSchema<T> withDefaults(Map<String, String> changed) {
    Map<String, String> all = new HashMap<>(defaults);
    all.putAll(changed);
    return new ConfigSchema<>(constructor, checks, all);
  }

  /// The record that an empty section gives.
  public T defaults() {
    return constructor.apply(
        new Fields(ConfigNode.MapNode.empty(Position.NOWHERE), unheard(), defaults));
  }

  @Override
  public String name() {
    return "section";
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public Optional<T> decode(ConfigNode node, Decoding at) {
    return switch (node) {
      case ConfigNode.MapNode map -> decodeMap(map, at);
      case ConfigNode.NullNode _ ->
          decodeMap(new ConfigNode.MapNode(node.origin(), new LinkedHashMap<>()), at);
      case ConfigNode.ListNode _, ConfigNode.ScalarNode _ ->
          at.expected(
              node,
              fields.isEmpty() ? "no value" : "a map with keys such as " + fields.getFirst().key());
    };
  }

  /// As [#decode], but `enabled: false`, on a section that has no such key of its own, means that it is absent.
  Optional<T> decodeOptional(ConfigNode node, Decoding at) {
    boolean own = fields.stream().anyMatch(field -> field.key().equals("enabled"));
    if (own || !(node instanceof ConfigNode.MapNode map) || map.get("enabled").isEmpty()) {
      return decode(node, at);
    }
    SequencedMap<String, ConfigNode.Entry> rest = new LinkedHashMap<>(map.entries());
    rest.remove("enabled");
    boolean on =
        ConfigTypes.bool().decode(map.get("enabled").get(), at.child("enabled")).orElse(true);
    Optional<T> value = decode(new ConfigNode.MapNode(map.origin(), rest), at);
    return on ? value : Optional.empty();
  }

  /// Makes the record from keys that stand among those of another schema.
  T construct(Fields keys) {
    Fields merged = keys.withFallbacks(defaults);
    int errors = keys.at().problems().errorCount();
    T value = constructor.apply(merged);
    keys.adopt(merged);
    if (keys.at().problems().errorCount() == errors) {
      runChecks(value, keys.node(), keys.at());
    }
    return value;
  }

  @Override
  public ConfigNode printed(ConfigNode node, boolean redact) {
    ConfigNode.MapNode map =
        node instanceof ConfigNode.MapNode given
            ? given
            : ConfigNode.MapNode.empty(node.position());
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (Field field : fields) {
      ConfigNode value =
          map.get(field.key())
              .filter(
                  given ->
                      !(given instanceof ConfigNode.NullNode) || !field.type().fields().isEmpty())
              .or(() -> defaultOf(field))
              .map(found -> field.type().printed(found, redact))
              .orElse(new ConfigNode.NullNode(Origin.at(Position.NOWHERE)));
      boolean said = !(value instanceof ConfigNode.NullNode) || map.get(field.key()).isPresent();
      if (said) {
        entries.put(field.key(), new ConfigNode.Entry(map.keyPosition(field.key()), value));
      }
    }
    return new ConfigNode.MapNode(map.origin(), entries);
  }

  private static Optional<ConfigNode> defaultOf(Field field) {
    return field.presence() == Field.Presence.DEFAULTED
        ? Optional.of(field.type().defaultNode(field.defaultText()))
        : Optional.empty();
  }

  private Optional<T> decodeMap(ConfigNode.MapNode map, Decoding at) {
    int errors = at.problems().errorCount();
    Fields keys = new Fields(map, at, defaults);
    T value = constructor.apply(keys);
    keys.refuseUnknown();
    if (at.problems().errorCount() == errors) {
      runChecks(value, map, at);
    }
    return Optional.of(value);
  }

  private void runChecks(T value, ConfigNode.MapNode map, Decoding at) {
    if (map.position().equals(Position.NOWHERE) && map.entries().isEmpty()) {
      return;
    }
    for (BiConsumer<T, Check> check : checks) {
      check.accept(value, new Check(map, at));
    }
  }

  private static Decoding unheard() {
    return new Decoding("", new Problems());
  }

  /// A text node, for types whose defaults are written as they are read.
  static ConfigNode textNode(String text) {
    return new ConfigNode.ScalarNode(Origin.at(Position.NOWHERE), new Scalar.Text(text));
  }
}
