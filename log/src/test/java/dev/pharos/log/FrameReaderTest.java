package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final long ID = 0x100000002L;
  private static final int FIRST_END = 56;

  private final PowerCutDisk disk = new PowerCutDisk(1);
  private final ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void readsFramesOneAfterTheOther() {
    write(1, "first", "second");
    FrameReader reader = open();
    assertThat(reader.read(0)).isTrue();
    assertThat(reader.sequence()).isEqualTo(1);
    assertThat(reader.end()).isEqualTo(FIRST_END);
    assertThat(reader.read(FIRST_END)).isTrue();
    assertThat(reader.sequence()).isEqualTo(2);
    assertThat(reader.durable()).isZero();
    assertThat(reader.read(8)).isFalse();
    assertThat(reader.find(8, 0)).isTrue();
    assertThat(reader.start()).isEqualTo(FIRST_END);
    assertThat(reader.find(0, 2)).isFalse();
  }

  @Test
  void takesNoFrameOfAnotherFile() {
    write(1, "first");
    assertThat(new FrameReader(disk.openForReading("f"), ID + 1).find(0, 0)).isFalse();
  }

  @Test
  void believesNoFieldThatCannotBeTrueThoughTheChecksumHolds() {
    for (int[] hostile :
        new int[][] {
          {FrameFormat.PAYLOAD_BYTES_AT, 4096},
          {FrameFormat.PAYLOAD_BYTES_AT, Integer.MAX_VALUE},
          {FrameFormat.PAYLOAD_BYTES_AT, -1},
          {FrameFormat.KEYS_AT, 300},
          {FrameFormat.KEYS_AT, Integer.MAX_VALUE},
          {FrameFormat.KEYS_AT, -1},
          {FrameFormat.TENANT_BYTES_AT, 0xFFFF},
          {FrameFormat.SEQUENCE_AT, 0},
          {FrameFormat.SEQUENCE_AT + 4, Integer.MIN_VALUE},
          {FrameFormat.DURABLE_AT, 2},
          {FrameFormat.DURABLE_AT + 4, -1}
        }) {
      write(1, "first", "second");
      file.putInt(hostile[0], hostile[1]);
      CRC32C crc = new CRC32C();
      crc.update(
          file.slice(FrameFormat.FILE_ID_AT, FrameFormat.HEADER_BYTES - FrameFormat.FILE_ID_AT));
      file.putInt(FrameFormat.HEADER_CRC_AT, (int) crc.getValue());
      store();
      assertThat(open().read(0)).as("%d at %d", hostile[1], hostile[0]).isFalse();
      FrameReader reader = open();
      assertThat(reader.find(0, 0)).isTrue();
      assertThat(reader.start()).isEqualTo(FIRST_END);
    }
  }

  @Test
  void takesNoFrameThatTheFileEndsIn() {
    write(1, "first", "second");
    try (DiskFile open = disk.open("f")) {
      for (int size = 2 * FIRST_END - 1; size > FIRST_END; size--) {
        open.truncate(size);
        FrameReader reader = open();
        assertThat(reader.read(0)).isTrue();
        assertThat(reader.find(FIRST_END, 0)).as("size %d", size).isFalse();
      }
    }
  }

  @Test
  void readsAFrameLargerThanItsWindow() {
    file.clear();
    ByteBuffer payload = ByteBuffer.allocate(3 << 20).put(3 << 19, (byte) 7);
    ByteBuffer[] frames =
        new FrameGather().data(ID, 1, 0, List.of(Frame.of("a", payload), Frame.of("b", payload)));
    try (DiskFile created = disk.create("f")) {
      created.write(frames, 0);
    }
    FrameReader reader = open();
    assertThat(reader.find(0, 0)).isTrue();
    assertThat(reader.find(reader.end(), 1)).isTrue();
    reader.visit(
        (sequence, tenant, keys, found) -> {
          assertThat(tenant).isEqualTo("b");
          assertThat(found).isEqualTo(payload);
        });
  }

  private void write(long sequence, String... payloads) {
    file.clear();
    FrameGather gather = new FrameGather();
    for (int i = 0; i < payloads.length; i++) {
      Frame frame = Frame.of("", DurableLogTest.bytes(payloads[i]));
      for (ByteBuffer piece : gather.data(ID, sequence + i, 0, List.of(frame))) {
        file.put(piece);
      }
    }
    file.flip();
    store();
  }

  private void store() {
    disk.delete("f");
    try (DiskFile created = disk.create("f")) {
      created.write(file.duplicate(), 0);
    }
  }

  private FrameReader open() {
    return new FrameReader(disk.openForReading("f"), ID);
  }
}
