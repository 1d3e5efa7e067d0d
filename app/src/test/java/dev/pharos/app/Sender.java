package dev.pharos.app;

import dev.pharos.model.Signal;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcFailure;
import dev.pharos.wire.otlp.OtlpCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One client that sends numbered items, request after request, and remembers which were acknowledged. It either
/// forgets a request without an acknowledgement or sends the same bytes until it has one. Its own thread runs it; the
/// rest is for any.
final class Sender implements Runnable {
  private static final int ITEMS = 10;
  private static final String PAD = "0123456789abcdef".repeat(12);

  /// Numbers from `first` on, and which of them were acknowledged.
  record Sent(int first, int end, BitSet acknowledged) {}

  private final int number;
  private final Signal signal;
  private final boolean grpc;
  private final boolean resends;
  private final Gate gate;
  private final HttpClient client;
  private final long epochMillis;
  private final BitSet acknowledged = new BitSet();
  private int next;
  private int seen;
  private long resentRequests;
  private Optional<String> problem = Optional.empty();

  /// @param epochMillis the time of item 0; item n comes n milliseconds later, and all lie in the past
  Sender(
      int number,
      Signal signal,
      boolean grpc,
      boolean resends,
      Gate gate,
      HttpClient client,
      long epochMillis) {
    this.number = number;
    this.signal = signal;
    this.grpc = grpc;
    this.resends = resends;
    this.gate = gate;
    this.client = client;
    this.epochMillis = epochMillis - Duration.ofHours(1).toMillis();
  }

  @Override
  public void run() {
    try {
      while (!gate.isFinished()) {
        byte[] request = request(next);
        Optional<Gate.Way> way = gate.await();
        if (way.isEmpty()) {
          return;
        }
        begin();
        if (send(way.get(), request) || resends && resend(request)) {
          acknowledge();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e.toString());
    }
  }

  private synchronized void begin() {
    next += ITEMS;
  }

  private synchronized void acknowledge() {
    acknowledged.set(next - ITEMS, next);
  }

  /// Sends the same bytes until they are acknowledged, or no product runs any more.
  private boolean resend(byte[] request) throws InterruptedException {
    for (Optional<Gate.Way> way = gate.await(); way.isPresent(); way = gate.await()) {
      synchronized (this) {
        resentRequests++;
      }
      if (send(way.get(), request)) {
        return true;
      }
      LockSupport.parkNanos(10_000_000);
    }
    return false;
  }

  private synchronized void fail(String what) {
    problem = Optional.of(what);
  }

  /// Whether the request was acknowledged.
  private boolean send(Gate.Way way, byte[] request) throws InterruptedException {
    return grpc ? sendGrpc(way, request) : sendHttp(way, request);
  }

  private boolean sendHttp(Gate.Way way, byte[] request) throws InterruptedException {
    var call =
        HttpRequest.newBuilder(URI.create("http://" + way.http() + "/v1/" + signal.label()))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
            .build();
    try {
      HttpResponse<String> answer = client.send(call, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 503 || answer.statusCode() == 429) {
        return false;
      }
      if (answer.statusCode() != 200 || answer.body().contains("ejected")) {
        fail(answer.statusCode() + " " + answer.body());
      }
      return answer.statusCode() == 200;
    } catch (IOException e) {
      // Killed: whether it was stored is not known.
      return false;
    }
  }

  private boolean sendGrpc(Gate.Way way, byte[] request) throws InterruptedException {
    String service =
        switch (signal) {
          case TRACES -> "trace.v1.TraceService";
          case METRICS -> "metrics.v1.MetricsService";
          case LOGS -> "logs.v1.LogsService";
        };
    var call =
        GrpcCall.of("opentelemetry.proto.collector." + service + "/Export", Body.of(request));
    try {
      Body answer = way.grpc().call(call).get(20, TimeUnit.SECONDS);
      if (answer.length() > 0) {
        fail("a partial success");
      }
      return true;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GrpcFailure failure) || isFault(failure)) {
        fail(String.valueOf(e.getCause()));
      }
      return false;
    } catch (TimeoutException e) {
      fail("no answer");
      return false;
    }
  }

  private static boolean isFault(GrpcFailure failure) {
    return switch (failure.status()) {
      case UNAVAILABLE, CANCELLED, RESOURCE_EXHAUSTED -> false;
      default -> true;
    };
  }

  private byte[] request(int first) {
    String items =
        IntStream.range(first, first + ITEMS).mapToObj(this::item).collect(Collectors.joining(","));
    String resource =
        "{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}}]},"
            .formatted(service());
    byte[] json =
        (switch (signal) {
              case TRACES ->
                  "{\"resourceSpans\":["
                      + resource
                      + "\"scopeSpans\":[{\"spans\":["
                      + items
                      + "]}]}]}";
              case LOGS ->
                  "{\"resourceLogs\":["
                      + resource
                      + "\"scopeLogs\":[{\"logRecords\":["
                      + items
                      + "]}]}]}";
              case METRICS ->
                  "{\"resourceMetrics\":["
                      + resource
                      + "\"scopeMetrics\":[{\"metrics\":[{\"name\":\"sent\",\"gauge\":{\"dataPoints\":["
                      + items
                      + "]}}]}]}]}";
            })
            .getBytes(StandardCharsets.UTF_8);
    if (!grpc) {
      return json;
    }
    return switch (signal) {
      case TRACES -> OtlpCodec.TRACES.encode(OtlpCodec.TRACES.decodeJson(json).batch());
      case LOGS -> OtlpCodec.LOGS.encode(OtlpCodec.LOGS.decodeJson(json).batch());
      case METRICS -> OtlpCodec.METRICS.encode(OtlpCodec.METRICS.decodeJson(json).batch());
    };
  }

  private String item(int n) {
    long nanos = millisOf(n) * 1_000_000;
    String pad =
        "\"attributes\":[{\"key\":\"pad\",\"value\":{\"stringValue\":\"%s%x\"}}]"
            .formatted(PAD, n * 0x9e3779b97f4a7c15L);
    return switch (signal) {
      case TRACES ->
          "{\"traceId\":\"%s\",\"spanId\":\"%016x\",\"name\":\"n=%d;\",\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",%s}"
              .formatted(traceId(n), n + 1, n, nanos, nanos + 1000, pad);
      case LOGS ->
          "{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"n=%d;\"},%s}"
              .formatted(nanos, n, pad);
      case METRICS -> "{\"timeUnixNano\":\"%d\",\"asInt\":\"%d\"}".formatted(nanos, n);
    };
  }

  /// The trace of a span: a new one every hundred.
  String traceId(int n) {
    return String.format(Locale.ROOT, "%016x%016x", number, n / 100 + 1);
  }

  long millisOf(int n) {
    return epochMillis + n;
  }

  String service() {
    return "sender-" + number;
  }

  Signal signal() {
    return signal;
  }

  boolean resends() {
    return resends;
  }

  synchronized Optional<String> problem() {
    return problem;
  }

  synchronized int sent() {
    return next;
  }

  synchronized int acknowledged() {
    return acknowledged.cardinality();
  }

  synchronized long resentRequests() {
    return resentRequests;
  }

  synchronized Sent all() {
    return new Sent(0, next, (BitSet) acknowledged.clone());
  }

  /// What was sent since [#seen]; a request then under way counts.
  synchronized Sent since() {
    BitSet late = (BitSet) acknowledged.clone();
    late.clear(0, seen);
    return new Sent(seen, next, late);
  }

  synchronized void seen() {
    seen = Math.max(0, next - ITEMS);
  }

  @Override
  public String toString() {
    return service()
        + " ("
        + signal.label()
        + (grpc ? " over gRPC" : " over HTTP")
        + (resends ? ", resends" : "")
        + ")";
  }
}
