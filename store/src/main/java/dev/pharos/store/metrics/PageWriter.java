package dev.pharos.store.metrics;

import com.github.luben.zstd.Zstd;
import dev.pharos.store.segment.SegmentStorage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// A stream of blocks cut into pages, each compressed where that saves something. A block is found by its address, the
/// count of uncompressed bytes before it in the stream. One thread.
final class PageWriter {
  private static final int LEVEL = 3;

  private final SegmentStorage.Upload upload;
  private final ByteSink page = new ByteSink();
  private final ByteSink table = new ByteSink();
  private int pages;
  private long before;

  PageWriter(SegmentStorage.Upload upload) {
    this.upload = upload;
  }

  /// Where to write the next block.
  ByteSink block() {
    if (page.size() >= SegmentLayout.PAGE_BYTES) {
      flush();
    }
    return page;
  }

  /// Where the next byte goes.
  long address() {
    return before + page.size();
  }

  private void flush() {
    if (page.size() == 0) {
      return;
    }
    long offset = upload.position();
    byte[] stored = compressed(page.array(), page.size());
    upload.write(ByteBuffer.wrap(stored));
    table.putVarint(offset);
    table.putVarint(stored.length);
    table.putVarint(page.size());
    table.putInt(crc(stored));
    pages++;
    before += page.size();
    page.clear();
  }

  /// Ends the stream and writes the list of its pages.
  void finish(ByteSink index) {
    flush();
    index.putVarint(pages);
    index.putBytes(table.array(), 0, table.size());
  }

  /// Compressed, or as it is if that is not larger.
  static byte[] compressed(byte[] raw, int length) {
    byte[] source = raw.length == length ? raw : Arrays.copyOf(raw, length);
    byte[] packed = Zstd.compress(source, LEVEL);
    return packed.length < length ? packed : source;
  }

  static int crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
