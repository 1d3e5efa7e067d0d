package dev.pharos.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.loki.LokiApi;
import dev.pharos.api.prometheus.PrometheusApi;
import dev.pharos.api.tempo.TempoApi;
import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import dev.pharos.query.ScanPool;
import dev.pharos.query.promql.PromEngine;
import dev.pharos.query.promql.PromOptions;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.Series;
import dev.pharos.store.read.SeriesExemplars;
import dev.pharos.store.read.SeriesReader;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.Address;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What bounds a query in each language: over data without end it stops when its client goes, when its time is up, and
/// where it has no more memory; each time it gives everything back.
@Timeout(60)
class QueryLimitsTest {
  private static final int ENDLESS = Integer.MAX_VALUE;

  private enum Language {
    PROMQL("/api/v1/query?query=", "sum(count_over_time(up[5m]))", 503),
    LOGQL("/loki/api/v1/query?query=", "sum(count_over_time({a=~\".+\"}[5m]))", 504),
    TRACEQL("/api/search?start=1&end=2000000000&q=", "{ span.a = 1 }", 504);

    private final String path;
    private final int timeoutStatus;

    Language(String path, String query, int timeoutStatus) {
      this.path = path + URLEncoder.encode(query, StandardCharsets.UTF_8);
      this.timeoutStatus = timeoutStatus;
    }
  }

  private final AtomicLong read = new AtomicLong();
  private final AtomicLong openPlans = new AtomicLong();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final Account memory = new Ledger(1 << 30).open("queries", 1);
  private final Transport transport = Transport.open(2);
  private Optional<Listening> listening = Optional.empty();

  @AfterEach
  void stop() {
    listening.ifPresent(Listening::close);
    transport.close();
  }

  private Address serve(Language language, Clock clock, Duration timeout, long budgetBytes) {
    var slots = new QuerySlots(clock, timeout, memory, budgetBytes);
    List<Route> routes =
        switch (language) {
          case PROMQL -> {
            var engine = new PromEngine(new EndlessSeries(), PromOptions.STANDARD);
            yield new PrometheusApi(new EndlessSeries(), engine, ApiServer.TENANTS, slots, "")
                .routes("");
          }
          case LOGQL ->
              new LokiApi(new EndlessLogs(), ScanPool.NONE, ApiServer.TENANTS, slots, "")
                  .routes("");
          case TRACEQL ->
              new TempoApi(new EndlessTraces(), ScanPool.NONE, ApiServer.TENANTS, slots, "")
                  .routes("");
        };
    Listening open = transport.listen(Listener.of(Address.loopback(0), routes));
    listening = Optional.of(open);
    return open.address();
  }

  private void read() {
    if (read.incrementAndGet() == 10) {
      reading.countDown();
    }
    LockSupport.parkNanos(100_000);
  }

  private static <T> List<T> list(int size, Supplier<T> element) {
    return new AbstractList<>() {
      @Override
      public T get(int index) {
        return element.get();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private <B extends Block> Plan<B> endless(Scan scan) {
    openPlans.incrementAndGet();
    BlockRef<B> empty =
        new BlockRef<>() {
          @Override
          public int rows() {
            return 1;
          }

          @Override
          public long minNanos() {
            return scan.fromNanos();
          }

          @Override
          public long maxNanos() {
            return scan.fromNanos();
          }

          @Override
          public Optional<B> open() {
            read();
            return Optional.empty();
          }
        };
    return new Plan<>() {
      @Override
      public List<BlockRef<B>> blocks() {
        return list(ENDLESS, () -> empty);
      }

      @Override
      public void close() {
        openPlans.decrementAndGet();
      }
    };
  }

  private final class EndlessLogs implements LogReader {
    @Override
    public Plan<LogBlock> plan(Scan scan) {
      return endless(scan);
    }

    @Override
    public List<LogStream> streams(Tenant tenant, long fromNanos, long toNanos) {
      return List.of();
    }
  }

  private final class EndlessTraces implements TraceReader {
    @Override
    public List<SpanBatch> traces(
        Tenant tenant, List<Condition.OfTrace> traces, long fromNanos, long toNanos) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Plan<SpanBlock> plan(Scan scan) {
      return endless(scan);
    }
  }

  /// One series after the other with one sample each.
  private final class EndlessSeries implements SeriesReader {
    @Override
    public List<Series> select(
        Tenant tenant, List<Matcher> matchers, long fromMillis, long toMillis) {
      openPlans.incrementAndGet();
      return list(
          ENDLESS,
          () ->
              new Series() {
                @Override
                public Labels labels() {
                  return Labels.of("__name__", "up", "n", Long.toString(read.get()));
                }

                @Override
                public String resourceAttribute(String key) {
                  return "";
                }

                @Override
                public Samples samples() {
                  read();
                  return new Samples(
                      1, new long[] {toMillis}, new double[] {1}, new NativeHistogram[0]);
                }
              });
    }

    @Override
    public List<Labels> series(
        Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> labelNames(
        Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> labelValues(
        Tenant tenant, String name, List<List<Matcher>> selectors, long from, long to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<MetricMetadata> metadata(Tenant tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SeriesExemplars> exemplars(
        Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
      throw new UnsupportedOperationException();
    }
  }

  /// A clock on which a second passes each time somebody looks.
  private static Clock hurrying() {
    var seconds = new AtomicLong(ApiServer.NOW);
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochSecond(seconds.getAndIncrement());
      }
    };
  }

  private static Socket ask(Address address, Language language) throws IOException {
    var socket = new Socket(address.host(), address.port());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            ("GET " + language.path + " HTTP/1.1\r\nHost: pharos\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void eventually(java.util.function.BooleanSupplier holds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 30 s").isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Nothing is read any more: two reads would be 100 µs apart.
  private boolean rests() {
    long before = read.get();
    LockSupport.parkNanos(50_000_000);
    return read.get() == before;
  }

  @ParameterizedTest
  @EnumSource
  void stopsWhenItsClientGoes(Language language) throws Exception {
    Address address = serve(language, ApiServer.CLOCK, Duration.ofMinutes(2), 1 << 30);
    Socket socket = ask(address, language);
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
    socket.close();
    eventually(this::rests);
    assertThat(memory.usedBytes()).isZero();
    assertThat(openPlans.get()).isEqualTo(language == Language.PROMQL ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource
  void stopsWhenItsTimeIsUp(Language language) throws Exception {
    Address address = serve(language, hurrying(), Duration.ofSeconds(50), 1 << 30);
    try (Socket socket = ask(address, language)) {
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 " + language.timeoutStatus)
          .contains("timed out");
    }
    eventually(this::rests);
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void stopsWhereItHasNoMoreMemory() throws Exception {
    Address address = serve(Language.PROMQL, ApiServer.CLOCK, Duration.ofMinutes(2), 10_000);
    String path = "/api/v1/query?query=up";
    try (var socket = new Socket(address.host(), address.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: pharos\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 422")
          .contains("memory budget of 10000 bytes");
    }
    assertThat(memory.usedBytes()).isZero();
  }
}
