package dev.pharos.components.prometheus;

import dev.pharos.components.turn.Turns;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Durability;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import java.time.Clock;
import java.util.Locale;

/// Keeps the last value of every series, and answers scrapes with them. Any thread.
final class PrometheusExporter implements Exporter {
  private final Turns turns;
  private final PrometheusConfig config;
  private final Clock clock;
  private final Names names;
  private final Families families;

  PrometheusExporter(String owner, PrometheusConfig config, Clock clock) {
    this.turns = new Turns(owner);
    this.config = config;
    this.clock = clock;
    this.names = new Names(config.strategy(), config.namespace());
    this.families = new Families(config.expiration().toMillis());
  }

  HttpRoute route() {
    return HttpRoute.of("GET", config.path(), this::scrape).withCompressedReplies();
  }

  @Override
  public Sinks sinks() {
    return Sinks.NONE.with(Signal.METRICS, (dev.pharos.model.Sink<MetricBatch>) this::take);
  }

  @Override
  public Durability durability() {
    return Durability.BEST_EFFORT;
  }

  @Override
  public void stop() {
    turns.close();
  }

  /// Deltas add up in the order in which they came.
  private void take(Parcel<MetricBatch> parcel) {
    turns.take(parcel, () -> translate(parcel));
  }

  private void translate(Parcel<MetricBatch> parcel) {
    var refused = new Translation(config, names, families, parcel.batch(), clock.millis()).run();
    for (Translation.Refused one : refused) {
      parcel.acknowledgement().rejected(parcel.source(one.point()), 1, one.cause(), one.reason());
    }
    parcel.acknowledgement().done();
  }

  private void scrape(HttpRequest request, HttpReply reply) {
    String accepted = String.join(",", request.headers().all("accept")).toLowerCase(Locale.ROOT);
    boolean openMetrics =
        config.enableOpenMetrics() && accepted.contains("application/openmetrics-text");
    var out = new Exposition(openMetrics, config.sendTimestamps());
    families.write(out, clock.millis());
    reply.send(200, openMetrics ? Exposition.OPEN_METRICS : Exposition.TEXT, Body.of(out.text()));
  }
}
