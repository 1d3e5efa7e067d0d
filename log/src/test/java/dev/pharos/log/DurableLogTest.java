package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLogTest {
  private static final int FILE_BYTES = 1024;

  @TempDir Path directory;
  private Disk disk;
  private Recovery recovery;

  @BeforeEach
  void openDisk() {
    disk = LocalDisk.open(directory);
  }

  @Test
  void replaysWhatWasForced() {
    try (DurableLog log = open(1, new ArrayList<>())) {
      long first =
          log.append(new Frame("acme", new long[] {1, -2, 3, 4}, bytes("he"), bytes("llo")));
      long second =
          log.append(List.of(Frame.of("", bytes("")), Frame.of("ü", ByteBuffer.allocateDirect(5))));
      assertThat(second).isEqualTo(first + 1);
      assertThat(log.lastDurableSequence()).isLessThan(first);
      log.force();
      assertThat(log.lastDurableSequence()).isEqualTo(first + 2);
    }
    assertThat(replay(1))
        .containsExactly("2 acme [1, -2, 3, 4] hello", "3  [] ", "4 ü [] \0\0\0\0\0");
    assertThat(recovery.damage()).isEmpty();
    assertThat(replay(3)).hasSize(2);
    assertThat(replay(5)).isEmpty();
  }

  @Test
  void leavesPayloadBuffersAsTheyWere() {
    ByteBuffer payload = bytes("xpayloadx").position(1).limit(8);
    try (DurableLog log = open(1, new ArrayList<>())) {
      log.append(Frame.of("t", payload));
    }
    assertThat(payload.position()).isEqualTo(1);
    assertThat(replay(1)).containsExactly("2 t [] payload");
  }

  @Test
  void continuesInNewFilesAndGivesUpThoseBelowTheCut() {
    List<String> expected = new ArrayList<>();
    append(expected, 100);
    assertThat(logFiles()).hasSizeGreaterThan(5);
    assertThat(replay(1)).isEqualTo(expected);
    long cut = Long.parseLong(expected.get(50).split(" ")[0]);
    try (DurableLog log = open(cut, new ArrayList<>())) {
      long before = log.sizeBytes();
      log.truncateBelow(cut);
      assertThat(log.sizeBytes()).isLessThan(before * 7 / 10);
    }
    assertThat(replay(cut)).isEqualTo(expected.subList(50, 100));
    append(expected, 50);
    assertThat(replay(cut)).isEqualTo(expected.subList(50, 150));
    try (DurableLog log = open(cut, new ArrayList<>())) {
      log.truncateBelow(Long.MAX_VALUE);
    }
    assertThat(logFiles()).hasSize(1);
    assertThat(replay(Long.parseLong(expected.getLast().split(" ")[0]) + 1)).isEmpty();
    assertThat(recovery.damage()).isEmpty();
  }

  private void append(List<String> expected, int count) {
    try (DurableLog log = open(1, new ArrayList<>())) {
      for (int i = 0; i < count; i++) {
        String text = "payload of frame " + i;
        expected.add(log.append(Frame.of("t", bytes(text))) + " t [] " + text);
        log.force();
      }
    }
  }

  @Test
  void givesHigherSequencesAfterEveryRestart() {
    long last = 0;
    for (int i = 0; i < 5; i++) {
      try (DurableLog log = open(1, new ArrayList<>())) {
        assertThat(log.nextSequence()).isGreaterThan(last);
        long sequence = log.append(Frame.of("t", bytes("x")));
        assertThat(sequence).isGreaterThan(last);
        last = sequence;
      }
    }
    assertThat(replay(1)).hasSize(5);
  }

  @Test
  void reportsAMissingFileAsDamage() {
    try (DurableLog log = open(1, new ArrayList<>())) {
      for (int i = 0; i < 100; i++) {
        log.append(Frame.of("t", bytes("payload of frame " + i)));
        log.force();
      }
    }
    disk.delete("log/" + logFiles().get(1));
    assertThat(replay(1)).hasSizeBetween(70, 99);
    assertThat(recovery.damage()).hasSize(1);
    assertThat(
            recovery.damage().getFirst().lastSequence()
                - recovery.damage().getFirst().firstSequence())
        .isGreaterThan(5);
  }

  @Test
  void refusesAppendsAfterClose() {
    DurableLog log = open(1, new ArrayList<>());
    log.close();
    assertThatThrownBy(() -> log.append(Frame.of("t", bytes("x"))))
        .isInstanceOf(IllegalStateException.class);
  }

  private List<String> logFiles() {
    return disk.files("log").stream().filter(name -> name.endsWith(".log")).toList();
  }

  private List<String> replay(long from) {
    List<String> frames = new ArrayList<>();
    open(from, frames).close();
    return frames;
  }

  private DurableLog open(long from, List<String> frames) {
    LogOptions options = new LogOptions(FILE_BYTES, 256, 2, new Random(7));
    DurableLog log =
        DurableLog.open(
            disk,
            "log",
            options,
            from,
            (sequence, tenant, keys, payload) ->
                frames.add(
                    sequence
                        + " "
                        + tenant
                        + " "
                        + Arrays.toString(keys)
                        + " "
                        + StandardCharsets.UTF_8.decode(payload)));
    recovery = log.recovery();
    return log;
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
