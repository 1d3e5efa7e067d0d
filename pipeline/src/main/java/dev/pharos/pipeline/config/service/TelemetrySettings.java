package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Fields;
import dev.pharos.pipeline.config.settings.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What Pharos tells about itself: `service.telemetry`.
///
/// @param resource attributes of its own telemetry, as written; a null takes an automatic attribute away
public record TelemetrySettings(Logs logs, Metrics metrics, Traces traces, Object resource) {
  /// From which level on a log line is written.
  public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR,
    DPANIC,
    PANIC,
    FATAL
  }

  /// How much is measured.
  public enum Level {
    NONE,
    BASIC,
    NORMAL,
    DETAILED
  }

  /// Own log lines.
  ///
  /// @param encoding `console` or `json`
  /// @param initialFields fields added to each line, as written
  /// @param processors where lines are sent beside the output paths, as written
  public record Logs(
      LogLevel level,
      String encoding,
      boolean development,
      boolean disableCaller,
      boolean disableStacktrace,
      Sampling sampling,
      List<String> outputPaths,
      List<String> errorOutputPaths,
      Object initialFields,
      List<Object> processors,
      boolean disableZapResource) {}

  /// Repeated log lines: in each `tick` the first `initial` of a kind are written, then each `thereafter`-th.
  public record Sampling(boolean enabled, Duration tick, int initial, int thereafter) {}

  /// Own metrics.
  ///
  /// @param views as written
  public record Metrics(Level level, List<MetricReader> readers, List<Object> views) {}

  /// Own traces.
  ///
  /// @param processors where spans are sent, as written
  public record Traces(Level level, List<String> propagators, List<Object> processors) {}

  private static final String DEFAULT_READERS =
      "[{pull: {exporter: {prometheus: {host: localhost, port: 8888, without_scope_info: true,"
          + " without_units: true, without_type_suffix: true}}}}]";
  private static final ConfigType<String> ENCODING =
      ConfigTypes.choice(List.of("console", "json"), encoding -> encoding, false);
  private static final ConfigType<List<Object>> ANYTHING = ConfigTypes.list(ConfigTypes.any());

  private static final ConfigSchema<Sampling> SAMPLING =
      ConfigSchema.of(
          keys ->
              new Sampling(
                  keys.bool("enabled", true, "whether repeated lines are thinned out"),
                  keys.duration("tick", "10s", "the time in which lines are counted"),
                  keys.count("initial", 10, "how many of a kind are written in it"),
                  keys.count("thereafter", 100, "then each so-many-th")));

  private static final ConfigSchema<Logs> LOGS =
      ConfigSchema.of(
          keys ->
              new Logs(
                  keys.field(
                      "level",
                      choice(LogLevel.values()),
                      "info",
                      "the lowest level that is written"),
                  keys.field(
                      "encoding", ENCODING, "console", "the form of a line: console or json"),
                  keys.bool("development", false, "accepted and not used"),
                  keys.bool(
                      "disable_caller",
                      false,
                      "whether lines go without the place that wrote them"),
                  keys.bool("disable_stacktrace", false, "accepted; no stack traces are written"),
                  keys.section("sampling", SAMPLING, "repeated lines"),
                  keys.field(
                      "output_paths", ConfigTypes.texts(), "[stderr]", "files, stdout or stderr"),
                  keys.field(
                      "error_output_paths",
                      ConfigTypes.texts(),
                      "[stderr]",
                      "for errors of the logging itself"),
                  keys.field(
                      "initial_fields", ConfigTypes.any(), "{}", "fields added to each line"),
                  keys.field(
                      "processors", ANYTHING, "[]", "where lines are sent beside the output paths"),
                  keys.bool(
                      "disable_zap_resource", false, "whether lines go without the resource")));

  private static final ConfigSchema<Metrics> METRICS =
      ConfigSchema.of(TelemetrySettings::metrics).check(TelemetrySettings::checkMetrics);

  private static final ConfigSchema<Traces> TRACES =
      ConfigSchema.of(
          keys ->
              new Traces(
                  keys.field("level", choice(Level.values()), "basic", "how much is traced"),
                  keys.texts("propagators", "formats of the trace context, such as tracecontext"),
                  keys.field("processors", ANYTHING, "[]", "where spans are sent")));

  /// The section `service::telemetry`.
  public static final ConfigSchema<TelemetrySettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new TelemetrySettings(
                  keys.section("logs", LOGS, "own log lines"),
                  keys.section("metrics", METRICS, "own metrics"),
                  keys.section("traces", TRACES, "own traces"),
                  keys.field(
                      "resource",
                      ConfigTypes.any(),
                      "{}",
                      "attributes of own telemetry; null takes one away")));

  private static Metrics metrics(Fields keys) {
    Level level =
        keys.field("level", choice(Level.values()), "normal", "none, basic, normal or detailed");
    List<MetricReader> readers =
        keys.field("readers", ConfigTypes.list(MetricReader.SCHEMA), DEFAULT_READERS, "ways out");
    List<Object> views =
        keys.field("views", ANYTHING, "[]", "changes to own metrics; only with level detailed");
    ConfigType<String> listen =
        ConfigTypes.checked(
            "address",
            ConfigTypes.address(),
            (_, text) ->
                ListenAddress.parse(text).isEmpty() ? Optional.of("host:port") : Optional.empty());
    Optional<String> address =
        keys.deprecated(
            "address", listen, "use readers with a pull exporter prometheus (host and port)");
    if (!keys.has("readers")) {
      readers =
          address
              .flatMap(ListenAddress::parse)
              .map(TelemetrySettings::reader)
              .map(List::of)
              .orElse(readers);
    }
    return new Metrics(level, readers, views);
  }

  private static MetricReader reader(ListenAddress at) {
    PrometheusReader reader =
        new PrometheusReader(at.host(), at.port(), true, true, true, "", Optional.empty());
    return new MetricReader(Optional.of(reader), Optional.empty());
  }

  private static void checkMetrics(Metrics metrics, Check check) {
    if (metrics.level != Level.NONE && metrics.readers.isEmpty()) {
      check.error("readers", "must have at least one reader unless level is none");
    }
    if (metrics.level != Level.DETAILED && !metrics.views.isEmpty()) {
      check.error("views", "are only allowed with level detailed");
    }
  }

  private static <E extends Enum<E>> ConfigType<E> choice(E[] values) {
    return ConfigTypes.choice(
        List.of(values), value -> value.name().toLowerCase(Locale.ROOT), true);
  }
}
