package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogFailureTest {
  private final PowerCutDisk disk = new PowerCutDisk(1);
  private final DurableLog log = open(disk, 1, new ArrayList<>());

  @Test
  void takesTheSameFramesAgainWhenThereIsRoomAgain() {
    log.append(frame("before"));
    disk.capacityBytes(disk.usedBytes() + 100);
    assertThatThrownBy(() -> log.append(List.of(frame("a"), frame("b".repeat(500)))))
        .isInstanceOf(DiskFullException.class);
    log.force();
    assertThatThrownBy(() -> log.append(frame("c".repeat(500))))
        .isInstanceOf(DiskFullException.class);
    disk.capacityBytes(Long.MAX_VALUE);
    long first = log.append(List.of(frame("a"), frame("b".repeat(500))));
    log.force();
    assertThat(log.lastDurableSequence()).isEqualTo(first + 1);
    assertThat(after(disk.restart())).containsExactly("before", "a", "b".repeat(500));
  }

  @Test
  void opensAndReadsOnAFullDisk() {
    log.append(frame("before"));
    log.force();
    PowerCutDisk full = disk.restart();
    full.capacityBytes(0);
    List<String> found = new ArrayList<>();
    DurableLog again = open(full, 1, found);
    assertThat(found).containsExactly("before");
    assertThatThrownBy(() -> again.append(frame("x"))).isInstanceOf(DiskFullException.class);
    assertThatThrownBy(() -> again.append(frame("x"))).isInstanceOf(DiskFullException.class);
    full.capacityBytes(Long.MAX_VALUE);
    again.append(frame("after"));
    again.force();
    assertThat(after(full.restart())).containsExactly("before", "after");
  }

  @Test
  void namesTheFramesThatAFailedForceLostAndGoesOnInANewFile() {
    log.append(frame("before"));
    log.force();
    long first = log.append(List.of(frame("lost 1"), frame("lost 2")));
    disk.onForce((site, name) -> ForceHook.Outcome.FAIL);
    assertThatThrownBy(log::force)
        .isInstanceOfSatisfying(
            ForceFailedException.class,
            e -> {
              assertThat(e.firstSequence()).isEqualTo(first);
              assertThat(e.lastSequence()).isEqualTo(first + 1);
            });
    assertThat(log.lastDurableSequence()).isEqualTo(first - 1);
    assertThatThrownBy(() -> log.append(frame("x"))).isInstanceOf(DiskException.class);
    disk.onForce((site, name) -> ForceHook.Outcome.PROCEED);
    assertThat(log.append(frame("after"))).isGreaterThan(first + 1);
    log.force();
    assertThat(disk.files("log")).hasSize(2);
    assertThat(after(disk.kill())).containsExactly("before", "after");
  }

  @Test
  void forcesNothingTwice() {
    log.append(frame("x"));
    log.force();
    disk.onForce((site, name) -> ForceHook.Outcome.FAIL);
    log.force();
    assertThat(log.lastDurableSequence()).isEqualTo(log.nextSequence() - 1);
  }

  @Test
  void refusesMoreFramesThanThereAreNumbersHeldBack() {
    List<Frame> many = Collections.nCopies(DurableLog.MAX_UNFORCED_FRAMES, Frame.of(""));
    log.append(many);
    assertThatThrownBy(() -> log.append(frame("x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("65536 not forced");
    log.force();
    log.append(frame("x"));
  }

  @Test
  void refusesWhatDoesNotFitTheFormat() {
    assertThatThrownBy(() -> log.append(Frame.of("t".repeat(70_000))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70000");
    assertThatThrownBy(() -> new Frame("t", new long[3]))
        .isInstanceOf(IllegalArgumentException.class);
    log.append(frame("fine"));
    log.force();
    assertThat(after(disk.kill())).containsExactly("fine");
  }

  @Test
  void usesCutFilesAgain() {
    long sequence = 0;
    for (int i = 0; i < 40; i++) {
      sequence = log.append(frame("frame " + i + "x".repeat(200)));
      log.force();
      log.truncateBelow(sequence);
    }
    assertThat(disk.files("log"))
        .hasSizeLessThanOrEqualTo(3)
        .anyMatch(name -> name.endsWith(".spare"));
    assertThat(disk.usedBytes()).isLessThan(5_000);
    assertThat(after(disk.restart(), sequence)).containsExactly("frame 39" + "x".repeat(200));
  }

  private static Frame frame(String text) {
    return Frame.of("t", DurableLogTest.bytes(text));
  }

  private static List<String> after(Disk disk) {
    return after(disk, 1);
  }

  private static List<String> after(Disk disk, long from) {
    List<String> found = new ArrayList<>();
    DurableLog log = open(disk, from, found);
    assertThat(log.recovery().damage()).isEmpty();
    return found;
  }

  private static DurableLog open(Disk disk, long from, List<String> found) {
    return DurableLog.open(
        disk,
        "log",
        new LogOptions(1000, 100, 1, new Random(3)),
        from,
        (sequence, tenant, keys, payload) ->
            found.add(StandardCharsets.UTF_8.decode(payload).toString()));
  }
}
