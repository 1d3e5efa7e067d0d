package dev.pharos.app.training;

import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.OtlpCodec;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A few seconds of what a Pharos does all day: requests of each signal by gRPC, by HTTP with protobuf and by HTTP with
/// JSON, and between them the queries of the UI and of each API. One thread.
///
/// @param roles the addresses of the process by what they are for
public record TrainingLoad(Map<String, Address> roles, Clock clock) {
  private static final int ROUNDS = 4;

  /// Of each signal in each round.
  private static final int REQUESTS = 24;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// On the port that has every API; `@from` and `@to` stand for the range in Unix seconds.
  private static final List<String> QUERIES =
      List.of(
          "/pharos/api/v1/overview?start=@from&end=@to",
          "/pharos/api/v1/map?start=@from&end=@to",
          "/pharos/api/v1/services/orders?start=@from&end=@to",
          "/pharos/api/v1/colors?start=@from&end=@to",
          "/pharos/api/v1/heatmap?start=@from&end=@to",
          "/pharos/api/v1/compare?start=@from&end=@to&by=errors",
          "/pharos/api/v1/compare?start=@from&end=@to&by=slow",
          "/pharos/api/v1/volume?start=@from&end=@to&traces=" + url("{}"),
          "/pharos/api/v1/counts?start=@from&end=@to&traces="
              + url("{resource.service.name=\"orders\"}")
              + "&logs="
              + url("{service_name=\"orders\"}"),
          "/pharos/api/v1/fields?start=@from&end=@to&query=" + url("{service_name=~\".+\"}"),
          "/pharos/api/v1/pipeline",
          "/tempo/api/search?start=@from&end=@to&limit=20&q=" + url("{status=error}"),
          "/tempo/api/search?start=@from&end=@to&limit=20&q="
              + url("{duration>50ms && span.http.route=\"/order\"}"),
          "/tempo/api/v2/search/tags?start=@from&end=@to",
          "/tempo/api/v2/search/tag/span.http.route/values?start=@from&end=@to",
          "/jaeger/api/services",
          "/jaeger/api/traces?service=orders&limit=20",
          "/loki/loki/api/v1/query_range?start=@from&end=@to&limit=100&query="
              + url("{service_name=\"orders\"} |= \"customer\""),
          "/loki/loki/api/v1/query_range?start=@from&end=@to&limit=100&query="
              + url("{service_name=~\".+\"} | json | order > 500"),
          "/loki/loki/api/v1/query_range?start=@from&end=@to&step=10&query="
              + url("sum by (detected_level) (count_over_time({service_name=~\".+\"}[30s]))"),
          "/loki/loki/api/v1/labels?start=@from&end=@to",
          "/prometheus/api/v1/query?query=" + url("shop_stock_items"),
          "/prometheus/api/v1/query_range?start=@from&end=@to&step=5&query="
              + url("sum by (service_name) (rate(shop_requests_total[1m]))"),
          "/prometheus/api/v1/query_range?start=@from&end=@to&step=5&query="
              + url(
                  "histogram_quantile(0.95, sum by (le)"
                      + " (rate(http_server_request_duration_seconds_bucket[1m])))"),
          "/prometheus/api/v1/labels",
          "/prometheus/api/v1/metadata",
          "/own/metrics",
          "/");

  private static String url(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  /// Sends and asks; gives how many requests there were.
  ///
  /// @throws IllegalStateException if one is not answered as it should be
  public int run() {
    var requests = new TrainingRequests();
    int done = 0;
    try (Transport transport = Transport.open(1);
        GrpcClient grpc = transport.grpcClient(GrpcClientSettings.of(address("OTLP over gRPC")));
        HttpClient http = transport.httpClient(HttpClientSettings.DEFAULT)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < REQUESTS; i++) {
          for (Signal signal : Signal.values()) {
            send(grpc, http, signal, i, requests.next(signal, nowNanos()));
            done++;
          }
        }
        for (String query : QUERIES) {
          ask(http, query);
          done++;
        }
      }
    }
    return done;
  }

  /// By gRPC, by HTTP with protobuf, and the third one of three by HTTP with JSON.
  private void send(GrpcClient grpc, HttpClient http, Signal signal, int number, String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    if (number % 3 == 0) {
      Body body = Body.of(protobuf(codec(signal), text));
      await(grpc.call(GrpcCall.of(OtlpMethods.grpc(signal), body).withTimeout(TIMEOUT)));
      return;
    }
    URI uri = URI.create("http://" + address("OTLP over HTTP") + OtlpMethods.path(signal));
    HttpCall call =
        number % 3 == 1
            ? HttpCall.post(uri, "application/x-protobuf", Body.of(protobuf(codec(signal), text)))
                .withEncoding(ContentEncoding.GZIP)
            : HttpCall.post(uri, "application/json", Body.of(text));
    answered(uri, await(http.send(call.withTimeout(TIMEOUT))));
  }

  private void ask(HttpClient http, String query) {
    long seconds = clock.instant().getEpochSecond();
    String path =
        query.replace("@from", Long.toString(seconds - 300)).replace("@to", Long.toString(seconds));
    URI uri = URI.create("http://" + address("UI, all APIs") + path);
    answered(uri, await(http.send(HttpCall.get(uri).withTimeout(TIMEOUT))));
  }

  private static void answered(URI uri, HttpResponse answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException(
          uri + " answered " + answer.status() + " (expected: 200): " + answer.body().text());
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("a request had no answer: " + e.getCause(), e);
    }
  }

  private static OtlpCodec<?> codec(Signal signal) {
    return switch (signal) {
      case TRACES -> OtlpCodec.TRACES;
      case METRICS -> OtlpCodec.METRICS;
      case LOGS -> OtlpCodec.LOGS;
    };
  }

  private static <B extends Batch> byte[] protobuf(OtlpCodec<B> codec, byte[] json) {
    return codec.encode(codec.decodeJson(json).batch());
  }

  private Address address(String role) {
    Address address = roles.get(role);
    if (address == null) {
      throw new IllegalStateException(
          "nothing listens for " + role + " (expected one of: " + roles.keySet() + ")");
    }
    return address;
  }

  private long nowNanos() {
    var now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
