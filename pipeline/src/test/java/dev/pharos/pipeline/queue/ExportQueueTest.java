package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Metadata;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExportQueueTest extends QueueCase {
  private static final Tenant OTHER = new Tenant("other");
  private static final Duration HOUR = Duration.ofHours(1);

  /// As `give`; ten items are enough to be sent.
  private static CompletableFuture<Outcome> giveWithPatience(
      ExportQueue<LogBatch> queue, int items, Tenant tenant, Duration longest) {
    var answer = new CompletableFuture<Outcome>();
    Acknowledgement acknowledgement = new Pending(answer::complete);
    queue.accept(
        Parcel.of(batch(items), tenant, RequestKey.NONE, acknowledgement),
        new Patience(10, System.nanoTime() + longest.toNanos()));
    return answer;
  }

  @Test
  void answersOnceQueuedAndSendsInTheBackground() throws Exception {
    var gate = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{}",
            "{}",
            (batch, tenant, timeout) -> {
              gate.await();
              return keep(batch, tenant, timeout);
            });
    assertThat(get(give(queue, 3, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    assertThat(sent).isEmpty();
    gate.countDown();
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(3);
    queue.stop();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void answersAfterTheExportWhereAskedTo() throws Exception {
    Failure refused = Failure.permanent(Cause.REFUSED_DOWNSTREAM, "never");
    for (String settings : List.of("{wait_for_result: true}", "{enabled: false}")) {
      ExportQueue<LogBatch> queue =
          queue(settings, "{}", (batch, tenant, timeout) -> new SendResult.Failed(refused));
      assertThat(get(give(queue, 3, Tenant.DEFAULT)).failure()).contains(refused);
      queue.stop();
    }
  }

  @Test
  void triesAgainUntilTheBackendTakesIt() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            AT_ONCE,
            (batch, tenant, timeout) -> {
              sent.add(batch.items());
              return sent.size() < 4 ? new SendResult.Failed(BUSY) : SendResult.ALL;
            });
    assertThat(get(give(queue, 2, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    assertThat(sent).hasSize(4);
    queue.stop();
  }

  @Test
  void givesUpWhenTimeIsUp() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            "{initial_interval: 1ms, max_interval: 1ms, max_elapsed_time: 5ms, randomization_factor: 0}",
            (batch, tenant, timeout) -> new SendResult.Failed(BUSY));
    assertThat(get(give(queue, 2, Tenant.DEFAULT)).failure()).contains(BUSY);
    assertThat(registry.text())
        .contains(
            "pharos_exporter_failed_items_total{cause=\"unreachable\",exporter=\"test\",signal=\"logs\"} 2");
    queue.stop();
  }

  @Test
  void neverTriesAgainWhatTheBackendRefusesForGood() throws Exception {
    Failure refused = Failure.permanent(Cause.REFUSED_DOWNSTREAM, "never");
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            AT_ONCE,
            (batch, tenant, timeout) -> {
              sent.add(batch.items());
              return new SendResult.Failed(refused);
            });
    assertThat(get(give(queue, 2, Tenant.DEFAULT)).failure()).contains(refused);
    assertThat(sent).hasSize(1);
    queue.stop();
  }

  @Test
  void answersForAFaultInTheSender() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            AT_ONCE,
            (batch, tenant, timeout) -> {
              throw new IllegalStateException("a fault");
            });
    assertThat(get(give(queue, 2, Tenant.DEFAULT)).failure().orElseThrow().cause())
        .isEqualTo(Cause.INTERNAL);
    queue.stop();
  }

  @Test
  void measuresItsSizeInItemsWhereAskedTo() throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, sizer: items, queue_size: 10}",
            "{}",
            (batch, tenant, timeout) -> {
              begun.countDown();
              gate.await();
              return SendResult.ALL;
            });
    assertThat(get(give(queue, 1, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    begun.await();
    assertThat(get(give(queue, 6, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    assertThat(get(give(queue, 5, Tenant.DEFAULT)).failure().orElseThrow().cause())
        .isEqualTo(Cause.QUEUE_FULL);
    assertThat(get(give(queue, 4, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    gate.countDown();
    queue.stop();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void letsSendersWaitForRoomWhereAskedTo() throws Exception {
    var gate = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, queue_size: 1, block_on_overflow: true}",
            "{}",
            (batch, tenant, timeout) -> {
              gate.await();
              return keep(batch, tenant, timeout);
            });
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(give(queue, 1, Tenant.DEFAULT));
    }
    gate.countDown();
    for (CompletableFuture<Outcome> answer : answers) {
      assertThat(get(answer)).isEqualTo(Outcome.ACCEPTED);
    }
    queue.stop();
    assertThat(sent).hasSize(5);
  }

  @Test
  void slowsSendersDownWhileItFills() throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, queue_size: 4}",
            "{}",
            (batch, tenant, timeout) -> {
              begun.countDown();
              gate.await();
              return keep(batch, tenant, timeout);
            });
    give(queue, 1, Tenant.DEFAULT);
    begun.await();
    assertThat(give(queue, 2, Tenant.DEFAULT)).isDone();
    assertThat(give(queue, 3, Tenant.DEFAULT)).isDone();
    long given = System.nanoTime();
    CompletableFuture<Outcome> late = give(queue, 4, Tenant.DEFAULT);
    assertThat(get(late)).isEqualTo(Outcome.ACCEPTED);
    assertThat(Duration.ofNanos(System.nanoTime() - given))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    gate.countDown();
    queue.stop();
    assertThat(sent).containsExactly(1, 2, 3, 4);
  }

  @Test
  void answersAtOnceWhileAFullQueueOnlyWaitsForCompany() {
    ExportQueue<LogBatch> queue = queue("{queue_size: 9, sizer: items}", "{}", this::keep);
    assertThat(giveWithPatience(queue, 8, Tenant.DEFAULT, HOUR)).isDone();
    assertThat(giveWithPatience(queue, 1, Tenant.DEFAULT, HOUR)).isDone();
    queue.stop();
  }

  @Test
  void joinsRequestsOfOneTenant() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, batch: {flush_timeout: 1h, min_size: 6, max_size: 6}}",
            "{}",
            this::keep);
    give(queue, 2, Tenant.DEFAULT);
    give(queue, 2, Tenant.DEFAULT);
    assertThat(sent).isEmpty();
    give(queue, 5, Tenant.DEFAULT);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(6);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(3);
    give(queue, 1, Tenant.DEFAULT);
    give(queue, 6, OTHER);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(6);
    queue.stop();
    assertThat(sent).containsExactly(1);
  }

  private static Parcel<LogBatch> parcel(int items, String shop) {
    Metadata metadata =
        Metadata.of(
            each -> {
              each.accept("x-shop", shop);
              each.accept("x-request", "of " + items);
            });
    return Parcel.of(batch(items), Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY)
        .with(Client.of(metadata));
  }

  @Test
  void joinsRequestsThatAgreeInTheMetadataOfThePartition() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{batch: {flush_timeout: 1h, min_size: 6, partition: {metadata_keys: [X-Shop]}}}",
            "{}",
            this::keep);
    queue.accept(parcel(4, "a"));
    queue.accept(parcel(5, "b"));
    queue.accept(parcel(3, "a"));
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(7);
    queue.stop();
    assertThat(sent).containsExactly(5);
  }

  @Test
  void keepsParcelsWithPatienceApartByAllTheirMetadata() throws Exception {
    ExportQueue<LogBatch> queue = queue("{}", "{}", this::keep);
    var patience = new Patience(6, System.nanoTime() + HOUR.toNanos());
    queue.accept(parcel(4, "a"), patience);
    queue.accept(parcel(4, "b"), patience);
    queue.accept(parcel(4, "a"), patience);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(8);
    queue.stop();
    assertThat(sent).containsExactly(4);
  }

  @Test
  void answersParcelsWithPatienceAndSendsThemTogether() throws Exception {
    ExportQueue<LogBatch> queue = queue("{}", "{}", this::keep);
    assertThat(queue.joins()).isTrue();
    assertThat(get(giveWithPatience(queue, 4, Tenant.DEFAULT, HOUR))).isEqualTo(Outcome.ACCEPTED);
    assertThat(get(giveWithPatience(queue, 4, OTHER, HOUR))).isEqualTo(Outcome.ACCEPTED);
    assertThat(get(giveWithPatience(queue, 5, Tenant.DEFAULT, HOUR))).isEqualTo(Outcome.ACCEPTED);
    assertThat(sent).isEmpty();
    giveWithPatience(queue, 3, Tenant.DEFAULT, HOUR);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(12);
    queue.stop();
    assertThat(sent).containsExactly(4);
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void sendsParcelsThatMayWaitNoLonger() throws Exception {
    ExportQueue<LogBatch> queue = queue("{num_consumers: 2}", "{}", this::keep);
    for (int i = 1; i < 4; i++) {
      giveWithPatience(queue, i, Tenant.DEFAULT, Duration.ofMillis(1));
      assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(i);
    }
    giveWithPatience(queue, 4, Tenant.DEFAULT, HOUR);
    giveWithPatience(queue, 5, OTHER, Duration.ofMillis(1));
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(5);
    queue.stop();
  }

  @Test
  void countsParcelsThatGoTogetherAsOneRequestAndLetsThemGoWhereNothingElseFits() throws Exception {
    ExportQueue<LogBatch> queue = queue("{queue_size: 1}", "{}", this::keep);
    for (int i = 0; i < 9; i++) {
      assertThat(get(giveWithPatience(queue, 1, Tenant.DEFAULT, HOUR))).isEqualTo(Outcome.ACCEPTED);
    }
    assertThat(get(giveWithPatience(queue, 1, OTHER, HOUR)).failure().orElseThrow().cause())
        .isEqualTo(Cause.QUEUE_FULL);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(9);
    assertThat(get(giveWithPatience(queue, 1, OTHER, HOUR))).isEqualTo(Outcome.ACCEPTED);
    queue.stop();
  }

  @Test
  void countsItemsOfParcelsThatGoTogetherWhereItIsMeasuredInThem() throws Exception {
    ExportQueue<LogBatch> queue =
        queue("{queue_size: 8, sizer: items, block_on_overflow: true}", "{}", this::keep);
    giveWithPatience(queue, 7, Tenant.DEFAULT, HOUR);
    assertThat(sent).isEmpty();
    CompletableFuture<Outcome> second = giveWithPatience(queue, 2, Tenant.DEFAULT, HOUR);
    assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(get(second)).isEqualTo(Outcome.ACCEPTED);
    queue.stop();
    assertThat(sent).containsExactly(2);
  }

  @Test
  void hasNoUseForPatienceWhereSendersWaitOrThePolicyJoins() throws Exception {
    for (String settings :
        List.of("{wait_for_result: true}", "{enabled: false}", "{batch: {min_size: 1}}")) {
      ExportQueue<LogBatch> queue = queue(settings, "{}", this::keep);
      assertThat(queue.joins()).as(settings).isFalse();
      assertThat(get(giveWithPatience(queue, 2, Tenant.DEFAULT, HOUR))).isEqualTo(Outcome.ACCEPTED);
      assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
      queue.stop();
    }
  }

  @Test
  void refusesWhatComesAfterTheStop() throws Exception {
    ExportQueue<LogBatch> queue = queue("{}", "{}", this::keep);
    queue.stop();
    assertThat(get(give(queue, 1, Tenant.DEFAULT)).failure().orElseThrow().cause())
        .isEqualTo(Cause.SHUTDOWN);
  }

  @Test
  void stopsWithoutTryingAgainAndCountsWhatIsLeft() throws Exception {
    var begun = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, wait_for_result: true}",
            "{initial_interval: 1h, max_interval: 1h, max_elapsed_time: 0s}",
            (batch, tenant, timeout) -> {
              begun.countDown();
              return new SendResult.Failed(BUSY);
            });
    CompletableFuture<Outcome> first = give(queue, 2, Tenant.DEFAULT);
    CompletableFuture<Outcome> second = give(queue, 3, Tenant.DEFAULT);
    begun.await();
    queue.stop();
    assertThat(get(first).failure()).contains(BUSY);
    assertThat(get(second).failure()).contains(BUSY);
    assertThat(registry.text())
        .contains(
            "pharos_exporter_failed_items_total{cause=\"unreachable\",exporter=\"test\",signal=\"logs\"} 5");
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void waitsForWhatIsSentWithoutAQueueWhenItStops() throws Exception {
    var begun = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            "{}",
            (batch, tenant, timeout) -> {
              begun.countDown();
              gate.await();
              return keep(batch, tenant, timeout);
            });
    CompletableFuture<Outcome> answer = give(queue, 2, Tenant.DEFAULT);
    begun.await();
    Thread stopping = Thread.ofPlatform().start(queue::stop);
    gate.countDown();
    stopping.join();
    assertThat(answer).isDone();
    assertThat(get(answer)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void waitsAsLongAsTheBackendAsks() throws Exception {
    var asked = Duration.ofMillis(30);
    List<Long> times = new ArrayList<>();
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            AT_ONCE,
            (batch, tenant, timeout) -> {
              times.add(System.nanoTime());
              return times.size() < 3
                  ? new SendResult.Failed(Failure.retryable(Cause.UNREACHABLE, "busy", asked))
                  : SendResult.ALL;
            });
    assertThat(get(give(queue, 1, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(asked.toNanos());
    assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(asked.toNanos());
    queue.stop();
  }

  @Test
  void doesNotTryAgainWhereRetriesAreOff() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{enabled: false}",
            "{enabled: false}",
            (batch, tenant, timeout) -> {
              sent.add(batch.items());
              return new SendResult.Failed(BUSY);
            });
    assertThat(get(give(queue, 1, Tenant.DEFAULT)).failure()).contains(BUSY);
    assertThat(sent).hasSize(1);
    queue.stop();
  }

  @Test
  void measuresItsSizeInBytesAndSplitsByThem() throws Exception {
    long bytes = batch(10).sizeBytes();
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, sizer: bytes, queue_size: "
                + (2 * bytes + 1)
                + ", batch: {flush_timeout: 1h, min_size: 1, max_size: "
                + (bytes / 2 + 1)
                + "}}",
            "{}",
            (batch, tenant, timeout) -> {
              begun.countDown();
              gate.await();
              return keep(batch, tenant, timeout);
            });
    give(queue, 10, Tenant.DEFAULT);
    begun.await();
    assertThat(get(give(queue, 10, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    assertThat(get(give(queue, 10, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    assertThat(get(give(queue, 10, Tenant.DEFAULT)).failure().orElseThrow().cause())
        .isEqualTo(Cause.QUEUE_FULL);
    gate.countDown();
    queue.stop();
    assertThat(sent.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    assertThat(sent).allMatch(items -> items <= 5);
  }

  @Test
  void refusesWhatFindsNoMemory() throws Exception {
    long free = memory.limitBytes();
    memory.charge(free);
    ExportQueue<LogBatch> queue = queue("{}", "{}", this::keep);
    assertThat(get(give(queue, 1, Tenant.DEFAULT)).failure().orElseThrow().cause())
        .isEqualTo(Cause.MEMORY);
    memory.release(free);
    assertThat(get(give(queue, 1, Tenant.DEFAULT))).isEqualTo(Outcome.ACCEPTED);
    queue.stop();
  }

  @Test
  void letsAWaitingSenderInOnceOthersGiveMemoryBack() throws Exception {
    long free = memory.limitBytes();
    memory.charge(free);
    ExportQueue<LogBatch> queue = queue("{block_on_overflow: true}", "{}", this::keep);
    CompletableFuture<Outcome> answer = give(queue, 1, Tenant.DEFAULT);
    assertThat(answer).isNotDone();
    memory.release(free);
    assertThat(get(answer)).isEqualTo(Outcome.ACCEPTED);
    queue.stop();
  }

  @Test
  void laysWhatABackendRejectedToTheRequestsInTurnNoMoreThanEachHas() throws Exception {
    ExportQueue<LogBatch> queue =
        queue(
            "{num_consumers: 1, wait_for_result: true, batch: {flush_timeout: 1h, min_size: 9, max_size: 0}}",
            "{}",
            (batch, tenant, timeout) -> new SendResult.Sent(5, "too old"));
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(give(queue, 3, Tenant.DEFAULT));
    }
    assertThat(get(answers.get(0)).rejectedItems()).isEqualTo(3);
    assertThat(get(answers.get(1)).rejectedItems()).isEqualTo(2);
    assertThat(get(answers.get(2))).isEqualTo(Outcome.ACCEPTED);
    queue.stop();
  }
}
