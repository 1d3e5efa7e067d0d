package dev.pharos.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EdgeTest {
  private final Registry registry = new Registry();
  private final List<Acknowledgement> open = new ArrayList<>();
  private final Edge<LogBatch> edge =
      new Edge<>(
          new EdgeCounts(registry, new EdgeCounts.Key("logs", "otlp", "store")),
          parcel -> open.add(parcel.acknowledgement()));

  private long value(String name) {
    return registry
        .text()
        .lines()
        .filter(line -> line.startsWith("pharos_edge_" + name))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void offer(int items) {
    var batch = new LogBatch();
    for (int i = 0; i < items; i++) {
      batch.addRow();
      batch.attributes().endParent();
    }
    edge.accept(Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY));
  }

  @Test
  void countsWhatWaitsUntilItIsAnswered() {
    offer(3);
    assertThat(value("waiting")).isEqualTo(3);
    open.get(0).done();
    assertThat(value("waiting")).isZero();
    assertThat(value("delivered")).isEqualTo(3);
  }

  @Test
  void countsRejectedItemsByCause() {
    offer(5);
    open.get(0).rejected(0, 2, Cause.PAST_RETENTION, "too old");
    open.get(0).done();
    assertThat(value("delivered")).isEqualTo(3);
    assertThat(registry.text())
        .contains("cause=\"past_retention\",from=\"otlp\",signal=\"logs\",to=\"store\"} 2");
  }

  @Test
  void addsUpWhateverIsAnswered() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      if (open.isEmpty() || random.nextInt(3) > 0) {
        offer(random.nextInt(5));
      } else {
        Acknowledgement one = open.remove(random.nextInt(open.size()));
        if (random.nextBoolean()) {
          // A faulty backend may claim to have rejected more than it got.
          one.rejected(0, random.nextInt(8), Cause.REFUSED_DOWNSTREAM, "bad");
        }
        if (random.nextBoolean()) {
          one.done();
        } else {
          one.fail(Failure.retryable(Cause.QUEUE_FULL, "full"));
        }
      }
      assertThat(value("offered"))
          .as("seed " + seed)
          .isEqualTo(value("delivered") + value("dropped") + value("waiting"));
    }
  }
}
