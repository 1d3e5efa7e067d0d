package dev.pharos.components.jaeger;

import dev.pharos.model.Failure;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes `jaeger` exporters, which this version cannot send with: Jaeger's own wire formats are missing. They take no
/// span, so that nothing is acknowledged and thrown away; beside another exporter they only say so.
public final class JaegerFactory implements Factory.OfExporter<JaegerConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(JaegerFactory.class);

  @Override
  public ComponentDescriptor<JaegerConfig> descriptor() {
    return ComponentDescriptor.of(
            ComponentKind.EXPORTER,
            "jaeger",
            JaegerConfig.SCHEMA,
            Stability.DEPRECATED,
            Signal.TRACES)
        .withAliases("jaeger_grpc")
        .replacedBy("otlp_grpc, which Jaeger takes on port 4317");
  }

  @Override
  public Exporter create(Setup setup, JaegerConfig config) {
    String reason =
        setup.owner()
            + " cannot send to "
            + config.client().endpoint()
            + ": Jaeger's own wire formats are not supported; use exporter otlp_grpc, which Jaeger takes on port 4317";
    Sink<SpanBatch> refusing =
        parcel -> parcel.acknowledgement().fail(Failure.retryable(Cause.NO_DESTINATION, reason));
    return new Exporter() {
      @Override
      public Sinks sinks() {
        return Sinks.NONE.with(Signal.TRACES, refusing);
      }

      @Override
      public Durability durability() {
        return Durability.NONE;
      }

      @Override
      public void start() {
        LOG.warn("{}", reason);
      }
    };
  }
}
