package dev.pharos.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Customers that come at a steady rate, whether the shop is quick or not; while too many of them wait, others go away.
/// The first come one after another, since JVMs that have just started are slow.
final class Load implements AutoCloseable {
  private static final int MOST_WAITING = 64;
  private static final int FIRST = 40;

  private final URI entrance;
  private final RandomGenerator random;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore room = new Semaphore(1);
  private final AtomicInteger ended = new AtomicInteger();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("load").factory());

  private Load(URI entrance, RandomGenerator random) {
    this.entrance = entrance;
    this.random = random;
  }

  /// @param perSecond visits
  /// @param random used by one thread
  static Load start(URI entrance, double perSecond, RandomGenerator random) {
    var load = new Load(entrance, random);
    long gapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    load.clock.scheduleAtFixedRate(load::visit, 0, gapNanos, TimeUnit.NANOSECONDS);
    return load;
  }

  private void visit() {
    Visit visit = Visit.random(random);
    if (room.tryAcquire()) {
      Thread.startVirtualThread(() -> send(visit));
    }
  }

  private void send(Visit visit) {
    var request = visit.request();
    try {
      client.send(
          HttpRequest.newBuilder(request.at(entrance))
              .method(request.method(), HttpRequest.BodyPublishers.noBody())
              .header("baggage", visit.baggage())
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      // A customer who gets no answer goes away; what the shop tells of itself is what counts.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release(ended.incrementAndGet() == FIRST ? MOST_WAITING : 1);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
  }
}
