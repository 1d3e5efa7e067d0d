package dev.pharos.components.otlp.receiver;

import dev.pharos.components.listener.Claim;
import dev.pharos.components.listener.Listeners;
import dev.pharos.components.listener.ServerSettings;
import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Receiver;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import dev.pharos.pipeline.config.settings.GrpcServerSettings;
import dev.pharos.pipeline.config.settings.HttpServerSettings;
import dev.pharos.transport.Headers;
import dev.pharos.transport.Route;
import dev.pharos.wire.otlp.OtlpCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes `otlp` receivers: they claim their addresses and have nothing to start or stop themselves. Signals without a
/// pipeline are answered with 404 and UNIMPLEMENTED.
public final class OtlpReceiver implements Factory.OfReceiver<OtlpReceiverConfig> {
  private final Listeners listeners;
  private final Function<Headers, Tenant> tenants;

  /// @param tenants of a request's headers or metadata; throws [IllegalArgumentException] for one that is not valid
  public OtlpReceiver(Listeners listeners, Function<Headers, Tenant> tenants) {
    this.listeners = listeners;
    this.tenants = tenants;
  }

  @Override
  public ComponentDescriptor<OtlpReceiverConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.RECEIVER,
        "otlp",
        OtlpReceiverConfig.SCHEMA,
        Stability.STABLE,
        Signal.values());
  }

  @Override
  public Receiver create(Setup setup, OtlpReceiverConfig config, Sinks next) {
    List<OtlpSignal<?>> signals = new ArrayList<>();
    List<Signal> names = new ArrayList<>();
    add(signals, names, setup, OtlpCodec.TRACES, next.traces());
    add(signals, names, setup, OtlpCodec.METRICS, next.metrics());
    add(signals, names, setup, OtlpCodec.LOGS, next.logs());
    config
        .grpc()
        .ifPresent(grpc -> claimGrpc(setup, grpc, signals, names, strays(setup, config, "grpc")));
    config
        .http()
        .ifPresent(http -> claimHttp(setup, http, signals, names, strays(setup, config, "http")));
    return new Receiver() {};
  }

  private <B extends Batch> void add(
      List<OtlpSignal<?>> signals,
      List<Signal> names,
      Setup setup,
      OtlpCodec<B> codec,
      Optional<Sink<B>> next) {
    next.ifPresent(
        sink -> {
          signals.add(new OtlpSignal<>(codec, tenants, setup, sink));
          names.add(codec.signal());
        });
  }

  /// Where both protocols share a port, nothing on it is of the wrong one; ports that the system chooses are two.
  private static List<Route> strays(Setup setup, OtlpReceiverConfig config, String port) {
    Optional<String> grpc = config.grpc().map(GrpcServerSettings::endpoint);
    boolean shared =
        grpc.filter(endpoint -> !endpoint.endsWith(":0")).isPresent()
            && grpc.equals(config.http().map(http -> http.server().endpoint()));
    var misdirected = new Misdirected(setup.registry(), setup.id().toString());
    return shared ? List.of() : List.of(misdirected.at(port));
  }

  private void claimGrpc(
      Setup setup,
      GrpcServerSettings grpc,
      List<OtlpSignal<?>> signals,
      List<Signal> names,
      List<Route> strays) {
    List<Route> routes = new ArrayList<>(strays);
    int most = (int) Math.min(grpc.maxRecvMsgSizeBytes(), Integer.MAX_VALUE);
    for (int i = 0; i < signals.size(); i++) {
      String method = OtlpMethods.grpc(names.get(i));
      routes.add(signals.get(i).grpcRoute(method, most, grpc.includeMetadata()));
    }
    Claim.Origin origin = Claim.originOf(setup.id(), Claim.Origin.BUILT_IN);
    listeners.claim(ServerSettings.grpc(setup.owner(), "OTLP over gRPC", origin, grpc, routes));
  }

  private void claimHttp(
      Setup setup,
      OtlpReceiverConfig.Http http,
      List<OtlpSignal<?>> signals,
      List<Signal> names,
      List<Route> strays) {
    List<Route> routes = new ArrayList<>(strays);
    HttpServerSettings server = http.server();
    for (int i = 0; i < signals.size(); i++) {
      String path = http.path(names.get(i));
      routes.add(
          signals.get(i).httpRoute(path, server.maxRequestBodySize(), server.includeMetadata()));
    }
    Claim.Origin origin = Claim.originOf(setup.id(), Claim.Origin.BUILT_IN);
    listeners.claim(ServerSettings.http(setup.owner(), "OTLP over HTTP", origin, server, routes));
  }
}
