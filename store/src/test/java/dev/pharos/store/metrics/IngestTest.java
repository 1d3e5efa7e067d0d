package dev.pharos.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pharos.model.MetricBatch;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class IngestTest {
  private static final int SERIES = 500;

  private static MetricBatch batch(long millis) {
    var metrics =
        new TestMetrics()
            .resource("service.name", "shop", "host.name", "h")
            .counter("requests", "1");
    for (int i = 0; i < SERIES; i++) {
      metrics.atInt(millis, i, "route", "/" + i, "method", "GET");
    }
    return metrics.batch;
  }

  @Test
  void knownSeriesTakeNoMemoryButTheirSamples() {
    var head = new TenantHead();
    var ingest = new Ingest(1);
    MetricBatch batch = batch(1000);
    for (int i = 0; i < 200; i++) {
      ingest.publish(head, batch, 0);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 200; i++) {
      // Found by its key up to the series, where a second sample of one time is not kept.
      ingest.publish(head, batch, 0);
    }
    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / (200.0 * SERIES))
        .isLessThan(1);
    assertThat(head.samples()).isEqualTo(SERIES + 1);
  }

  @Test
  void aSeriesTakesAboutAKilobyteWithTheSamplesOfTenMinutes() {
    var head = new TenantHead();
    var ingest = new Ingest(1);
    for (int i = 0; i < 40; i++) {
      ingest.publish(head, batch(15_000L * i), 0);
    }
    assertThat(head.heapBytes() / (SERIES + 1)).isLessThan(1300);
    head.cutDone(head.seal(0));
    assertThat(head.heapBytes() / (SERIES + 1)).isLessThan(500);
    assertThat(head.sampleBytes()).isZero();
  }
}
