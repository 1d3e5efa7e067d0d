package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;

/// One pipeline: who feeds it, what happens in it in order, where it ends. A connector may stand among its receivers
/// and exporters.
///
/// @param position where its key stands
public record PipelineConfig(
    PipelineId id,
    Position position,
    List<Reference> receivers,
    List<Reference> processors,
    List<Reference> exporters) {
  /// The three lists of a pipeline's section.
  record Lists(List<Reference> receivers, List<Reference> processors, List<Reference> exporters) {}

  static final ConfigSchema<Lists> SCHEMA = schema();

  private static ConfigSchema<Lists> schema() {
    ConfigType<List<Reference>> ids = ConfigTypes.list(Reference.TYPE);
    return ConfigSchema.<Lists>of(
            keys ->
                new Lists(
                    keys.field("receivers", ids, "[]", "the receivers or connectors that feed it"),
                    keys.field(
                        "processors",
                        ids,
                        "[]",
                        "the processors, in the order in which data meets them"),
                    keys.field(
                        "exporters", ids, "[]", "the exporters or connectors that get its data")))
        .check(
            (lists, check) -> {
              if (lists.receivers.isEmpty()) {
                check.error("must have at least one receiver");
              }
              if (lists.exporters.isEmpty()) {
                check.error("must have at least one exporter");
              }
            });
  }

  /// Where it stands in the configuration: `service::pipelines::traces`.
  public String path() {
    return "service::pipelines::" + id;
  }
}
