package dev.pharos.pipeline.config.service;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.schema.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A catalog of components that do nothing.
final class TestCatalog {
  record Nothing() {}

  record Opaque(Secret opaque, String other) {}

  record Timeout(Duration timeout) {}

  record Listen(Optional<String> grpc, Optional<String> http) {}

  static final ConfigSchema<Nothing> NOTHING = ConfigSchema.empty(new Nothing());
  private static final ConfigSchema<Opaque> OPAQUE =
      ConfigSchema.of(
          keys ->
              new Opaque(
                  keys.field("opaque", ConfigTypes.secret(), "", "a secret"),
                  keys.text("other", "", "no secret")));
  private static final ConfigSchema<Timeout> TIMEOUT =
      ConfigSchema.<Timeout>of(keys -> new Timeout(keys.duration("timeout", "1s", "how long")))
          .check(
              (settings, check) -> {
                if (settings.timeout().isNegative()) {
                  check.error("timeout", settings.timeout() + " (expected: not negative)");
                }
              });
  private static final ConfigSchema<String> ENDPOINT =
      ConfigSchema.of(
          keys -> keys.field("endpoint", ConfigTypes.address(), "localhost:1", "where"));
  private static final ConfigSchema<Listen> PROTOCOLS =
      ConfigSchema.of(
          keys ->
              new Listen(
                  keys.optional("grpc", ENDPOINT, "gRPC"),
                  keys.optional("http", ENDPOINT, "HTTP")));
  private static final ConfigSchema<Listen> OTLP =
      ConfigSchema.of(keys -> keys.section("protocols", PROTOCOLS, "protocols"));
  private static final ConfigSchema<String> DEBUG =
      ConfigSchema.of(
          keys -> {
            String verbosity = keys.text("verbosity", "basic", "how much");
            return keys.deprecated("loglevel", ConfigTypes.text(), "use verbosity")
                .orElse(verbosity);
          });
  private static final ConfigSchema<String> BACKEND =
      ConfigSchema.of(keys -> keys.field("endpoint", ConfigTypes.address(), "", "where"));

  private TestCatalog() {}

  static ComponentCatalog catalog() {
    Signal[] all = Signal.values();
    List<ComponentDescriptor<?>> components = new ArrayList<>();
    for (ComponentKind kind :
        List.of(ComponentKind.RECEIVER, ComponentKind.PROCESSOR, ComponentKind.EXPORTER)) {
      components.add(ComponentDescriptor.of(kind, "nop", NOTHING, Stability.STABLE, all));
    }
    components.add(
        ComponentDescriptor.of(
            ComponentKind.RECEIVER, "nop_logs", NOTHING, Stability.BETA, Signal.LOGS));
    components.add(
        ComponentDescriptor.of(ComponentKind.RECEIVER, "otlp", OTLP, Stability.STABLE, all));
    components.add(
        ComponentDescriptor.of(ComponentKind.RECEIVER, "r", OPAQUE, Stability.STABLE, all));
    components.add(
        ComponentDescriptor.of(ComponentKind.PROCESSOR, "batch", NOTHING, Stability.BETA, all));
    components.add(
        ComponentDescriptor.of(
            ComponentKind.PROCESSOR, "unhealthy", NOTHING, Stability.ALPHA, all));
    components.add(
        ComponentDescriptor.of(ComponentKind.EXPORTER, "e", TIMEOUT, Stability.STABLE, all));
    components.add(
        ComponentDescriptor.of(ComponentKind.EXPORTER, "debug", DEBUG, Stability.STABLE, all)
            .withAliases("logging"));
    components.add(
        ComponentDescriptor.of(ComponentKind.EXPORTER, "otlp_grpc", BACKEND, Stability.STABLE, all)
            .withAliases("otlp"));
    components.add(
        ComponentDescriptor.of(
            ComponentKind.EXPORTER, "prometheus", BACKEND, Stability.STABLE, Signal.METRICS));
    components.add(
        ComponentDescriptor.of(
                ComponentKind.EXPORTER, "jaeger", BACKEND, Stability.DEPRECATED, Signal.TRACES)
            .replacedBy("otlp_grpc"));
    List<SignalPair> pairs = new ArrayList<>();
    for (Signal from : all) {
      for (Signal to : all) {
        pairs.add(new SignalPair(from, to));
      }
    }
    components.add(
        ComponentDescriptor.connector(
            "nop", NOTHING, Stability.DEVELOPMENT, pairs.toArray(new SignalPair[0])));
    components.add(
        ComponentDescriptor.connector(
            "count", NOTHING, Stability.ALPHA, new SignalPair(Signal.TRACES, Signal.METRICS)));
    for (String type : List.of("nop", "statuswatcher", "zpages")) {
      components.add(
          ComponentDescriptor.of(ComponentKind.EXTENSION, type, NOTHING, Stability.STABLE));
    }
    return () -> List.copyOf(components);
  }
}
