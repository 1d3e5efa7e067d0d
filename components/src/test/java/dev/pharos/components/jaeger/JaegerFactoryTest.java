package dev.pharos.components.jaeger;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.errors;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import org.junit.jupiter.api.Test;

class JaegerFactoryTest {
  @Test
  void refusesEverySpanWithTheReason() throws Exception {
    JaegerConfig config = config(JaegerConfig.SCHEMA, "endpoint: jaeger:14268");
    Exporter exporter = new JaegerFactory().create(setup("jaeger", new Registry()), config);
    var answer = new Answer();
    exporter
        .sinks()
        .traces()
        .orElseThrow()
        .accept(
            Parcel.of(
                Samples.spans(0, 1), Tenant.DEFAULT, RequestKey.NONE, answer.acknowledgement()));
    Failure failure = answer.get().failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.NO_DESTINATION);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.message()).contains("jaeger (test.yaml:1:1)", "jaeger:14268", "otlp_grpc");
    assertThat(exporter.durability()).isEqualTo(Durability.NONE);
  }

  @Test
  void isDeprecatedInFavourOfOtlp() {
    assertThat(new JaegerFactory().descriptor().replacement().orElseThrow()).contains("otlp_grpc");
    assertThat(errors(JaegerConfig.SCHEMA, "")).singleElement().asString().contains("endpoint");
  }
}
