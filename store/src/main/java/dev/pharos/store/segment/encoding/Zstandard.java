package dev.pharos.store.segment.encoding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.concurrent.ArrayBlockingQueue;

/// Zstandard at level 1, with contexts kept for reuse. Any thread.
///
/// Form: varint length before, varint length after compression (0: stored as it is), the bytes.
public final class Zstandard {
  private static final int LEVEL = 1;

  /// Bytes below which a frame costs more than it saves.
  private static final int LEAST = 24;

  private static final int MAX_LENGTH = 1 << 30;
  private static final ArrayBlockingQueue<ZstdCompressCtx> COMPRESSORS =
      new ArrayBlockingQueue<>(8);
  private static final ArrayBlockingQueue<ZstdDecompressCtx> DECOMPRESSORS =
      new ArrayBlockingQueue<>(16);

  private Zstandard() {}

  /// Appends `length` bytes, compressed if that makes them fewer.
  public static void put(byte[] bytes, int offset, int length, ByteSink out) {
    out.putVarint(length);
    int mark = out.size();
    if (length >= LEAST) {
      int bound = (int) Zstd.compressBound(length);
      int at = out.reserve(bound + 5);
      int size = compress(bytes, offset, length, out.bytes(), at + 5, bound);
      if (size < length) {
        out.truncate(mark);
        out.putVarint(size);
        int begin = out.size();
        System.arraycopy(out.bytes(), at + 5, out.bytes(), begin, size);
        out.truncate(begin + size);
        return;
      }
      out.truncate(mark);
    }
    out.putVarint(0);
    out.put(bytes, offset, length);
  }

  /// Appends `length` bytes as they are, in the form of [#put].
  static void putPlain(byte[] bytes, int offset, int length, ByteSink out) {
    out.putVarint(length);
    out.putVarint(0);
    out.put(bytes, offset, length);
  }

  private static int compress(byte[] from, int offset, int length, byte[] to, int at, int room) {
    ZstdCompressCtx context = COMPRESSORS.poll();
    if (context == null) {
      context = new ZstdCompressCtx();
      context.setLevel(LEVEL).setChecksum(false).setContentSize(false);
    }
    int size = context.compressByteArray(to, at, room, from, offset, length);
    if (!COMPRESSORS.offer(context)) {
      context.close();
    }
    return size;
  }

  /// Steps over what [#put] wrote.
  static void skip(ByteSource in) {
    int length = in.readCount(MAX_LENGTH);
    int packed = in.readCount(MAX_LENGTH);
    in.skip(packed == 0 ? length : packed);
  }

  /// Reads what [#put] wrote; the array has eight bytes of room behind the data, so that words can be read at its end.
  ///
  /// @return the array, whose data are its first `length - 8` bytes
  public static byte[] read(ByteSource in) {
    int length = in.readCount(MAX_LENGTH);
    int packed = in.readCount(MAX_LENGTH);
    if (packed == 0) {
      int at = in.skip(length);
      var copy = new byte[length + 8];
      System.arraycopy(in.bytes(), at, copy, 0, length);
      return copy;
    }
    int at = in.skip(packed);
    var bytes = new byte[length + 8];
    ZstdDecompressCtx context = DECOMPRESSORS.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    try {
      int size = context.decompressByteArray(bytes, 0, length, in.bytes(), at, packed);
      if (size != length) {
        throw in.bad("zstd frame of " + size + " bytes (expected: " + length + ")");
      }
    } catch (ZstdException e) {
      throw in.bad("zstd: " + e.getMessage());
    } finally {
      if (!DECOMPRESSORS.offer(context)) {
        context.close();
      }
    }
    return bytes;
  }
}
