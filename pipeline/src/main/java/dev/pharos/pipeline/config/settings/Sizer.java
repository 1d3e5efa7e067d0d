package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;
import java.util.Locale;

/// The unit in which a queue or a batch is measured.
public enum Sizer {
  /// Requests as they came.
  REQUESTS,
  /// Spans, log records or data points.
  ITEMS,
  /// Bytes of OTLP protobuf.
  BYTES;

  /// How it is written in a configuration.
  public static final ConfigType<Sizer> TYPE =
      ConfigTypes.choice(List.of(values()), Sizer::spelling, false);

  /// `requests`, `items` or `bytes`.
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
