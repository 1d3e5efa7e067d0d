package dev.pharos.app;

import dev.pharos.components.otlp.receiver.OtlpReceiverConfig;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.ComponentConfig;
import dev.pharos.pipeline.config.service.PipelineConfig;
import dev.pharos.pipeline.config.service.PipelineId;
import dev.pharos.pipeline.config.service.Reference;
import dev.pharos.pipeline.config.service.ServiceConfig;
import dev.pharos.transport.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the built-in pipelines fed where a user's receiver takes an address over from the built-in one: what arrives
/// there goes to the user's pipelines and, as before, to the built-in ones.
final class BuiltInPipelines {
  private static final String NAME = "pharos";
  private static final ComponentId RECEIVER = new ComponentId("otlp", NAME);

  private BuiltInPipelines() {}

  /// The configuration in which every built-in pipeline also reads from the `otlp` receivers that share a port with
  /// `otlp/pharos`; as it is where there are none.
  static ServiceConfig fed(ServiceConfig config) {
    Set<Integer> taken = ports(config, RECEIVER);
    List<ComponentConfig> others =
        config.receivers().values().stream()
            .filter(receiver -> !receiver.id().name().equals(NAME))
            .filter(receiver -> ports(config, receiver.id()).stream().anyMatch(taken::contains))
            .toList();
    if (others.isEmpty()) {
      return config;
    }
    Map<PipelineId, PipelineConfig> pipelines = new LinkedHashMap<>();
    config
        .pipelines()
        .forEach(
            (id, pipeline) ->
                pipelines.put(id, id.name().equals(NAME) ? fed(pipeline, others) : pipeline));
    return config.with(pipelines);
  }

  private static PipelineConfig fed(PipelineConfig pipeline, List<ComponentConfig> others) {
    if (pipeline.receivers().stream().noneMatch(reference -> reference.id().equals(RECEIVER))) {
      return pipeline;
    }
    List<Reference> receivers = new ArrayList<>(pipeline.receivers());
    others.forEach(other -> receivers.add(new Reference(other.id(), other.position())));
    return new PipelineConfig(
        pipeline.id(),
        pipeline.position(),
        List.copyOf(receivers),
        pipeline.processors(),
        pipeline.exporters());
  }

  /// The ports of a receiver, if it is one of OTLP; 0 is nobody's.
  private static Set<Integer> ports(ServiceConfig config, ComponentId id) {
    ComponentConfig receiver = config.receivers().get(id);
    if (receiver == null || !(receiver.settings() instanceof OtlpReceiverConfig otlp)) {
      return Set.of();
    }
    return Stream.concat(
            otlp.grpc().map(grpc -> grpc.endpoint()).stream(),
            otlp.http().map(http -> http.server().endpoint()).stream())
        .map(endpoint -> Address.parse(endpoint).port())
        .filter(port -> port != 0)
        .collect(Collectors.toSet());
  }
}
