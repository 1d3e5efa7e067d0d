package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogAheadTest {
  private static final long FILE_BYTES = 1000;

  private final PowerCutDisk disk = new PowerCutDisk(11);
  private final DurableLog log = open();

  @Test
  void wantsNoFileUntilTheActiveOneIsHalfFull() {
    assertThat(log.wantsNextFile()).isFalse();
    append(1);
    assertThat(log.wantsNextFile()).isFalse();
    append(6);
    assertThat(log.wantsNextFile()).isTrue();
  }

  @Test
  void goesOnInTheFileThatWasMadeAheadWithoutMakingAnother() {
    append(7);
    log.prepareNextFile();
    assertThat(log.wantsNextFile()).isFalse();
    List<String> files = files();
    assertThat(files).hasSize(2);
    assertThat(disk.size("log/" + files.get(1))).isEqualTo(FILE_BYTES);
    append(10);
    assertThat(files()).isEqualTo(files);
    log.close();
    assertThat(replay()).isEqualTo(17);
  }

  @Test
  void deletesTheFileMadeAheadWhenItCloses() {
    append(7);
    log.prepareNextFile();
    log.close();
    assertThat(files()).hasSize(1);
  }

  @Test
  void makesTheNextFileOfOneThatWasGivenUp() {
    append(30);
    log.truncateBelow(log.nextSequence());
    int spares = spares();
    assertThat(spares).isPositive();
    log.prepareNextFile();
    assertThat(spares()).isEqualTo(spares - 1);
  }

  @Test
  void keepsNoSpareOfWhatWasThereWhenTheyWereDropped() {
    append(30);
    log.truncateBelow(log.nextSequence());
    log.prepareNextFile();
    log.dropSpares();
    assertThat(spares()).isZero();
    assertThat(files()).hasSize(1);
    log.startNewFile();
    log.truncateBelow(log.nextSequence());
    assertThat(spares()).isZero();
    append(30);
    log.truncateBelow(log.nextSequence());
    assertThat(spares()).isPositive();
  }

  @Test
  void givesUpAFileMadeAheadThatACrashLeftEmpty() {
    append(7);
    log.prepareNextFile();
    PowerCutDisk after = disk.kill();
    DurableLog again = DurableLog.open(after, "log", options(), 1, (s, t, k, p) -> {});
    assertThat(again.recovery().frames()).isEqualTo(7);
    assertThat(again.recovery().damage()).isEmpty();
    again.append(Frame.of("t", DurableLogTest.bytes("x")));
    again.force();
    again.truncateBelow(again.lastDurableSequence());
    assertThat(after.files("log").stream().filter(name -> name.endsWith(".log"))).hasSize(1);
  }

  private void append(int frames) {
    for (int i = 0; i < frames; i++) {
      log.append(Frame.of("t", DurableLogTest.bytes("a payload of thirty-two bytes...")));
      log.force();
    }
  }

  private List<String> files() {
    return disk.files("log").stream().filter(name -> name.endsWith(".log")).toList();
  }

  private int spares() {
    return (int) disk.files("log").stream().filter(name -> name.endsWith(".spare")).count();
  }

  private int replay() {
    var frames = new ArrayList<Long>();
    DurableLog.open(disk, "log", options(), 1, (s, t, k, p) -> frames.add(s)).close();
    return frames.size();
  }

  private DurableLog open() {
    return DurableLog.open(disk, "log", options(), 1, (s, t, k, p) -> {});
  }

  private static LogOptions options() {
    return new LogOptions(FILE_BYTES, 100, 2, new Random(7));
  }
}
