package dev.pharos.components.attributes;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which items a processor is for: every criterion that is given must be met; of a list of texts one item, of a list of
/// attributes each.
public record MatchConfig(
    boolean regexp,
    List<String> services,
    List<String> spanNames,
    List<String> spanKinds,
    List<String> logBodies,
    List<String> logSeverityTexts,
    Optional<Severity> logSeverity,
    List<String> metricNames,
    List<Attribute> attributes,
    List<Attribute> resources,
    List<Library> libraries) {
  /// An attribute that must be there, with this value if one is given.
  public record Attribute(String key, Optional<Object> value) {}

  /// An instrumentation scope; an empty version means that it must have none.
  public record Library(String name, Optional<String> version) {}

  /// The lowest severity number, and whether records without one match.
  public record Severity(int min, boolean matchUndefined) {}

  private static final ConfigType<Boolean> REGEXP =
      ConfigTypes.choice(List.of(false, true), regexp -> regexp ? "regexp" : "strict", false);

  private static final ConfigSchema<Attribute> ATTRIBUTE =
      ConfigSchema.<Attribute>of(
              keys ->
                  new Attribute(
                      keys.text("key", "", "the attribute's key"),
                      keys.optional(
                          "value", ConfigTypes.any(), "its value; any if the key is not set")))
          .check(
              (attribute, check) -> {
                if (attribute.key.isEmpty()) {
                  check.error("key", "is missing (expected: the key of an attribute)");
                }
              });

  private static final ConfigSchema<Library> LIBRARY =
      ConfigSchema.of(
          keys ->
              new Library(
                  keys.text("name", "", "the scope's name"),
                  keys.optional(
                      "version", ConfigTypes.text(), "its version; any if the key is not set")));

  private static final ConfigSchema<Severity> SEVERITY =
      ConfigSchema.of(
          keys ->
              new Severity(
                  keys.field("min", ConfigTypes.integer(0, 24), "0", "the lowest severity number"),
                  keys.bool("match_undefined", false, "whether records without severity match")));

  private record Cache(boolean enabled, int entries) {}

  private static final ConfigSchema<Cache> CACHE =
      ConfigSchema.of(
          keys ->
              new Cache(
                  keys.bool("cacheenabled", false, "has no effect"),
                  keys.count("cachemaxnumentries", 0, "has no effect")));

  static final ConfigSchema<MatchConfig> SCHEMA =
      ConfigSchema.<MatchConfig>of(
              keys -> {
                var config =
                    new MatchConfig(
                        keys.field("match_type", REGEXP, "strict", "strict or regexp"),
                        keys.texts(
                            "services", "names of services (resource attribute service.name)"),
                        keys.texts("span_names", "names of spans"),
                        keys.texts("span_kinds", "kinds of spans, such as SPAN_KIND_SERVER"),
                        keys.texts("log_bodies", "bodies of log records that are texts"),
                        keys.texts("log_severity_texts", "severity texts of log records"),
                        keys.optional(
                            "log_severity_number", SEVERITY, "severity numbers of log records"),
                        keys.texts("metric_names", "names of metrics"),
                        keys.field(
                            "attributes",
                            ConfigTypes.list(ATTRIBUTE),
                            "[]",
                            "attributes of the item, each of which must match"),
                        keys.field(
                            "resources",
                            ConfigTypes.list(ATTRIBUTE),
                            "[]",
                            "attributes of its Resource, each of which must match"),
                        keys.field(
                            "libraries",
                            ConfigTypes.list(LIBRARY),
                            "[]",
                            "instrumentation scopes"));
                keys.section("regexp", CACHE, "settings of the Collector's cache of results");
                return config;
              })
          .check(MatchConfig::check);

  private static void check(MatchConfig config, Check check) {
    if (!check.has("match_type")) {
      check.error("match_type", "is missing (expected: strict or regexp)");
    }
    if (!config.regexp) {
      return;
    }
    List<String> patterns = new ArrayList<>(config.services);
    patterns.addAll(config.spanNames);
    patterns.addAll(config.spanKinds);
    patterns.addAll(config.logBodies);
    patterns.addAll(config.logSeverityTexts);
    patterns.addAll(config.metricNames);
    config.libraries.forEach(
        library -> {
          patterns.add(library.name);
          library.version.ifPresent(patterns::add);
        });
    for (String pattern : patterns) {
      refuseBadPattern("match_type", pattern, check);
    }
    checkValues("attributes", config.attributes, check);
    checkValues("resources", config.resources, check);
  }

  private static void checkValues(String key, List<Attribute> attributes, Check check) {
    for (Attribute attribute : attributes) {
      if (attribute.value.isPresent()) {
        if (attribute.value.get() instanceof String pattern) {
          refuseBadPattern(key, pattern, check);
        } else {
          check.error(
              key,
              attribute.value.get()
                  + " of "
                  + attribute.key
                  + " (expected: a text, with match_type regexp)");
        }
      }
    }
  }

  private static void refuseBadPattern(String key, String pattern, Check check) {
    try {
      var _ = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      check.error(
          key,
          "\"" + pattern + "\": " + e.getMessage() + " (expected: a regular expression of RE2)");
    }
  }

  /// Refuses criteria that items of a signal do not have.
  ///
  /// @throws ComponentException that names the owner
  void checkFor(Signal signal, String owner) {
    boolean ofSpans = !spanNames.isEmpty() || !spanKinds.isEmpty();
    boolean ofLogs = !logBodies.isEmpty() || !logSeverityTexts.isEmpty() || logSeverity.isPresent();
    boolean ofMetrics = !metricNames.isEmpty();
    boolean wrong =
        switch (signal) {
          case TRACES -> ofLogs || ofMetrics;
          case LOGS -> ofSpans || ofMetrics || !services.isEmpty();
          case METRICS -> ofSpans || ofLogs;
        };
    if (wrong) {
      String expected =
          switch (signal) {
            case TRACES -> "services, span_names, span_kinds, attributes, resources or libraries";
            case LOGS ->
                "log_bodies, log_severity_texts, log_severity_number, attributes, resources or libraries";
            case METRICS -> "services, metric_names, attributes, resources or libraries";
          };
      throw new ComponentException(
          owner
              + ": include or exclude asks for what "
              + signal.label()
              + " do not have (expected: "
              + expected
              + ")");
    }
    boolean common =
        !services.isEmpty()
            || !attributes.isEmpty()
            || !resources.isEmpty()
            || !libraries.isEmpty();
    if (!ofSpans && !ofLogs && !ofMetrics && !common) {
      throw new ComponentException(
          owner + ": include or exclude has no criterion (expected: at least one)");
    }
  }
}
