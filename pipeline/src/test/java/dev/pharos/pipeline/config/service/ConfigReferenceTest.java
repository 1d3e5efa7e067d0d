package dev.pharos.pipeline.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  @Test
  void listsEveryKeyWithTypeDefaultAndPurpose() {
    assertThat(ConfigReference.markdown(TestCatalog.catalog()))
        .contains(
            "### otlp\n\nStability: Stable. Signals: traces, metrics, logs.\n",
            "| `protocols` | section |  | protocols |\n",
            "| `protocols::grpc` | section | off | gRPC |\n",
            "| `protocols::grpc::endpoint` | address | `localhost:1` | where |\n",
            "Old names: `logging`.",
            "| `loglevel` | text | – | deprecated: use verbosity |\n",
            "Deprecated: use otlp_grpc.",
            "| `telemetry::metrics::level` | one of none, basic, normal, detailed | `normal` |");
  }
}
