package dev.pharos.components.otlp.exporter;

import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcReply;
import dev.pharos.transport.GrpcRoute;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.OtlpCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// An OTLP server over loopback that keeps what it takes and answers as told: the answers queued in `grpc` and `http`
/// first, success after that.
final class Backend implements AutoCloseable {
  /// A request that came in, taken or not.
  record Request(Signal signal, Batch batch, Headers headers, String path) {}

  final ConcurrentLinkedQueue<Consumer<GrpcReply>> grpc = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Consumer<HttpReply>> http = new ConcurrentLinkedQueue<>();
  final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Transport transport;
  private final Listening listening;

  Backend(Transport transport) {
    this.transport = transport;
    List<Route> routes = new ArrayList<>();
    for (OtlpCodec<?> codec : List.of(OtlpCodec.TRACES, OtlpCodec.METRICS, OtlpCodec.LOGS)) {
      routes.add(
          GrpcRoute.of(
              OtlpMethods.grpc(codec.signal()),
              (request, reply) -> {
                keep(codec, request.message(), request.metadata(), "", false);
                Consumer<GrpcReply> told = grpc.poll();
                if (told == null) {
                  reply.send(Body.EMPTY);
                } else {
                  told.accept(reply);
                }
              }));
      routes.add(
          HttpRoute.of(
              "POST",
              "/{prefix}/" + codec.signal().label(),
              (request, reply) -> {
                boolean json =
                    request.headers().first("content-type").orElse("").equals("application/json");
                keep(codec, request.body(), request.headers(), request.path(), json);
                Consumer<HttpReply> told = http.poll();
                if (told == null) {
                  reply.send(
                      200,
                      json ? "application/json" : "application/x-protobuf",
                      json ? Body.of("{}") : Body.EMPTY);
                } else {
                  told.accept(reply);
                }
              }));
    }
    listening = this.transport.listen(Listener.of(new Address("127.0.0.1", 0), routes));
  }

  private void keep(OtlpCodec<?> codec, Body body, Headers headers, String path, boolean json) {
    Batch batch =
        json ? codec.decodeJson(body.bytes()).batch() : codec.decode(body.bytes()).batch();
    requests.add(new Request(codec.signal(), batch, headers, path));
  }

  String address() {
    return listening.address().toString();
  }

  @Override
  public void close() {
    listening.close();
  }
}
