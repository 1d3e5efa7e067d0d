package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Sending;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExportQueueSendingTest extends QueueCase {
  @Test
  void tellsOfRetriesUntilTheBackendIsBack() throws Exception {
    var tried = new CountDownLatch(3);
    var back = new AtomicBoolean();
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1}",
            AT_ONCE,
            (batch, tenant, timeout) -> {
              tried.countDown();
              return back.get() ? keep(batch, tenant, timeout) : new SendResult.Failed(BUSY, "503");
            });
    assertThat(queue.sending().oldest()).isEmpty();
    assertThat(queue.sending().lastFault()).isEmpty();
    give(queue, 2, Tenant.DEFAULT);
    give(queue, 2, Tenant.DEFAULT);
    assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
    Sending away = queue.sending();
    assertThat(away.retries().get("503")).isGreaterThanOrEqualTo(2);
    assertThat(away.lastFault().orElseThrow().message()).isEqualTo(BUSY.message());
    assertThat(away.lastFault().orElseThrow().isRepeated()).isTrue();
    assertThat(away.oldest()).isPresent();
    assertThat(registry.text())
        .contains(
            "pharos_exporter_retries_total{answer=\"503\",exporter=\"test\",signal=\"logs\"}");
    back.set(true);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
    queue.stop();
    Sending after = queue.sending();
    assertThat(after.retrying()).isZero();
    assertThat(after.nextTry()).isEmpty();
    assertThat(after.oldest()).isEmpty();
    assertThat(after.lastFault()).isPresent();
  }

  @Test
  void tellsWhenTheNextTryIsAndWhatIsLost() throws Exception {
    var failure = Failure.retryable(Cause.UNREACHABLE, "come back", Duration.ofMinutes(2));
    var answers = new LinkedBlockingQueue<SendResult>();
    ExportQueue<LogBatch> queue = queue("{}", "{}", (batch, tenant, timeout) -> answers.take());
    give(queue, 2, Tenant.DEFAULT);
    answers.add(new SendResult.Failed(Failure.permanent(Cause.REFUSED_DOWNSTREAM, "never"), "400"));
    eventually(() -> queue.sending().lastFault().isPresent());
    assertThat(queue.sending().lastFault().orElseThrow().isRepeated()).isFalse();
    assertThat(queue.sending().retries()).isEmpty();
    give(queue, 2, Tenant.DEFAULT);
    answers.add(new SendResult.Failed(failure, "429"));
    eventually(() -> queue.sending().retrying() == 1);
    assertThat(queue.sending().nextTry().orElseThrow())
        .isBetween(Duration.ofSeconds(60), Duration.ofMinutes(2));
    assertThat(queue.sending().retries()).isEqualTo(Map.of("429", 1L));
    queue.stop();
  }
}
