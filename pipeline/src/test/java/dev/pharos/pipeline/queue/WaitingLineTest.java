package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
  private static final Tenant OTHER = new Tenant("other");

  /// A clock that is about to overflow, as [System#nanoTime] may be.
  private static final long NOW = Long.MAX_VALUE - 5;

  private final WaitingLine<LogBatch> line = new WaitingLine<>();

  private static WaitingLine.Entry<LogBatch> entry(
      Tenant tenant, int items, long enough, long untilNanos) {
    var batch = new LogBatch();
    for (int i = 0; i < items; i++) {
      batch.addRow();
      batch.attributes().endParent();
    }
    Parcel<LogBatch> parcel = Parcel.of(batch, tenant, RequestKey.NONE, Acknowledgement.NOBODY);
    return new WaitingLine.Entry<>(
        parcel, parcel.partition(), 1, 100 * items, items, enough, untilNanos, untilNanos - 5);
  }

  private boolean add(Tenant tenant, int items, long enough, long untilNanos) {
    return line.add(entry(tenant, items, enough, untilNanos), 1);
  }

  /// The items of each parcel of the next group.
  private List<Integer> poll(long nowNanos) {
    WaitingLine.Group<LogBatch> group = line.poll(nowNanos);
    List<Integer> items = new ArrayList<>();
    if (group != null) {
      group.parcels().forEach(parcel -> items.add(parcel.items()));
      assertThat(group.bytes()).isEqualTo(100 * items.stream().mapToInt(Integer::intValue).sum());
    }
    return items;
  }

  @Test
  void knowsWhatIsHereLongest() {
    assertThat(line.oldestNanos()).isEmpty();
    add(Tenant.DEFAULT, 1, 10, NOW + 40);
    add(Tenant.DEFAULT, 1, 0, NOW + 50);
    assertThat(line.oldestNanos()).hasValue(NOW + 35);
    assertThat(poll(NOW)).containsExactly(1);
    assertThat(poll(NOW)).isEmpty();
    assertThat(line.oldestNanos()).hasValue(NOW + 35);
    assertThat(poll(NOW + 40)).containsExactly(1);
    assertThat(line.oldestNanos()).isEmpty();
  }

  @Test
  void keepsWhatIsNotToWaitApartAndInOrder() {
    assertThat(add(Tenant.DEFAULT, 1, 0, 0)).isTrue();
    assertThat(add(Tenant.DEFAULT, 2, 0, 0)).isTrue();
    assertThat(line.size()).isEqualTo(2);
    assertThat(poll(NOW)).containsExactly(1);
    assertThat(poll(NOW)).containsExactly(2);
    assertThat(poll(NOW)).isEmpty();
    assertThat(line.size()).isZero();
    assertThat(line.isEmpty()).isTrue();
  }

  @Test
  void gathersUntilThereIsEnough() {
    assertThat(add(Tenant.DEFAULT, 2, 6, NOW + 10)).isTrue();
    assertThat(add(Tenant.DEFAULT, 3, 6, NOW + 11)).isFalse();
    assertThat(poll(NOW)).isEmpty();
    assertThat(line.isEmpty()).isFalse();
    assertThat(add(Tenant.DEFAULT, 2, 6, NOW + 12)).isTrue();
    assertThat(add(Tenant.DEFAULT, 1, 6, NOW + 13)).isTrue();
    assertThat(poll(NOW)).containsExactly(2, 3, 2);
    assertThat(poll(NOW)).isEmpty();
    assertThat(line.size()).isEqualTo(1);
  }

  @Test
  void gathersUntilTheFirstMayWaitNoLonger() {
    assertThat(line.nanosLeft(NOW)).isEqualTo(Long.MAX_VALUE);
    add(Tenant.DEFAULT, 1, 9, NOW + 10);
    assertThat(add(Tenant.DEFAULT, 2, 9, NOW + 8)).isTrue();
    assertThat(add(Tenant.DEFAULT, 3, 9, NOW + 9)).isFalse();
    assertThat(line.nanosLeft(NOW)).isEqualTo(8);
    assertThat(poll(NOW + 7)).isEmpty();
    assertThat(poll(NOW + 8)).containsExactly(1, 2, 3);
    assertThat(line.nanosLeft(NOW)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void gathersForEachTenant() {
    add(Tenant.DEFAULT, 1, 3, NOW + 10);
    add(OTHER, 2, 3, NOW + 5);
    assertThat(line.joins(entry(OTHER, 1, 3, NOW))).isTrue();
    assertThat(line.joins(entry(OTHER, 1, 0, NOW))).isFalse();
    assertThat(line.joins(entry(new Tenant("third"), 1, 3, NOW))).isFalse();
    assertThat(line.nanosLeft(NOW)).isEqualTo(5);
    add(Tenant.DEFAULT, 2, 3, NOW + 20);
    assertThat(poll(NOW)).containsExactly(1, 2);
    assertThat(poll(NOW)).isEmpty();
    assertThat(poll(NOW + 5)).containsExactly(2);
  }

  @Test
  void letsNoTenantStarveBehindOthersThatAreAlwaysReady() {
    add(Tenant.DEFAULT, 1, 9, NOW + 10);
    add(OTHER, 2, 0, 0);
    add(OTHER, 3, 0, 0);
    assertThat(poll(NOW + 10)).containsExactly(2);
    add(OTHER, 4, 0, 0);
    assertThat(poll(NOW + 10)).containsExactly(3);
    assertThat(poll(NOW + 10)).containsExactly(1);
    assertThat(poll(NOW + 10)).containsExactly(4);
  }

  @Test
  void makesEverythingReadyAtTheEnd() {
    add(Tenant.DEFAULT, 1, 9, NOW + 10);
    add(OTHER, 2, 9, NOW + 10);
    line.endGathering();
    assertThat(poll(NOW)).containsExactly(1);
    assertThat(poll(NOW)).containsExactly(2);
    assertThat(line.isEmpty()).isTrue();
  }
}
