package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogDamageTest {
  private static final int FRAMES = 24;

  private final LogOptions options = new LogOptions(700, 100, 0, new Random(5));
  private final PowerCutDisk disk = new PowerCutDisk(1);
  private final TreeMap<Long, String> written = new TreeMap<>();
  private final TreeMap<Long, String> found = new TreeMap<>();

  @Test
  void losesAtMostTheFrameWithTheFlippedBitAndSaysSo() {
    write();
    Map<String, byte[]> files = contents();
    Random random = new Random(1);
    int lostFrames = 0;
    for (String file : files.keySet()) {
      for (int offset = 0; offset < files.get(file).length; offset++) {
        flip(file, offset, 1 << random.nextInt(8));
        Recovery recovery = recover();
        TreeMap<Long, String> lost = new TreeMap<>(written);
        lost.keySet().removeAll(found.keySet());
        assertThat(lost).as("%s at %d", file, offset).hasSizeLessThanOrEqualTo(1);
        if (!lost.isEmpty()) {
          lostFrames++;
          Recovery.Damage damage = recovery.damage().getFirst();
          assertThat(damage.file()).isEqualTo(file);
          assertThat(lost.firstKey()).isBetween(damage.firstSequence(), damage.lastSequence());
          assertThat((long) offset)
              .isBetween(damage.offset(), damage.offset() + damage.bytes() - 1);
          assertThat(disk.size(damage.quarantine())).isEqualTo(damage.bytes());
        }
        restore(files);
      }
    }
    assertThat(lostFrames).isGreaterThan(FRAMES * 50);
  }

  @Test
  void neverShowsWhatWasNotWrittenWhateverTheFilesHold() {
    write();
    Map<String, byte[]> files = contents();
    List<String> names = List.copyOf(files.keySet());
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      for (int i = random.nextInt(3); i >= 0; i--) {
        scramble(files, names.get(random.nextInt(names.size())), random);
      }
      recover();
      restore(files);
    }
  }

  @Test
  void takesNothingInsideADamagedFrameForAFrame() {
    DurableLog log = open(1);
    log.append(frame("first"));
    log.force();
    long id = LogFileName.parse(disk.files("log").getFirst()).orElseThrow().id();
    ByteBuffer forged = ByteBuffer.allocate(256);
    for (ByteBuffer piece :
        new FrameGather().data(id, 4, 2, List.of(frame("forged"), frame("forged")))) {
      forged.put(piece);
    }
    long victim = log.append(Frame.of("victim", forged.flip()));
    log.force();
    long last = log.append(frame("last"));
    written.put(last, "last");
    log.close();
    flip("log/" + disk.files("log").getFirst(), 48 + 56 + 48, 1);
    Recovery recovery = recoverAll();
    assertThat(found.values()).containsExactly("first", "last");
    assertThat(recovery.damage()).hasSize(1);
    assertThat(recovery.damage().getFirst().firstSequence()).isEqualTo(victim);
  }

  @Test
  void cutsATornCommitAndNothingElse() {
    DurableLog log = open(1);
    log.append(frame("first"));
    log.force();
    log.append(List.of(frame("second"), frame("third")));
    log.force();
    String file = "log/" + disk.files("log").getFirst();
    flip(file, 48 + 56 + 50, 1);
    Recovery recovery = recoverAll();
    assertThat(found.values()).containsExactly("first");
    assertThat(recovery.damage()).isEmpty();
    assertThat(recovery.cutFrames()).isEqualTo(1);
    assertThat(disk.size(file)).isEqualTo(48 + 56);
  }

  @Test
  void recoversALogThatIsOnlyNoise() {
    Random random = new Random(9);
    disk.createDirectory("log");
    for (String name :
        List.of(
            "0000000100000001.log", "0000000200000002.spare", "ffffffff00000001.log", "x.log")) {
      byte[] noise = new byte[10_000];
      random.nextBytes(noise);
      overwrite("log/" + name, noise);
    }
    Recovery recovery = recoverAll();
    assertThat(found).isEmpty();
    assertThat(recovery.damage()).isEmpty();
  }

  static List<ForceSite> sites() {
    return List.of(LogQuarantine.COPY, LogQuarantine.DIRECTORY);
  }

  static Stream<Optional<ForceSite>> left() {
    return Stream.concat(Stream.of(Optional.empty()), sites().stream().map(Optional::of));
  }

  @ParameterizedTest
  @MethodSource("left")
  void keepsTheCopyOfADamagedRegionAfterThePowerWent(Optional<ForceSite> ignored) {
    boolean lost = false;
    for (int seed = 0; seed < 200; seed++) {
      PowerCutDisk tried = new PowerCutDisk(seed);
      DurableLog log =
          DurableLog.open(tried, "log", options, 1, (sequence, tenant, keys, payload) -> {});
      for (int i = 0; i < FRAMES; i++) {
        log.append(frame("frame " + i));
        log.force();
      }
      log.close();
      String file = "log/" + tried.files("log").getFirst();
      flip(tried, file, 150, 1);
      byte[] damaged = tried.readAll(file);
      ignored.ifPresent(tried::ignore);
      DurableLog again =
          DurableLog.open(tried, "log", options, 1, (sequence, tenant, keys, payload) -> {});
      Recovery.Damage damage = again.recovery().damage().getFirst();
      again.truncateBelow(again.lastDurableSequence());
      PowerCutDisk survivor = tried.restart();
      byte[] region = new byte[(int) damage.bytes()];
      System.arraycopy(damaged, (int) damage.offset(), region, 0, region.length);
      lost |=
          !survivor.exists(damage.quarantine())
              || !Arrays.equals(survivor.readAll(damage.quarantine()), region);
    }
    assertThat(lost).isEqualTo(ignored.isPresent());
  }

  private void write() {
    DurableLog log = open(1);
    Random random = new Random(2);
    for (int i = 0; i < FRAMES; i++) {
      String text = "frame " + i + " " + "x".repeat(random.nextInt(100));
      written.put(log.append(frame(text)), text);
      log.force();
    }
    log.close();
  }

  /// Recovers, and checks that all that was found is what was written.
  private Recovery recover() {
    Recovery recovery = recoverAll();
    assertThat(written).containsAllEntriesOf(found);
    return recovery;
  }

  private Recovery recoverAll() {
    found.clear();
    return open(1).recovery();
  }

  private DurableLog open(long from) {
    return DurableLog.open(
        disk,
        "log",
        options,
        from,
        (sequence, tenant, keys, payload) -> {
          assertThat(found.isEmpty() || found.lastKey() < sequence).isTrue();
          found.put(sequence, StandardCharsets.UTF_8.decode(payload).toString());
        });
  }

  private static Frame frame(String text) {
    return Frame.of("t", DurableLogTest.bytes(text));
  }

  private void scramble(Map<String, byte[]> files, String file, Random random) {
    byte[] bytes = disk.readAll(file);
    if (bytes.length == 0) {
      return;
    }
    int at = random.nextInt(bytes.length) & (random.nextBoolean() ? -8 : -1);
    int length = Math.min(bytes.length - at, random.nextInt(300));
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(bytes, at, at + length, (byte) 0);
      case 1 -> {
        for (int i = at; i < at + length; i++) {
          bytes[i] = (byte) random.nextInt();
        }
      }
      case 2 -> {
        byte[] other = List.copyOf(files.values()).get(random.nextInt(files.size()));
        int from = random.nextInt(other.length) & -8;
        System.arraycopy(other, from, bytes, at, Math.min(length, other.length - from));
      }
      default -> bytes = Arrays.copyOf(bytes, at);
    }
    overwrite(file, bytes);
  }

  private Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    disk.files("log").forEach(file -> contents.put("log/" + file, disk.readAll("log/" + file)));
    return contents;
  }

  private void restore(Map<String, byte[]> files) {
    disk.files("log").forEach(file -> disk.delete("log/" + file));
    files.forEach(this::overwrite);
  }

  private void overwrite(String file, byte[] bytes) {
    disk.delete(file);
    try (DiskFile created = disk.create(file)) {
      created.write(ByteBuffer.wrap(bytes), 0);
    }
  }

  private void flip(String file, int offset, int bits) {
    flip(disk, file, offset, bits);
  }

  private static void flip(Disk disk, String file, int offset, int bits) {
    try (DiskFile open = disk.open(file)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      open.read(one, offset);
      open.write(one.put(0, (byte) (one.get(0) ^ bits)).flip(), offset);
    }
  }
}
