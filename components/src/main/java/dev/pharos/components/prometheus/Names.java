package dev.pharos.components.prometheus;

import dev.pharos.model.naming.MetricNames;

/// Prometheus names of metrics and attributes by the configured strategy. Immutable; any thread.
record Names(PrometheusConfig.Strategy strategy, String namespace) {
  Names {
    namespace =
        namespace.isEmpty() || !escapes(strategy)
            ? namespace
            : MetricNames.metric(namespace, "", false, false);
  }

  private static boolean escapes(PrometheusConfig.Strategy strategy) {
    return switch (strategy) {
      case UnderscoreEscapingWithSuffixes, UnderscoreEscapingWithoutSuffixes -> true;
      case NoUTF8EscapingWithSuffixes, NoTranslation -> false;
    };
  }

  /// The family's name.
  String metric(String name, String unit, boolean monotonicSum, boolean gauge) {
    String own =
        switch (strategy) {
          case UnderscoreEscapingWithSuffixes ->
              MetricNames.metric(name, unit, monotonicSum, gauge);
          case UnderscoreEscapingWithoutSuffixes -> MetricNames.metric(name, "", false, false);
          case NoUTF8EscapingWithSuffixes -> suffixed(name, unit, monotonicSum, gauge);
          case NoTranslation -> name;
        };
    return namespace.isEmpty() ? own : namespace + "_" + own;
  }

  private static String suffixed(String name, String unit, boolean monotonicSum, boolean gauge) {
    String suffix = MetricNames.metric("x", unit, monotonicSum, gauge).substring(1);
    return name.endsWith(suffix) ? name : name + suffix;
  }

  String label(String key) {
    return escapes(strategy) ? MetricNames.label(key) : key;
  }
}
