package dev.pharos.components.batch;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.setup;
import static dev.pharos.components.Running.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Answer;
import dev.pharos.components.Samples;
import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.Metadata;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.transport.Headers;
import dev.pharos.wire.otlp.OtlpCodec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final Tenant OTHER = new Tenant("other");

  private final Account memory = new Ledger(1 << 30).open("test", 1);
  private final List<Parcel<SpanBatch>> passed = new CopyOnWriteArrayList<>();

  private Processor<SpanBatch> batch(String yaml) {
    return new BatchFactory(memory)
        .traces(setup("batch", new Registry()), config(BatchConfig.SCHEMA, yaml), passed::add);
  }

  private static Answer give(Processor<SpanBatch> batch, SpanBatch spans, Tenant tenant) {
    var answer = new Answer();
    batch.accept(Parcel.of(spans, tenant, RequestKey.NONE, answer.acknowledgement()));
    return answer;
  }

  private static byte[] bytes(SpanBatch batch) {
    return OtlpCodec.TRACES.encode(batch);
  }

  @Test
  void joinsUpToTheBatchSize() throws Exception {
    List<Answer> answers = new ArrayList<>();
    // Nothing but the size lets the batch go: the thread for the timeout is not started.
    Processor<SpanBatch> batch = batch("send_batch_size: 30");
    for (int i = 0; i < 2; i++) {
      answers.add(give(batch, Samples.spans(10 * i, 10), Tenant.DEFAULT));
    }
    assertThat(passed).isEmpty();
    answers.add(give(batch, Samples.spans(20, 10), Tenant.DEFAULT));
    eventually(() -> passed.size() == 1);
    assertThat(bytes(passed.get(0).batch())).isEqualTo(bytes(Samples.spans(0, 30)));
    assertThat(answers).noneMatch(Answer::isThere);
    passed.get(0).acknowledgement().done();
    for (Answer answer : answers) {
      assertThat(answer.get()).isEqualTo(Outcome.ACCEPTED);
    }
    eventually(() -> memory.usedBytes() == 0);
  }

  @Test
  void tellsEachSenderWhatWasRejectedOfItsOwn() throws Exception {
    Processor<SpanBatch> batch = batch("send_batch_size: 4");
    Answer first = give(batch, Samples.spans(0, 2), Tenant.DEFAULT);
    Answer second = give(batch, Samples.spans(2, 2), Tenant.DEFAULT);
    eventually(() -> passed.size() == 1);
    Parcel<SpanBatch> joined = passed.get(0);
    joined.acknowledgement().rejected(joined.source(3), 1, Cause.PAST_RETENTION, "too old");
    joined.acknowledgement().done();
    assertThat(first.get()).isEqualTo(Outcome.ACCEPTED);
    assertThat(second.get()).isEqualTo(new Outcome(1, "too old", Optional.empty()));
  }

  @Test
  void refusesEverySenderOfARefusedBatch() throws Exception {
    Processor<SpanBatch> batch = batch("send_batch_size: 4");
    Answer first = give(batch, Samples.spans(0, 2), Tenant.DEFAULT);
    Answer second = give(batch, Samples.spans(2, 2), Tenant.DEFAULT);
    Failure failure = Failure.retryable(Cause.QUEUE_FULL, "full");
    eventually(() -> passed.size() == 1);
    passed.get(0).acknowledgement().fail(failure);
    assertThat(first.get().failure()).contains(failure);
    assertThat(second.get().failure()).contains(failure);
  }

  @Test
  void keepsTenantsApart() throws Exception {
    Processor<SpanBatch> batch = batch("send_batch_size: 4");
    give(batch, Samples.spans(0, 3), Tenant.DEFAULT);
    give(batch, Samples.spans(3, 3), OTHER);
    assertThat(passed).isEmpty();
    give(batch, Samples.spans(6, 1), OTHER);
    eventually(() -> !passed.isEmpty());
    assertThat(passed)
        .singleElement()
        .satisfies(
            parcel -> {
              assertThat(parcel.tenant()).isEqualTo(OTHER);
              assertThat(parcel.batch().items()).isEqualTo(4);
            });
  }

  private static Client client(String... namesAndValues) {
    return new Client(
        Optional.of(InetAddress.getLoopbackAddress()),
        Metadata.of(Headers.of(namesAndValues)::forEach));
  }

  private static Answer give(Processor<SpanBatch> batch, SpanBatch spans, Client client) {
    var answer = new Answer();
    batch.accept(
        Parcel.of(spans, Tenant.DEFAULT, RequestKey.NONE, answer.acknowledgement()).with(client));
    return answer;
  }

  @Test
  void keepsApartByMetadataAndPassesNothingElseOfItsSendersOn() throws Exception {
    Processor<SpanBatch> batch = batch("{send_batch_size: 4, metadata_keys: [X-Shop]}");
    give(batch, Samples.spans(0, 2), client("x-shop", "a", "authorization", "one"));
    give(batch, Samples.spans(2, 2), client("x-shop", "b"));
    give(batch, Samples.spans(4, 2), client("x-shop", ""));
    give(batch, Samples.spans(6, 2), client("authorization", "two"));
    assertThat(passed).isEmpty();
    give(batch, Samples.spans(8, 2), client("X-SHOP", "a"));
    eventually(() -> passed.size() == 1);
    assertThat(passed.get(0).items()).isEqualTo(4);
    assertThat(passed.get(0).client()).isEqualTo(client("x-shop", "a").only(List.of("x-shop")));
    give(batch, Samples.spans(10, 4), client("authorization", "three"));
    eventually(() -> passed.size() == 2);
    assertThat(passed.get(1).items()).isEqualTo(6);
    assertThat(passed.get(1).client()).isEqualTo(Client.NONE);
  }

  @Test
  void passesNothingOfItsSendersOnWithoutMetadataKeys() throws Exception {
    Processor<SpanBatch> batch = batch("timeout: 0s");
    give(batch, Samples.spans(0, 2), client("x-shop", "a"));
    assertThat(passed.get(0).client()).isEqualTo(Client.NONE);
  }

  @Test
  void refusesForGoodMoreCombinationsThanTheLimit() throws Exception {
    Processor<SpanBatch> batch =
        batch("{timeout: 0s, metadata_keys: [x-shop], metadata_cardinality_limit: 2}");
    for (String shop : new String[] {"a", "b", "a"}) {
      give(batch, Samples.spans(0, 1), client("x-shop", shop));
    }
    assertThat(passed).hasSize(3);
    Failure failure =
        give(batch, Samples.spans(0, 1), client("x-shop", "c")).get().failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.CARDINALITY_LIMIT);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.message()).contains("too many batcher metadata-value combinations");
    Processor<SpanBatch> unlimited =
        batch("{timeout: 0s, metadata_keys: [x-shop], metadata_cardinality_limit: 0}");
    for (String shop : new String[] {"a", "b", "c"}) {
      give(unlimited, Samples.spans(0, 1), client("x-shop", shop));
    }
    assertThat(passed).hasSize(6);
  }

  @Test
  void splitsWhatIsLargerThanTheLargestBatch() throws Exception {
    Processor<SpanBatch> batch = batch("send_batch_size: 10\nsend_batch_max_size: 10");
    Answer answer = give(batch, Samples.spans(0, 25), Tenant.DEFAULT);
    assertThat(passed).extracting(parcel -> parcel.batch().items()).containsExactly(10, 10, 5);
    passed.get(0).acknowledgement().done();
    passed.get(1).acknowledgement().fail(Failure.permanent(Cause.REFUSED_DOWNSTREAM, "bad"));
    assertThat(answer.isThere()).isFalse();
    passed.get(2).acknowledgement().done();
    assertThat(answer.get().failure()).isPresent();
  }

  @Test
  void passesEverythingAtOnceWithoutTimeout() {
    Processor<SpanBatch> batch = batch("timeout: 0s\nsend_batch_size: 10\nsend_batch_max_size: 10");
    give(batch, Samples.spans(0, 12), Tenant.DEFAULT);
    assertThat(passed).extracting(parcel -> parcel.batch().items()).containsExactly(10, 2);
  }

  @Test
  void letsNoSenderWaitForALongTimeout() throws Exception {
    Processor<SpanBatch> batch = batch("timeout: 1h");
    try (var running = start(batch)) {
      Answer answer = give(batch, Samples.spans(0, 1), Tenant.DEFAULT);
      eventually(() -> !passed.isEmpty());
      passed.get(0).acknowledgement().done();
      assertThat(answer.get()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  @Test
  void passesOnWhatWaitsWhenItStops() {
    Processor<SpanBatch> batch = batch("timeout: 1h");
    batch.start();
    give(batch, Samples.spans(0, 1), Tenant.DEFAULT);
    batch.stop();
    give(batch, Samples.spans(1, 1), Tenant.DEFAULT);
    assertThat(passed).extracting(Parcel::batch).extracting(Batch::items).containsExactly(1, 1);
    assertThat(memory.usedBytes()).isZero();
  }

  /// Answers at once and joins, as a queue in memory does.
  private final class JoiningQueue implements Sink<SpanBatch> {
    private final List<Patience> given = new ArrayList<>();
    private boolean joins = true;

    @Override
    public void accept(Parcel<SpanBatch> parcel) {
      passed.add(parcel);
    }

    @Override
    public void accept(Parcel<SpanBatch> parcel, Patience patience) {
      given.add(patience);
      parcel.acknowledgement().done();
    }

    @Override
    public boolean joins() {
      return joins;
    }

    @Override
    public boolean looksInside() {
      return false;
    }
  }

  private Processor<SpanBatch> batch(String yaml, Sink<SpanBatch> next) {
    var config = config(BatchConfig.SCHEMA, yaml);
    return new Batcher<>("batch", config, memory, next, () -> 7_000);
  }

  @Test
  void leavesJoiningToQueuesThatAnswerAtOnce() throws Exception {
    var queue = new JoiningQueue();
    Processor<SpanBatch> batch = batch("{timeout: 1h, send_batch_size: 30}", queue);
    assertThat(give(batch, Samples.spans(0, 1), Tenant.DEFAULT).get()).isEqualTo(Outcome.ACCEPTED);
    assertThat(queue.given)
        .containsExactly(new Patience(30, Duration.ofHours(1).toNanos() + 7_000));
    batch("{timeout: 1us, send_batch_size: 0}", queue)
        .accept(
            Parcel.of(
                Samples.spans(0, 1), Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY));
    assertThat(queue.given.get(1)).isEqualTo(new Patience(Integer.MAX_VALUE, 8_000));
  }

  @Test
  void joinsItselfOnceSomethingElseComesAfterIt() {
    var queue = new JoiningQueue();
    Processor<SpanBatch> batch = batch("{send_batch_size: 4}", queue);
    give(batch, Samples.spans(0, 3), Tenant.DEFAULT);
    assertThat(queue.given).hasSize(1);
    queue.joins = false;
    Answer answer = give(batch, Samples.spans(0, 3), Tenant.DEFAULT);
    assertThat(answer.isThere()).isFalse();
    give(batch, Samples.spans(3, 1), Tenant.DEFAULT);
    assertThat(passed).extracting(Parcel::items).containsExactly(4);
  }

  @Test
  void joinsItselfWhatIsToBeSplit() {
    var queue = new JoiningQueue();
    Processor<SpanBatch> batch = batch("{send_batch_size: 4, send_batch_max_size: 4}", queue);
    give(batch, Samples.spans(0, 6), Tenant.DEFAULT);
    assertThat(passed).extracting(Parcel::items).containsExactly(4, 2);
    assertThat(queue.given).isEmpty();
  }

  @Test
  void refusesWhatFindsNoMemory() throws Exception {
    Account none = new Ledger(1).open("none", 1);
    Processor<SpanBatch> batch =
        new BatchFactory(none)
            .traces(setup("batch", new Registry()), config(BatchConfig.SCHEMA, ""), passed::add);
    Failure failure =
        give(batch, Samples.spans(0, 1), Tenant.DEFAULT).get().failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.MEMORY);
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void answersWhereAFaultDownstreamLeftNone() throws Exception {
    Processor<SpanBatch> batch =
        new BatchFactory(memory)
            .traces(
                setup("batch", new Registry()),
                config(BatchConfig.SCHEMA, "send_batch_size: 2"),
                parcel -> {
                  throw new IllegalStateException("a fault");
                });
    Answer first = give(batch, Samples.spans(0, 1), Tenant.DEFAULT);
    Answer second = give(batch, Samples.spans(1, 1), Tenant.DEFAULT);
    assertThat(first.get().failure().orElseThrow().cause()).isEqualTo(Cause.INTERNAL);
    assertThat(second.get().failure().orElseThrow().message()).contains("a fault");
    eventually(() -> memory.usedBytes() == 0);
  }
}
