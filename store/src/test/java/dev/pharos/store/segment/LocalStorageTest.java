package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.log.DiskException;
import dev.pharos.log.LocalDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
  @TempDir Path directory;

  private LocalStorage open() {
    return new LocalStorage(LocalDisk.open(directory));
  }

  private static void put(LocalStorage storage, String name, int bytes) {
    try (SegmentStorage.Upload upload = storage.create(name)) {
      upload.write(ByteBuffer.wrap(new byte[bytes]));
      upload.write(ByteBuffer.wrap(new byte[] {7}));
      assertThat(upload.position()).isEqualTo(bytes + 1L);
      upload.commit();
    }
  }

  @Test
  void showsOnlyWhatWasCommitted() {
    try (LocalStorage storage = open()) {
      put(storage, "t/2026-11-21/a.seg", 10);
      try (SegmentStorage.Upload upload = storage.create("t/b.seg")) {
        upload.write(ByteBuffer.wrap(new byte[3]));
        assertThat(storage.list("")).containsExactly("t/2026-11-21/a.seg");
      }
      assertThat(storage.list("t")).containsExactly("t/2026-11-21/a.seg");
      assertThat(storage.list("other")).isEmpty();
      assertThat(storage.sizeBytes("t/2026-11-21/a.seg")).isEqualTo(11);
    }
  }

  @Test
  void readsRangesAndRefusesToReadPastTheEnd() {
    try (LocalStorage storage = open()) {
      put(storage, "a", 10);
      ByteBuffer last = ByteBuffer.allocate(2);
      ByteBuffer first = ByteBuffer.allocate(1);
      storage.read(
          "a", List.of(new SegmentStorage.Range(9, last), new SegmentStorage.Range(0, first)));
      assertThat(last.array()).containsExactly(0, 7);
      assertThat(first.hasRemaining()).isFalse();
      assertThatThrownBy(
              () ->
                  storage.read("a", List.of(new SegmentStorage.Range(10, ByteBuffer.allocate(2)))))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("the file ends there (expected: 1 more bytes)");
    }
  }

  @Test
  void removesWhatACrashLeftUnfinished() {
    try (LocalStorage storage = open()) {
      put(storage, "t/a", 1);
      storage.create("t/b").write(ByteBuffer.wrap(new byte[5]));
    }
    try (LocalStorage storage = open()) {
      storage.removeUnfinished("");
      storage.delete("t/a");
      assertThat(directory.resolve("t")).isEmptyDirectory();
    }
  }

  @Test
  void keepsSegmentsOfBothSignals() {
    var spans = new SpanFormat();
    try (LocalStorage storage = open()) {
      SegmentMeta meta = spans.write(List.of(new RandomBatches(41).spans(500)), storage, "spans/x");
      assertThat(SpanFormatTest.rows(spans.open(storage, meta))).hasSize(500);
    }
  }
}
