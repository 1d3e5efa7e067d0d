package dev.pharos.pipeline.config.service;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the configuration needs to know of a type of component. Immutable.
///
/// @param type the canonical name
/// @param aliases old names, which work with a warning
/// @param signals what a receiver, processor or exporter supports; empty for the other kinds
/// @param pairs what a connector supports; empty for the other kinds
/// @param replacement what to use instead, for a component that other distributions have dropped
public record ComponentDescriptor<C>(
    ComponentKind kind,
    String type,
    List<String> aliases,
    ConfigSchema<C> schema,
    Map<Signal, Stability> signals,
    Map<SignalPair, Stability> pairs,
    Stability stability,
    Optional<String> replacement) {
  public ComponentDescriptor {
    aliases = List.copyOf(aliases);
    signals = signals.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(signals));
    pairs = Map.copyOf(pairs);
  }

  /// A receiver, processor or exporter of `signals`, or an extension, which has none.
  public static <C> ComponentDescriptor<C> of(
      ComponentKind kind,
      String type,
      ConfigSchema<C> schema,
      Stability stability,
      Signal... signals) {
    Map<Signal, Stability> supported = new EnumMap<>(Signal.class);
    for (Signal signal : signals) {
      supported.put(signal, stability);
    }
    return new ComponentDescriptor<>(
        kind, type, List.of(), schema, supported, Map.of(), stability, Optional.empty());
  }

  /// A connector between the signals of `pairs`.
  public static <C> ComponentDescriptor<C> connector(
      String type, ConfigSchema<C> schema, Stability stability, SignalPair... pairs) {
    Map<SignalPair, Stability> supported = new HashMap<>();
    for (SignalPair pair : pairs) {
      supported.put(pair, stability);
    }
    return new ComponentDescriptor<>(
        ComponentKind.CONNECTOR,
        type,
        List.of(),
        schema,
        Map.of(),
        supported,
        stability,
        Optional.empty());
  }

  /// This descriptor with old names of the type.
  public ComponentDescriptor<C> withAliases(String... old) {
    return new ComponentDescriptor<>(
        kind, type, List.of(old), schema, signals, pairs, stability, replacement);
  }

  /// This descriptor as one that works with a warning, which says what to use instead.
  public ComponentDescriptor<C> replacedBy(String modern) {
    return new ComponentDescriptor<>(
        kind, type, aliases, schema, signals, pairs, stability, Optional.of(modern));
  }

  /// Whether `name` is the type or one of its old names.
  public boolean isNamed(String name) {
    return type.equals(name) || aliases.contains(name);
  }
}
