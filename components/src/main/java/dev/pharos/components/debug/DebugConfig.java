package dev.pharos.components.debug;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.settings.QueueSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The keys of exporters `debug` and `logging`.
///
/// @param samplingInitial batches printed each second before sampling begins
/// @param samplingThereafter after those every so manieth is printed; 0 for none
/// @param useInternalLogger whether Pharos's own log takes the text
/// @param outputPaths files, `stdout` or `stderr`, if it does not
public record DebugConfig(
    Verbosity verbosity,
    int samplingInitial,
    int samplingThereafter,
    boolean useInternalLogger,
    List<String> outputPaths) {
  /// How much is printed.
  public enum Verbosity {
    /// One line a batch.
    BASIC,
    /// One line an item.
    NORMAL,
    /// Every field.
    DETAILED
  }

  private enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  private static final ConfigType<Verbosity> VERBOSITY =
      ConfigTypes.choice(
          List.of(Verbosity.values()), value -> value.name().toLowerCase(Locale.ROOT), true);

  private static final ConfigType<LogLevel> LOG_LEVEL =
      ConfigTypes.choice(
          List.of(LogLevel.values()), value -> value.name().toLowerCase(Locale.ROOT), true);

  public static final ConfigSchema<DebugConfig> SCHEMA =
      ConfigSchema.<DebugConfig>of(
              keys -> {
                var config =
                    new DebugConfig(
                        keys.field(
                            "verbosity",
                            VERBOSITY,
                            "basic",
                            "basic: a line a batch; normal: a line an item; detailed: every field"),
                        keys.count(
                            "sampling_initial",
                            2,
                            "batches printed each second before sampling begins"),
                        keys.count(
                            "sampling_thereafter",
                            1,
                            "every so manieth batch is printed after those; 0 means none"),
                        keys.bool(
                            "use_internal_logger",
                            true,
                            "whether the text goes to Pharos's own log"),
                        keys.field(
                            "output_paths",
                            ConfigTypes.texts(),
                            "[stdout]",
                            "where it goes otherwise: files, stdout, stderr"));
                keys.section(
                    "sending_queue",
                    QueueSettings.SCHEMA.withDefaults(Map.of("enabled", "false")),
                    "has no effect: printing never waits");
                return config;
              })
          .check(
              (config, check) -> {
                if (!config.useInternalLogger && config.outputPaths.isEmpty()) {
                  check.error(
                      "output_paths", "must not be empty (expected: files, stdout or stderr)");
                }
                if (config.useInternalLogger && check.has("output_paths")) {
                  check.warn("output_paths", "has no effect while use_internal_logger is true");
                }
              });

  /// The keys of `logging`, whose `loglevel` became `verbosity`.
  static final ConfigSchema<DebugConfig> LOGGING_SCHEMA =
      ConfigSchema.of(
          keys -> {
            Optional<LogLevel> level =
                keys.deprecated(
                    "loglevel",
                    LOG_LEVEL,
                    "use verbosity: detailed for debug, normal for info, basic otherwise");
            Verbosity verbosity =
                keys.field("verbosity", VERBOSITY, "normal", "as of exporter debug");
            return new DebugConfig(
                keys.has("verbosity")
                    ? verbosity
                    : level.map(DebugConfig::verbosity).orElse(verbosity),
                keys.count(
                    "sampling_initial", 2, "batches printed each second before sampling begins"),
                keys.count(
                    "sampling_thereafter",
                    500,
                    "every so manieth batch is printed after those; 0 means none"),
                true,
                List.of());
          });

  private static Verbosity verbosity(LogLevel level) {
    return switch (level) {
      case DEBUG -> Verbosity.DETAILED;
      case INFO -> Verbosity.NORMAL;
      case WARN, ERROR -> Verbosity.BASIC;
    };
  }
}
