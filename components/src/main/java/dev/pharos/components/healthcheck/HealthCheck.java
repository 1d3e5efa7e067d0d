package dev.pharos.components.healthcheck;

import dev.pharos.components.listener.Claim;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.transport.Address;
import dev.pharos.transport.Execution;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Answers 200 from the moment everything runs, and 503 before that and while stopping, in the Collector's JSON.
final class HealthCheck implements Extension {
  private final HealthCheckConfig config;
  private final Clock clock;
  private volatile Optional<Instant> upSince = Optional.empty();

  HealthCheck(HealthCheckConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  Claim claim(String owner, Claim.Origin origin) {
    HttpRoute route =
        HttpRoute.of("*", config.path(), this::answer).withExecution(Execution.INLINE);
    return Claim.of(
        owner, "health", origin, Address.parse(config.server().endpoint()), List.of(route));
  }

  @Override
  public void ready() {
    upSince = Optional.of(clock.instant());
  }

  @Override
  public void stop() {
    upSince = Optional.empty();
  }

  private void answer(HttpRequest request, HttpReply reply) {
    Optional<Instant> since = upSince;
    int status = since.isPresent() ? 200 : 503;
    if (config.responseBody().isPresent()) {
      HealthCheckConfig.ResponseBody texts = config.responseBody().get();
      reply.sendText(status, since.isPresent() ? texts.healthy() : texts.unhealthy());
      return;
    }
    String json =
        since
            .map(
                instant ->
                    "{\"status\":\"Server available\",\"upSince\":\""
                        + instant
                        + "\",\"uptime\":\""
                        + uptime(Duration.between(instant, clock.instant()))
                        + "\"}")
            .orElse(
                "{\"status\":\"Server not available\",\"upSince\":\"0001-01-01T00:00:00Z\",\"uptime\":\"\"}");
    reply.send(status, "application/json", dev.pharos.transport.Body.of(json));
  }

  /// As Go writes durations: `1h2m3.5s`.
  private static String uptime(Duration time) {
    long hours = time.toHours();
    long minutes = time.toMinutesPart();
    double seconds = time.toSecondsPart() + time.toMillisPart() / 1e3;
    return (hours > 0 ? hours + "h" : "")
        + (hours > 0 || minutes > 0 ? minutes + "m" : "")
        + seconds
        + "s";
  }
}
