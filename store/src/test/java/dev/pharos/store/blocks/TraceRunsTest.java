package dev.pharos.store.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.BatchTexts;
import dev.pharos.model.RandomBatches;
import dev.pharos.model.SpanBatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class TraceRunsTest {
  @RepeatedTest(20)
  void keepsEverySpanAndPutsTracesTogether(RepetitionInfo repetition) {
    SpanBatch batch = new RandomBatches(repetition.getCurrentRepetition()).spans(200);

    SpanBatch arranged = TraceRuns.arrange(batch);

    assertThat(BatchTexts.of(arranged)).containsExactlyInAnyOrderElementsOf(BatchTexts.of(batch));
    for (int row = 1; row < arranged.rows(); row++) {
      assertThat(
              Long.compareUnsigned(
                  arranged.traceHi()[row - 1] >>> 9, arranged.traceHi()[row] >>> 9))
          .isLessThanOrEqualTo(0);
    }
  }
}
