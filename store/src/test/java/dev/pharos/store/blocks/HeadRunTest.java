package dev.pharos.store.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.summary.SummedBatches;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadRunTest {
  private final List<HeadChunk<SpanBatch, SpanBlock>> chunks = new ArrayList<>();

  /// Spans that start one nanosecond after the other.
  private void add(int rows, long start) {
    var batch = new SpanBatch(rows);
    batch.addRows(rows);
    for (int row = 0; row < rows; row++) {
      batch.startNanos()[row] = start + row;
    }
    chunks.add(new HeadChunk<>(Tenant.DEFAULT, batch));
  }

  private List<HeadRun<SpanBatch, SpanBlock>> runs() {
    return HeadRun.of(chunks);
  }

  @Test
  void keepsTheRunsThatAreFullWhileTheHeadGrows() {
    add(HeadRun.ROWS - 1, 0);
    assertThat(runs()).hasSize(1);
    assertThat(runs().getFirst().batches().sum()).isEmpty();
    add(1, 0);
    HeadRun<SpanBatch, SpanBlock> first = runs().getFirst();
    assertThat(first.chunks()).hasSize(2);
    add(5, 0);
    assertThat(runs()).hasSize(2).first().isSameAs(first);
    assertThat(first.batches().sum()).isPresent();
    assertThat(runs().getLast().batches().sum()).isEmpty();
  }

  @Test
  void makesARunAnewWhereABatchOfItWasJoinedWithOthers() {
    add(HeadRun.ROWS / 2, 0);
    add(HeadRun.ROWS / 2, 0);
    HeadRun<SpanBatch, SpanBlock> before = runs().getFirst();
    chunks.remove(1);
    add(HeadRun.ROWS, 0);
    assertThat(runs()).hasSize(1);
    assertThat(runs().getFirst()).isNotSameAs(before);
    assertThat(runs().getFirst().chunks()).isEqualTo(chunks);
  }

  @Test
  void givesItsSumOnlyWhereAllItsRowsCount() {
    add(HeadRun.ROWS, 1_000);
    HeadRun<SpanBatch, SpanBlock> run = runs().getFirst();
    long end = 1_000 + HeadRun.ROWS;
    assertThat(run.in(RowTimes.SPANS, 0, 1_001, 0)).contains(run.batches());
    assertThat(run.in(RowTimes.SPANS, 0, 1_000, 0)).isEmpty();
    assertThat(run.in(RowTimes.SPANS, end, end + 1, 0)).isEmpty();
    assertThat(run.in(RowTimes.SPANS, 1_001, end, 1_001))
        .contains(SummedBatches.once(run.batches().batches()));
  }
}
