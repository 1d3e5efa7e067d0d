package dev.pharos.app;

import dev.pharos.transport.Address;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.Transport;
import java.util.Optional;

/// Where senders wait for a running product. Any thread.
final class Gate {
  /// Where to send to while a product runs.
  record Way(Address http, GrpcClient grpc) {}

  private final Transport transport;
  private Optional<Way> way = Optional.empty();
  private boolean finished;

  Gate(Transport transport) {
    this.transport = transport;
  }

  synchronized void open(PharosProcess process) {
    var settings = GrpcClientSettings.of(process.address("OTLP over gRPC"));
    way = Optional.of(new Way(process.address("OTLP over HTTP"), transport.grpcClient(settings)));
    notifyAll();
  }

  synchronized void close() {
    way.ifPresent(open -> open.grpc().close());
    way = Optional.empty();
  }

  /// From now on nothing new is sent.
  synchronized void finish() {
    finished = true;
    notifyAll();
  }

  synchronized boolean isFinished() {
    return finished;
  }

  /// Waits for an open way; empty once nothing more is to be sent and none is open.
  synchronized Optional<Way> await() throws InterruptedException {
    while (way.isEmpty() && !finished) {
      wait();
    }
    return way;
  }
}
