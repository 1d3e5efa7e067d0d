package dev.pharos.components.attributes;

import dev.pharos.model.ValueType;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import dev.pharos.model.edit.LogEditor;
import dev.pharos.model.edit.MetricEditor;
import dev.pharos.model.edit.ScopeEditor;
import dev.pharos.model.edit.SpanEditor;
import java.util.List;
import java.util.Optional;

/// A compiled [MatchConfig]: whether the item that an editor stands on matches. Immutable; any thread.
final class Criteria {
  /// What a Resource without service.name counts as in the Collector.
  private static final String NO_SERVICE = "<nil-service-name>";

  private static final String[] KINDS = {
    "SPAN_KIND_UNSPECIFIED",
    "SPAN_KIND_INTERNAL",
    "SPAN_KIND_SERVER",
    "SPAN_KIND_CLIENT",
    "SPAN_KIND_PRODUCER",
    "SPAN_KIND_CONSUMER"
  };

  private record LibraryMatch(TextMatch name, Optional<TextMatch> version, boolean withoutVersion) {
    boolean holds(ScopeEditor scope) {
      return name.matches(scope.name())
          && (withoutVersion
              ? scope.version().isEmpty()
              : version.map(v -> v.matches(scope.version())).orElse(true));
    }
  }

  private final TextMatch services;
  private final TextMatch spanNames;
  private final TextMatch spanKinds;
  private final TextMatch logBodies;
  private final TextMatch logSeverityTexts;
  private final Optional<MatchConfig.Severity> logSeverity;
  private final TextMatch metricNames;
  private final List<AttributeMatch> attributes;
  private final List<AttributeMatch> resources;
  private final List<LibraryMatch> libraries;

  Criteria(MatchConfig config) {
    boolean regexp = config.regexp();
    services = TextMatch.of(config.services(), regexp);
    spanNames = TextMatch.of(config.spanNames(), regexp);
    spanKinds = TextMatch.of(config.spanKinds(), regexp);
    logBodies = TextMatch.of(config.logBodies(), regexp);
    logSeverityTexts = TextMatch.of(config.logSeverityTexts(), regexp);
    logSeverity = config.logSeverity();
    metricNames = TextMatch.of(config.metricNames(), regexp);
    attributes = AttributeMatch.of(config.attributes(), regexp);
    resources = AttributeMatch.of(config.resources(), regexp);
    libraries =
        config.libraries().stream()
            .map(
                library ->
                    new LibraryMatch(
                        TextMatch.of(List.of(library.name()), regexp),
                        library.version().map(version -> TextMatch.of(List.of(version), regexp)),
                        library.version().filter(String::isEmpty).isPresent()))
            .toList();
  }

  boolean match(BatchEditor<?> item) {
    boolean own =
        switch (item) {
          case SpanEditor span -> matchSpan(span);
          case LogEditor log -> matchLog(log);
          case MetricEditor point -> metricNames.isEmpty() || metricNames.matches(point.name());
        };
    return own
        && matchResource(item)
        && (libraries.isEmpty() || matchScope(item.scope()))
        && AttributeMatch.all(attributes, item, item.attributes());
  }

  private boolean matchSpan(SpanEditor span) {
    if (!spanNames.isEmpty() && !spanNames.matches(span.name())) {
      return false;
    }
    return spanKinds.isEmpty()
        || (span.kind() < KINDS.length && spanKinds.matches(KINDS[span.kind()]));
  }

  private boolean matchLog(LogEditor log) {
    if (!logBodies.isEmpty()
        && !(log.bodyType() == ValueType.STRING && logBodies.matches(log.bodyText()))) {
      return false;
    }
    if (!logSeverityTexts.isEmpty() && !logSeverityTexts.matches(log.severityText())) {
      return false;
    }
    return logSeverity.isEmpty() || matches(logSeverity.get(), log.severityNumber());
  }

  private static boolean matches(MatchConfig.Severity wanted, int number) {
    return number == 0 ? wanted.matchUndefined() : number >= wanted.min();
  }

  private boolean matchResource(BatchEditor<?> item) {
    if (services.isEmpty() && resources.isEmpty()) {
      return true;
    }
    Attributes resource = item.resource().attributes();
    if (!services.isEmpty()
        && !services.matches(resource.text("service.name").orElse(NO_SERVICE))) {
      return false;
    }
    return AttributeMatch.all(resources, item, resource);
  }

  private boolean matchScope(ScopeEditor scope) {
    for (LibraryMatch library : libraries) {
      if (library.holds(scope)) {
        return true;
      }
    }
    return false;
  }
}
