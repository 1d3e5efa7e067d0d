package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Decoding;
import dev.pharos.pipeline.config.schema.Nearest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a loaded tree into a [ServiceConfig] and reports everything that is wrong with it at once. One thread; one
/// use.
public final class ServiceConfigDecoder {
  /// The gate under which a configuration may have no pipelines.
  public static final String NO_PIPELINES_GATE = "service.AllowNoPipelines";

  private static final String REQUIRED = "required";

  /// A configuration as decoded.
  ///
  /// @param warnings what the user should be told
  public record Decoded(ServiceConfig config, List<Problem> warnings) {
    public Decoded {
      warnings = List.copyOf(warnings);
    }
  }

  record Service(
      List<Reference> extensions,
      Optional<ConfigNode> pipelines,
      TelemetrySettings telemetry,
      boolean tenants) {}

  private static final ConfigSchema<Map<ComponentKind, ConfigNode>> ROOT =
      ConfigSchema.of(
          keys -> {
            Map<ComponentKind, ConfigNode> sections = new EnumMap<>(ComponentKind.class);
            for (ComponentKind kind : ComponentKind.values()) {
              keys.optional(kind.section(), ConfigTypes.node(), "the " + kind.section() + " by id")
                  .ifPresent(node -> sections.put(kind, node));
            }
            keys.optional(
                "service", ConfigTypes.node(), "pipelines, extensions to start, own telemetry");
            return sections;
          });

  static final ConfigSchema<Service> SERVICE =
      ConfigSchema.of(
          keys ->
              new Service(
                  keys.field(
                      "extensions",
                      ConfigTypes.list(Reference.TYPE),
                      "[]",
                      "extensions to start, in order"),
                  keys.optional(
                      "pipelines", ConfigTypes.node(), "the pipelines by signal and name"),
                  keys.section("telemetry", TelemetrySettings.SCHEMA, "own telemetry"),
                  keys.field(
                          "tenants",
                          ConfigTypes.choice(List.of("off", "on"), word -> word, false),
                          "off",
                          "on: each request names its tenant by header X-Scope-OrgID")
                      .equals("on")));

  private final ComponentCatalog catalog;
  private final Set<String> featureGates;
  private final Problems problems = new Problems();

  private ServiceConfigDecoder(ComponentCatalog catalog, Set<String> featureGates) {
    this.catalog = catalog;
    this.featureGates = featureGates;
  }

  /// Decodes `root` against the components of `catalog`.
  ///
  /// @throws dev.pharos.pipeline.config.ConfigException with every error found
  public static Decoded decode(
      ConfigNode.MapNode root, ComponentCatalog catalog, Set<String> featureGates) {
    return new ServiceConfigDecoder(catalog, featureGates).decode(root);
  }

  private Decoded decode(ConfigNode.MapNode root) {
    if (root.entries().isEmpty()) {
      problems.error(root.position(), "", "empty configuration file");
      problems.throwIfErrors();
    }
    Decoding at = new Decoding("", problems);
    Map<ComponentKind, ConfigNode> sections = ROOT.decode(root, at).orElseGet(Map::of);
    Map<ComponentKind, Map<ComponentId, ComponentConfig>> components =
        new EnumMap<>(ComponentKind.class);
    Map<ComponentKind, Map<String, Position>> defined = new EnumMap<>(ComponentKind.class);
    for (ComponentKind kind : ComponentKind.values()) {
      Map<ComponentId, ComponentConfig> found = new LinkedHashMap<>();
      Map<String, Position> names = new LinkedHashMap<>();
      Optional.ofNullable(sections.get(kind))
          .ifPresent(node -> decodeSection(kind, node, found, names));
      components.put(kind, found);
      defined.put(kind, names);
    }
    requireSection(ComponentKind.RECEIVER, root, defined);
    requireSection(ComponentKind.EXPORTER, root, defined);
    ConfigNode serviceNode = root.get("service").orElse(ConfigNode.MapNode.empty(root.position()));
    Service service = SERVICE.decode(serviceNode, at.child("service")).orElseGet(SERVICE::defaults);
    Map<PipelineId, PipelineConfig> pipelines =
        pipelines(service, serviceNode, at.child("service"));
    PipelineChecks checks = new PipelineChecks(components, defined, problems);
    checks.check(pipelines.values(), service.extensions());
    problems.throwIfErrors();
    ServiceConfig config =
        new ServiceConfig(
            of(components, ComponentKind.RECEIVER),
            of(components, ComponentKind.PROCESSOR),
            of(components, ComponentKind.EXPORTER),
            of(components, ComponentKind.CONNECTOR),
            of(components, ComponentKind.EXTENSION),
            service.extensions(),
            pipelines,
            service.telemetry(),
            service.tenants(),
            checks.unused());
    return new Decoded(config, problems.warnings());
  }

  private static Map<ComponentId, ComponentConfig> of(
      Map<ComponentKind, Map<ComponentId, ComponentConfig>> components, ComponentKind kind) {
    return components.getOrDefault(kind, Map.of());
  }

  private void requireSection(
      ComponentKind kind,
      ConfigNode.MapNode root,
      Map<ComponentKind, Map<String, Position>> defined) {
    if (defined.getOrDefault(kind, Map.of()).isEmpty()
        && !featureGates.contains(NO_PIPELINES_GATE)) {
      String message =
          "no " + kind.label() + " configuration specified in config (expected: at least one)";
      problems.error(root.keyPosition(kind.section()), kind.section(), message);
    }
  }

  /// @param names receives every id of the section, also of a component that could not be decoded
  private void decodeSection(
      ComponentKind kind,
      ConfigNode node,
      Map<ComponentId, ComponentConfig> found,
      Map<String, Position> names) {
    if (!(node instanceof ConfigNode.MapNode map)) {
      new Decoding(kind.section(), problems).expected(node, "a map from ids to settings");
      return;
    }
    map.entries()
        .forEach(
            (key, entry) -> {
              Decoding at = new Decoding(kind.section() + "::" + key, problems);
              try {
                ComponentId id = ComponentId.parse(key);
                if (names.putIfAbsent(id.toString(), entry.keyPosition()) != null) {
                  at.error(entry.keyPosition(), "id \"" + id + "\" is defined twice");
                }
                decodeComponent(kind, id, entry, at)
                    .ifPresent(component -> found.put(id, component));
              } catch (IllegalArgumentException e) {
                at.error(entry.keyPosition(), String.valueOf(e.getMessage()));
              }
            });
  }

  private Optional<ComponentConfig> decodeComponent(
      ComponentKind kind, ComponentId id, ConfigNode.Entry entry, Decoding at) {
    Optional<ComponentDescriptor<?>> known = catalog.find(kind, id.type());
    if (known.isEmpty()) {
      List<String> valid =
          catalog.components(kind).stream().map(ComponentDescriptor::type).sorted().toList();
      String hint = Nearest.hint(id.type(), valid);
      String message = "unknown type: \"" + id.type() + "\" for id: \"" + id + "\"" + hint;
      at.error(
          entry.keyPosition(),
          message + " (valid values: " + valid + ")" + otherKind(kind, id.type()));
      return Optional.empty();
    }
    ComponentDescriptor<?> descriptor = known.get();
    if (!descriptor.type().equals(id.type())) {
      at.warn(
          entry.keyPosition(),
          "\"" + id.type() + "\" alias is deprecated; use \"" + descriptor.type() + "\" instead");
    }
    descriptor
        .replacement()
        .ifPresent(modern -> at.warn(entry.keyPosition(), "is deprecated; use " + modern));
    ConfigNode body = entry.value();
    boolean required = false;
    boolean own =
        descriptor.schema().fields().stream().anyMatch(field -> field.key().equals(REQUIRED));
    if (kind == ComponentKind.EXPORTER && !own && body instanceof ConfigNode.MapNode map) {
      Optional<ConfigNode> value = map.get(REQUIRED);
      required =
          value.flatMap(flag -> ConfigTypes.bool().decode(flag, at.child(REQUIRED))).orElse(false);
      body = value.isPresent() ? map.without(REQUIRED) : map;
    }
    // A body that is absent has no position of its own, so that errors about it point at the key.
    ConfigNode placed =
        body instanceof ConfigNode.NullNode ? ConfigNode.MapNode.empty(entry.keyPosition()) : body;
    boolean isRequired = required;
    return descriptor
        .schema()
        .decode(placed, at)
        .map(
            settings ->
                new ComponentConfig(
                    id, descriptor, entry.keyPosition(), entry.value(), settings, isRequired));
  }

  private String otherKind(ComponentKind kind, String type) {
    return Arrays.stream(ComponentKind.values())
        .filter(other -> other != kind && catalog.find(other, type).isPresent())
        .findFirst()
        .map(
            other ->
                "; \""
                    + type
                    + "\" is of kind "
                    + other.label()
                    + " and belongs under "
                    + other.section())
        .orElse("");
  }

  private Map<PipelineId, PipelineConfig> pipelines(
      Service service, ConfigNode serviceNode, Decoding at) {
    Map<PipelineId, PipelineConfig> pipelines = new LinkedHashMap<>();
    ConfigNode node = service.pipelines().orElse(ConfigNode.MapNode.empty(serviceNode.position()));
    Decoding inside = at.child("pipelines");
    if (!(node instanceof ConfigNode.MapNode map)) {
      inside.expected(node, "a map from traces, metrics and logs to pipelines");
      return pipelines;
    }
    if (map.entries().isEmpty() && !featureGates.contains(NO_PIPELINES_GATE)) {
      inside.error(map.position(), "service must have at least one pipeline");
    }
    map.entries()
        .forEach(
            (key, entry) -> {
              Decoding pipeline = inside.child(key);
              try {
                PipelineId id = PipelineId.parse(key);
                ConfigNode body = entry.value();
                ConfigNode placed =
                    body instanceof ConfigNode.NullNode
                        ? ConfigNode.MapNode.empty(entry.keyPosition())
                        : body;
                PipelineConfig.SCHEMA
                    .decode(placed, pipeline)
                    .map(
                        lists ->
                            new PipelineConfig(
                                id,
                                entry.keyPosition(),
                                lists.receivers(),
                                lists.processors(),
                                lists.exporters()))
                    .ifPresent(
                        decoded -> {
                          if (pipelines.putIfAbsent(id, decoded) != null) {
                            pipeline.error(
                                entry.keyPosition(), "pipeline \"" + id + "\" is defined twice");
                          }
                        });
              } catch (IllegalArgumentException e) {
                pipeline.error(entry.keyPosition(), String.valueOf(e.getMessage()));
              }
            });
    return pipelines;
  }
}
