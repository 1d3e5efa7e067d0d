package dev.pharos.pipeline.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Failure;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private static final Failure FULL = Failure.retryable(Cause.QUEUE_FULL, "full");
  private static final Sink<LogBatch> TAKES = parcel -> parcel.acknowledgement().done();
  private static final Sink<LogBatch> REFUSES = parcel -> parcel.acknowledgement().fail(FULL);

  private final List<Outcome> outcomes = new ArrayList<>();

  private static Branch<LogBatch> branch(Durability durability, Sink<LogBatch> sink) {
    return new Branch<>("b", sink, durability);
  }

  @SafeVarargs
  private void send(Branch<LogBatch>... branches) {
    FanOut.of(List.of(branches))
        .accept(
            Parcel.of(new LogBatch(), Tenant.DEFAULT, RequestKey.NONE, new Pending(outcomes::add)));
  }

  @Test
  void aDeadBranchBesideADurableOneRefusesNobody() {
    send(branch(Durability.DURABLE, TAKES), branch(Durability.BEST_EFFORT, REFUSES));
    send(branch(Durability.BEST_EFFORT, REFUSES), branch(Durability.DURABLE, TAKES));
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  @Test
  void aDurableBranchRefuses() {
    send(branch(Durability.DURABLE, REFUSES), branch(Durability.BEST_EFFORT, TAKES));
    assertThat(outcomes).extracting(Outcome::failure).containsExactly(Optional.of(FULL));
  }

  @Test
  void aRequiredBranchRefusesBesideADurableOne() {
    send(branch(Durability.DURABLE, TAKES), branch(Durability.REQUIRED, REFUSES));
    assertThat(outcomes).extracting(Outcome::failure).containsExactly(Optional.of(FULL));
  }

  @Test
  void everyBranchRefusesWhereNoneIsDurable() {
    send(branch(Durability.BEST_EFFORT, TAKES), branch(Durability.BEST_EFFORT, REFUSES));
    assertThat(outcomes).extracting(Outcome::failure).containsExactly(Optional.of(FULL));
  }

  @Test
  void aBranchThatKeepsNothingRefusesOnlyAlone() {
    send(branch(Durability.NONE, REFUSES), branch(Durability.BEST_EFFORT, TAKES));
    send(branch(Durability.NONE, REFUSES), branch(Durability.NONE, REFUSES));
    send(branch(Durability.NONE, REFUSES));
    assertThat(outcomes)
        .extracting(Outcome::failure)
        .containsExactly(Optional.empty(), Optional.of(FULL), Optional.of(FULL));
  }

  @Test
  void waitsForEveryBranchThatCounts() {
    List<Acknowledgement> open = new ArrayList<>();
    Sink<LogBatch> keeps = parcel -> open.add(parcel.acknowledgement());
    send(
        branch(Durability.DURABLE, keeps),
        branch(Durability.REQUIRED, keeps),
        branch(Durability.BEST_EFFORT, keeps));
    open.get(0).done();
    assertThat(outcomes).isEmpty();
    open.get(1).done();
    assertThat(outcomes).containsExactly(Outcome.ACCEPTED);
    // The branch that nobody waits for may answer at any time.
    open.get(2).fail(FULL);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void refusesAnotherAnswerOfABranch() {
    List<Acknowledgement> open = new ArrayList<>();
    Sink<LogBatch> keeps = parcel -> open.add(parcel.acknowledgement());
    send(branch(Durability.DURABLE, keeps), branch(Durability.DURABLE, TAKES));
    open.get(0).done();
    assertThatThrownBy(open.get(0)::done).isInstanceOf(IllegalStateException.class);
  }

  /// Takes parcels with patience, or refuses them.
  private record Joins(boolean joins, boolean takes) implements Sink<LogBatch> {
    @Override
    public void accept(Parcel<LogBatch> parcel) {
      throw new AssertionError("came without patience");
    }

    @Override
    public void accept(Parcel<LogBatch> parcel, Patience patience) {
      (takes ? TAKES : REFUSES).accept(parcel);
    }
  }

  @Test
  void joinsWhereAllBranchesDoAndAnswersAsWithoutPatience() {
    var takes = new Joins(true, true);
    var refuses = new Joins(true, false);
    for (var other : List.of(takes, refuses)) {
      Sink<LogBatch> sink =
          FanOut.of(
              List.of(branch(Durability.BEST_EFFORT, takes), branch(Durability.REQUIRED, other)));
      assertThat(sink.joins()).isTrue();
      sink.accept(
          Parcel.of(new LogBatch(), Tenant.DEFAULT, RequestKey.NONE, new Pending(outcomes::add)),
          new Patience(1, 0));
    }
    assertThat(outcomes)
        .extracting(Outcome::failure)
        .containsExactly(Optional.empty(), Optional.of(FULL));
    assertThat(
            FanOut.of(
                    List.of(
                        branch(Durability.BEST_EFFORT, takes),
                        branch(Durability.DURABLE, new Joins(false, true))))
                .joins())
        .isFalse();
  }

  @Test
  void tellsWhatCountingBranchesRejected() {
    Sink<LogBatch> rejects =
        parcel -> {
          parcel.acknowledgement().rejected(0, 2, Cause.PAST_RETENTION, "too old");
          parcel.acknowledgement().done();
        };
    send(branch(Durability.DURABLE, rejects), branch(Durability.BEST_EFFORT, rejects));
    assertThat(outcomes).containsExactly(new Outcome(2, "too old", Optional.empty()));
  }
}
