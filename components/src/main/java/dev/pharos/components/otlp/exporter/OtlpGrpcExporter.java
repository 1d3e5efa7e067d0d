package dev.pharos.components.otlp.exporter;

import dev.pharos.components.listener.ClientSettings;
import dev.pharos.components.listener.ServerSettings;
import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.observe.Account;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import dev.pharos.pipeline.config.settings.GrpcClientSettings;
import dev.pharos.transport.Address;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.Headers;
import dev.pharos.transport.Transport;
import dev.pharos.transport.TransportException;
import dev.pharos.wire.otlp.OtlpCodec;

/// Makes `otlp_grpc` exporters: all signals over one multiplexed connection, with a queue each.
public final class OtlpGrpcExporter implements Factory.OfExporter<OtlpGrpcConfig> {
  private final Transport transport;
  private final Account memory;

  /// @param memory charged with what is queued
  public OtlpGrpcExporter(Transport transport, Account memory) {
    this.transport = transport;
    this.memory = memory;
  }

  @Override
  public ComponentDescriptor<OtlpGrpcConfig> descriptor() {
    return ComponentDescriptor.of(
            ComponentKind.EXPORTER,
            "otlp_grpc",
            OtlpGrpcConfig.SCHEMA,
            Stability.STABLE,
            Signal.values())
        .withAliases("otlp");
  }

  @Override
  public Exporter create(Setup setup, OtlpGrpcConfig config) {
    GrpcClientSettings client = config.client();
    ClientChecks.refuseExtensions(
        setup.owner(), client.auth().isPresent(), !client.middlewares().isEmpty());
    GrpcClient grpc;
    try {
      grpc = transport.grpcClient(settings(config));
    } catch (TransportException e) {
      throw new ComponentException(setup.owner() + ": " + e.getMessage(), e);
    }
    var exporter =
        new QueuedExporter(
            setup,
            config.exporter().queue(),
            config.exporter().retry(),
            config.exporter().timeout(),
            memory,
            grpc);
    Headers metadata = ServerSettings.headers(client.headers());
    add(exporter, grpc, OtlpCodec.TRACES, metadata);
    add(exporter, grpc, OtlpCodec.METRICS, metadata);
    add(exporter, grpc, OtlpCodec.LOGS, metadata);
    return exporter;
  }

  private static <B extends Batch> void add(
      QueuedExporter exporter, GrpcClient grpc, OtlpCodec<B> codec, Headers metadata) {
    exporter.add(codec.signal(), new GrpcSender<>(grpc, codec, metadata));
  }

  private static dev.pharos.transport.GrpcClientSettings settings(OtlpGrpcConfig config) {
    GrpcClientSettings client = config.client();
    var settings =
        dev.pharos.transport.GrpcClientSettings.of(Address.parse(config.server().orElseThrow()))
            .withEncoding(ClientSettings.encoding(client.compression()));
    if (config.encrypted()) {
      settings = settings.withTls(ClientSettings.tls(client.tls()));
    }
    if (!client.authority().isEmpty()) {
      settings = settings.withAuthority(client.authority());
    }
    if (!client.userAgent().isEmpty()) {
      settings = settings.withUserAgent(client.userAgent());
    }
    if (client.keepalive().isPresent()) {
      settings =
          settings.withPing(client.keepalive().get().time(), client.keepalive().get().timeout());
    }
    return settings;
  }
}
