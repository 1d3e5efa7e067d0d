package dev.pharos.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.binary.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParcelTest {
  private static final RequestKey A = new RequestKey(1, 1);
  private static final RequestKey B = new RequestKey(1, 2);

  /// Records whose times are `1000 * request + position`, so that each row tells where it comes from.
  private static Parcel<LogBatch> request(int number, int rows, RequestKey key) {
    var batch = new LogBatch();
    batch.resources().add(0, 0, 0);
    batch.resources().attributes().endParent();
    batch.scopes().add(0, 0, 0, 0);
    batch.scopes().attributes().endParent();
    for (int i = 0; i < rows; i++) {
      batch.timeNanos()[batch.addRow()] = 1000L * number + i;
      batch.attributes().endParent();
    }
    return Parcel.of(batch, Tenant.DEFAULT, key, Acknowledgement.NOBODY);
  }

  private static Parcel<LogBatch> join(List<Parcel<LogBatch>> parcels) {
    return Parcel.join(Batches.concat(parcels.stream().map(Parcel::batch).toList()), parcels);
  }

  private static List<Parcel<LogBatch>> cut(Parcel<LogBatch> parcel, int... ends) {
    var pieces = new ArrayList<LogBatch>();
    int from = 0;
    for (int end : ends) {
      LogBatch piece = Batches.room(List.of(parcel.batch()));
      Batches.append(piece, parcel.batch(), from, end);
      pieces.add(piece);
      from = end;
    }
    return parcel.cut(pieces);
  }

  @Test
  void givesAPieceTheKeysOfTheRequestsThatAreWholeInItAndTheRowsOfTheOthers() {
    Parcel<LogBatch> joined = join(List.of(request(1, 2, A), request(2, 3, B)));
    List<Parcel<LogBatch>> pieces = cut(joined, 3, 5);
    assertThat(pieces.get(0).keys()).containsExactly(A, RequestKey.NONE);
    assertThat(pieces.get(0).parts()).hasSize(1);
    assertThat(pieces.get(0).parts().get(0).source()).isEqualTo(1);
    assertThat(pieces.get(0).parts().get(0).positions()).containsExactly(0);
    assertThat(pieces.get(1).keys()).isEmpty();
    assertThat(pieces.get(1).parts().get(0).key()).isEqualTo(B);
    assertThat(pieces.get(1).parts().get(0).positions()).containsExactly(1, 2);
  }

  @Test
  void forgetsWhereRowsComeFromOnceNobodyAsks() {
    List<Parcel<LogBatch>> anonymous =
        List.of(request(1, 2, A).anonymous(), request(2, 3, B).anonymous());
    Parcel<LogBatch> joined = join(anonymous);
    assertThat(joined.items()).isEqualTo(5);
    assertThat(joined.keys()).isEmpty();
    assertThat(joined.sourceCount()).isEqualTo(1);
    assertThat(joined.acknowledgement()).isSameAs(Acknowledgement.NOBODY);
    assertThat(join(List.of(request(1, 2, A), anonymous.get(1))).sourceCount()).isEqualTo(2);
  }

  @Test
  void countsARequestThatLostRowsBeforeItWasCutAsWhole() {
    Parcel<LogBatch> one = request(1, 4, A);
    LogBatch rest = Batches.room(List.of(one.batch()));
    Batches.append(rest, one.batch(), 2, 4);
    Parcel<LogBatch> edited = one.with(rest, new int[] {2, 3});
    assertThat(edited.keys()).containsExactly(A);
    assertThat(edited.parts()).isEmpty();
  }

  @Test
  void namesTheRowsOfEachRequestWhateverIsJoinedCutAndLeftOut() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Parcel<LogBatch>> parcels = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        RequestKey key = random.nextInt(4) == 0 ? RequestKey.NONE : new RequestKey(7, i);
        parcels.add(request(i, 1 + random.nextInt(6), key));
      }
      for (int step = 0; step < 6; step++) {
        parcels = step(parcels, random);
        for (Parcel<LogBatch> parcel : parcels) {
          assertNamesItsRows(parcel, seed);
        }
      }
    }
  }

  /// Cuts or thins out one parcel, or joins two. Only what was cut before is thinned out, since positions are those at
  /// the first cut.
  private static List<Parcel<LogBatch>> step(List<Parcel<LogBatch>> parcels, Random random) {
    List<Parcel<LogBatch>> next = new ArrayList<>(parcels);
    Parcel<LogBatch> one = next.remove(random.nextInt(next.size()));
    int items = one.batch().items();
    switch (random.nextInt(3)) {
      case 0 -> {
        int at = random.nextInt(items);
        next.addAll(at == 0 ? List.of(one) : cut(one, at, items));
      }
      case 1 -> {
        if (next.isEmpty()) {
          next.add(one);
        } else {
          next.add(join(List.of(one, next.remove(0))));
        }
      }
      default -> {
        boolean allParts = one.keys().isEmpty();
        int left = allParts && items > 1 ? random.nextInt(items) : -1;
        next.add(left < 0 ? one : without(one, left));
      }
    }
    return next;
  }

  private static Parcel<LogBatch> without(Parcel<LogBatch> parcel, int left) {
    int items = parcel.batch().items();
    LogBatch rest = Batches.room(List.of(parcel.batch()));
    var survivors = new int[items - 1];
    for (int row = 0, kept = 0; row < items; row++) {
      if (row != left) {
        Batches.append(rest, parcel.batch(), row, row + 1);
        survivors[kept++] = row;
      }
    }
    return parcel.with(rest, survivors);
  }

  private static void assertNamesItsRows(Parcel<LogBatch> parcel, long seed) {
    var seen = new int[parcel.sourceCount()];
    for (int row = 0; row < parcel.batch().items(); row++) {
      long time = parcel.batch().timeNanos()[row];
      int source = parcel.source(row);
      int number = seen[source]++;
      for (Part part : parcel.parts()) {
        if (part.source() == source) {
          assertThat(part.key()).as("seed " + seed).isEqualTo(new RequestKey(7, time / 1000));
          assertThat(part.positions()[number]).as("seed " + seed).isEqualTo((int) (time % 1000));
        }
      }
      if (source < parcel.keys().size() && !parcel.keys().get(source).isNone()) {
        assertThat(parcel.keys().get(source)).isEqualTo(new RequestKey(7, time / 1000));
      }
    }
    for (Part part : parcel.parts()) {
      assertThat(part.rows()).as("seed " + seed).isEqualTo(seen[part.source()]);
    }
  }

  @Test
  void forgetsItsClientOnlyOnceItIsJoined() {
    Client client = Client.of(Metadata.of(each -> each.accept("x-shop", "a")));
    Parcel<LogBatch> one = request(1, 2, A).with(client);
    assertThat(one.partition()).isEqualTo(new Partition(Tenant.DEFAULT, client.metadata()));
    assertThat(cut(one, 1, 2)).allMatch(piece -> piece.client() == client);
    assertThat(one.with(Acknowledgement.NOBODY).with(one.batch(), new int[] {0, 1}).client())
        .isSameAs(client);
    assertThat(join(List.of(one)).client()).isSameAs(client);
    assertThat(join(List.of(one, one)).client()).isEqualTo(Client.NONE);
    assertThat(one.anonymous().client()).isEqualTo(Client.NONE);
  }
}
