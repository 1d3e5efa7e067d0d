package dev.pharos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.binary.Batches;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CargoTest {
  private final AtomicInteger decoded = new AtomicInteger();

  /// A request that says it has so many log records and decodes to `rows`.
  private final class Request extends Cargo.Encoded<LogBatch> {
    private final int items;
    private final int rows;

    Request(int items, int rows) {
      this.items = items;
      this.rows = rows;
    }

    @Override
    public int items() {
      return items;
    }

    @Override
    public long sizeBytes() {
      return 10L * items;
    }

    @Override
    protected LogBatch decode() {
      decoded.incrementAndGet();
      return logs(rows);
    }
  }

  private static LogBatch logs(int rows) {
    var logs = new LogBatch();
    logs.resources().attributes().endParent();
    logs.resources().add(0, 0, 0);
    logs.scopes().attributes().endParent();
    logs.scopes().add(0, 0, 0, 0);
    for (int i = 0; i < rows; i++) {
      logs.timeNanos()[logs.addRow()] = i + 1;
      logs.attributes().endParent();
    }
    return logs;
  }

  @Test
  void decodesOnceAndOnlyWhenRowsAreRead() {
    var request = new Request(3, 3);
    assertThat(request.items()).isEqualTo(3);
    assertThat(request.parts()).containsExactly(request);
    assertThat(decoded).hasValue(0);
    assertThat(request.batch()).isSameAs(request.batch());
    assertThat(decoded).hasValue(1);
  }

  @Test
  void refusesABatchOfOtherItemsThanWereCounted() {
    assertThatThrownBy(new Request(3, 2)::batch)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 items (expected: 3)");
  }

  @Test
  void joinsPartsInTheirOrderWithoutReadingThem() {
    Cargo<LogBatch> rows = new Cargo.Rows<>(logs(2));
    Cargo<LogBatch> inner = new Cargo.Joined<>(List.of(rows, new Request(3, 3)), Batches::concat);
    var joined = new Cargo.Joined<>(List.of(new Request(1, 1), inner), Batches::concat);
    assertThat(joined.items()).isEqualTo(6);
    assertThat(joined.sizeBytes()).isEqualTo(40 + rows.sizeBytes());
    assertThat(joined.parts()).hasSize(3).element(1).isSameAs(rows);
    assertThat(decoded).hasValue(0);
    LogBatch batch = joined.batch();
    assertThat(List.of(0, 1, 2, 3, 4, 5).stream().map(row -> batch.timeNanos()[row]))
        .containsExactly(1L, 1L, 2L, 1L, 2L, 3L);
    assertThat(joined.batch()).isSameAs(batch);
    assertThat(decoded).hasValue(2);
  }
}
