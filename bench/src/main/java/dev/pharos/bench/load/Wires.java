package dev.pharos.bench.load;

import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.GrpcFailure;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.ExportResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The connections of a run, over the product's own clients.
final class Wires implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String PROTOBUF = "application/x-protobuf";

  private final Transport transport = Transport.open(2);
  private final List<Line> lines = new ArrayList<>();

  /// Makes `connections` times `inFlight` lines. gRPC: so many connections with so many calls in flight on each;
  /// HTTP/1.1: a connection for each line.
  Wires(LoadOptions options) {
    for (int connection = 0; connection < options.connections(); connection++) {
      if (options.grpc()) {
        GrpcClient client =
            transport.grpcClient(
                GrpcClientSettings.of(new Address(options.host(), options.port()))
                    .withEncoding(encoding(options))
                    .withUserAgent("pharos-bench"));
        addLines(options.inFlight(), new GrpcLine(client, OtlpMethods.grpc(options.signal())));
      } else {
        HttpClient client =
            transport.httpClient(HttpClientSettings.DEFAULT.withMaxConnections(options.inFlight()));
        URI uri =
            URI.create(
                "http://"
                    + options.host()
                    + ":"
                    + options.port()
                    + OtlpMethods.path(options.signal()));
        addLines(options.inFlight(), new HttpLine(client, uri, encoding(options)));
      }
    }
  }

  private void addLines(int count, Line line) {
    for (int i = 0; i < count; i++) {
      lines.add(line);
    }
  }

  private static ContentEncoding encoding(LoadOptions options) {
    return options.gzip() ? ContentEncoding.GZIP : ContentEncoding.IDENTITY;
  }

  List<Line> lines() {
    return lines;
  }

  @Override
  public void close() {
    transport.close();
  }

  private static Answer taken(Body answer) {
    if (answer.isEmpty()) {
      return new Answer.Taken(0);
    }
    try {
      return new Answer.Taken(ExportResponse.parse(answer.bytes()).rejectedItems());
    } catch (DecodeException e) {
      return new Answer.Failed("the answer is no export response: " + e.getMessage());
    }
  }

  private record GrpcLine(GrpcClient client, String method) implements Line {
    @Override
    public Answer send(byte[] body) throws InterruptedException {
      CompletableFuture<Body> answer =
          client.call(GrpcCall.of(method, Body.of(body)).withTimeout(TIMEOUT));
      try {
        return taken(answer.get());
      } catch (ExecutionException e) {
        String reason = String.valueOf(e.getCause());
        boolean notNow =
            e.getCause() instanceof GrpcFailure failure
                && (failure.status() == GrpcStatus.UNAVAILABLE
                    || failure.status() == GrpcStatus.RESOURCE_EXHAUSTED);
        return notNow ? new Answer.Refused(reason) : new Answer.Failed(reason);
      }
    }
  }

  private record HttpLine(HttpClient client, URI uri, ContentEncoding encoding) implements Line {
    @Override
    public Answer send(byte[] body) throws InterruptedException {
      HttpCall call =
          HttpCall.post(uri, PROTOBUF, Body.of(body)).withEncoding(encoding).withTimeout(TIMEOUT);
      try {
        HttpResponse response = client.send(call).get();
        int status = response.status();
        String reason = "HTTP " + status;
        return switch (status) {
          case 200 -> taken(response.body());
          case 429, 503 -> new Answer.Refused(reason);
          default -> new Answer.Failed(reason);
        };
      } catch (ExecutionException e) {
        return new Answer.Failed(String.valueOf(e.getCause()));
      }
    }
  }
}
