package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Outcome;
import dev.pharos.model.Parcel;
import dev.pharos.model.Pending;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoiningTest {
  private final List<Outcome> outcomes = new ArrayList<>();

  /// Records whose times are `from`, `from + 1` and so on; the outcome goes to its place in `outcomes`.
  private Parcel<LogBatch> parcel(int from, int count, RequestKey key) {
    var batch = new LogBatch();
    batch.resources().add(0, 0, 0);
    batch.resources().attributes().endParent();
    batch.scopes().add(0, 0, 0, 0);
    batch.scopes().attributes().endParent();
    for (int i = 0; i < count; i++) {
      batch.timeNanos()[batch.addRow()] = from + i;
      batch.attributes().endParent();
    }
    int place = outcomes.size();
    outcomes.add(new Outcome(-1, "open", java.util.Optional.empty()));
    return Parcel.of(
        batch, Tenant.DEFAULT, key, new Pending(outcome -> outcomes.set(place, outcome)));
  }

  @Test
  void leavesASingleParcelAlone() {
    Parcel<LogBatch> one = parcel(0, 3, RequestKey.NONE);
    assertThat(Joining.join(List.of(one))).isSameAs(one);
    assertThat(Joining.split(one, 3)).containsExactly(one);
  }

  @Test
  void keepsKeysAndSources() {
    var key = new RequestKey(1, 2);
    Parcel<LogBatch> joined =
        Joining.join(List.of(parcel(0, 2, RequestKey.NONE), parcel(2, 1, key)));
    assertThat(joined.keys()).containsExactly(RequestKey.NONE, key);
    assertThat(joined.sources()).containsExactly(0, 0, 1);
    List<Parcel<LogBatch>> pieces = Joining.split(joined, 2);
    assertThat(pieces).hasSize(2);
    assertThat(pieces.get(0).keys()).isEmpty();
    assertThat(pieces.get(1).keys()).isEqualTo(joined.keys());
    assertThat(pieces.get(1).parts()).isEmpty();
    assertThat(pieces.get(1).source(0)).isEqualTo(1);
    List<Parcel<LogBatch>> halves = Joining.split(parcel(0, 2, key), 1);
    assertThat(halves).allSatisfy(half -> assertThat(half.keys()).isEmpty());
    assertThat(halves.get(1).parts().get(0).positions()).containsExactly(1);
  }

  @Test
  void losesNoItemAndNoAnswerWhateverIsJoinedAndSplit() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      outcomes.clear();
      int requests = 1 + random.nextInt(6);
      List<Parcel<LogBatch>> parcels = new ArrayList<>();
      int[] owner = new int[60];
      int time = 0;
      for (int i = 0; i < requests; i++) {
        int count = 1 + random.nextInt(8);
        parcels.add(parcel(time, count, RequestKey.NONE));
        for (int j = 0; j < count; j++) {
          owner[time++] = i;
        }
      }
      List<Parcel<LogBatch>> pieces =
          new ArrayList<>(Joining.split(Joining.join(parcels), 1 + random.nextInt(10)));
      int[] rejected = new int[requests];
      int seen = 0;
      for (Parcel<LogBatch> piece : pieces) {
        for (int row = 0; row < piece.batch().rows(); row++) {
          assertThat(piece.batch().timeNanos()[row]).as("seed " + seed).isEqualTo(seen);
          if (random.nextInt(4) == 0) {
            rejected[owner[seen]]++;
            piece.acknowledgement().rejected(piece.source(row), 1, Cause.PAST_RETENTION, "too old");
          }
          seen++;
        }
      }
      assertThat(seen).as("seed " + seed).isEqualTo(time);
      Collections.shuffle(pieces, random);
      pieces.forEach(piece -> piece.acknowledgement().done());
      for (int i = 0; i < requests; i++) {
        assertThat(outcomes.get(i).rejectedItems()).as("seed " + seed).isEqualTo(rejected[i]);
        assertThat(outcomes.get(i).failure()).isEmpty();
      }
    }
  }
}
