package dev.pharos.components.otlp.exporter;

import dev.pharos.components.listener.ClientSettings;
import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.observe.Account;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.schema.Header;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;
import dev.pharos.pipeline.config.settings.HttpClientSettings;
import dev.pharos.transport.Body;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.Transport;
import dev.pharos.transport.TransportException;
import dev.pharos.wire.otlp.OtlpCodec;
import java.util.ArrayList;
import java.util.List;

/// Makes `otlp_http` exporters: a URL and a queue for each signal over one pool of connections. A signal without a URL
/// is not taken.
public final class OtlpHttpExporter implements Factory.OfExporter<OtlpHttpConfig> {
  private final Transport transport;
  private final Account memory;

  /// @param memory charged with what is queued
  public OtlpHttpExporter(Transport transport, Account memory) {
    this.transport = transport;
    this.memory = memory;
  }

  @Override
  public ComponentDescriptor<OtlpHttpConfig> descriptor() {
    return ComponentDescriptor.of(
            ComponentKind.EXPORTER,
            "otlp_http",
            OtlpHttpConfig.SCHEMA,
            Stability.STABLE,
            Signal.values())
        .withAliases("otlphttp");
  }

  @Override
  public Exporter create(Setup setup, OtlpHttpConfig config) {
    HttpClientSettings client = config.client();
    ClientChecks.refuseExtensions(
        setup.owner(), client.auth().isPresent(), !client.middlewares().isEmpty());
    HttpClient http;
    try {
      http =
          transport.httpClient(
              dev.pharos.transport.HttpClientSettings.DEFAULT
                  .withTls(ClientSettings.tls(client.tls()))
                  .withMaxConnections(client.maxConnsPerHost())
                  .withIdleTimeout(client.idleConnTimeout()));
    } catch (TransportException e) {
      throw new ComponentException(setup.owner() + ": " + e.getMessage(), e);
    }
    var exporter =
        new QueuedExporter(setup, config.queue(), config.retry(), client.timeout(), memory, http);
    add(exporter, http, setup, config, OtlpCodec.TRACES);
    add(exporter, http, setup, config, OtlpCodec.METRICS);
    add(exporter, http, setup, config, OtlpCodec.LOGS);
    return exporter;
  }

  private static <B extends Batch> void add(
      QueuedExporter exporter,
      HttpClient http,
      Setup setup,
      OtlpHttpConfig config,
      OtlpCodec<B> codec) {
    config
        .url(codec.signal())
        .ifPresent(
            url -> {
              HttpCall template =
                  HttpCall.post(url, HttpSender.contentType(config.encoding()), Body.EMPTY)
                      .withHeaders(headers(config))
                      .withEncoding(
                          ClientSettings.encoding(config.client().compression()),
                          ClientSettings.level(config.client().compressionLevel()));
              exporter.add(
                  codec.signal(),
                  new HttpSender<>(http, codec, config.encoding(), template, setup.clock()));
            });
  }

  private static Headers headers(OtlpHttpConfig config) {
    List<String> all =
        new ArrayList<>(List.of("content-type", HttpSender.contentType(config.encoding())));
    for (Header header : config.client().headers()) {
      all.add(header.name());
      all.add(header.value().reveal());
    }
    return Headers.of(all.toArray(String[]::new));
  }
}
