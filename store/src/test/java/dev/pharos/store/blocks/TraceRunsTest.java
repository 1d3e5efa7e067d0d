package dev.pharos.store.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.BatchTexts;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.SpanBatch;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class TraceRunsTest {
  @RepeatedTest(20)
  void keepsEverySpanAndPutsTracesTogether(RepetitionInfo repetition) {
    SpanBatch batch = new RandomBatches(repetition.getCurrentRepetition()).spans(200);

    SpanBatch arranged = TraceRuns.arrange(batch);

    assertThat(BatchTexts.of(arranged)).containsExactlyInAnyOrderElementsOf(BatchTexts.of(batch));
    var traces = new HashSet<List<Long>>();
    for (int row = 0; row < batch.rows(); row++) {
      traces.add(List.of(batch.traceHi()[row], batch.traceLo()[row]));
    }
    assertThat(TraceRuns.runs(arranged))
        .isLessThanOrEqualTo(Math.max(traces.size(), batch.rows() / 2));
  }
}
