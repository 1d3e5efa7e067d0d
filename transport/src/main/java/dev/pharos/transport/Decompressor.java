package dev.pharos.transport;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/// Turns compressed bytes into one contiguous array, never of more than a stated size. Any thread.
///
/// Memory is reserved from what the bytes claim only as far as their own length makes it likely; beyond that the array
/// grows with what really comes out, so neither a claimed size nor a bomb takes more than the limit.
public final class Decompressor {
  /// Decompression contexts kept for reuse: an inflater owns some 40 KB of native memory, a zstd context 150 KB.
  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();

  /// RFC 8878 asks decoders of HTTP content for windows of up to 8 MiB.
  private static final int ZSTD_WINDOW_LOG_MAX = 23;

  private static final ArrayBlockingQueue<ZstdDecompressCtx> ZSTD = new ArrayBlockingQueue<>(KEPT);

  private Decompressor() {}

  /// The decompressed bytes.
  ///
  /// @param limitBytes of the result
  /// @throws UnreadableBodyException if they are more than the limit, or not of this encoding
  public static Body decompress(ContentEncoding encoding, Body body, long limitBytes)
      throws UnreadableBodyException {
    int limit = (int) Math.min(limitBytes, Integer.MAX_VALUE - 64);
    return switch (encoding) {
      case IDENTITY -> {
        if (body.length() > limit) {
          throw tooLarge(limit);
        }
        yield body;
      }
      case GZIP -> Inflation.gzip(body, limit);
      case DEFLATE -> Inflation.deflate(body, limit);
      case ZSTD -> zstd(body, limit);
      case SNAPPY -> Snappy.decompress(body, limit);
    };
  }

  static UnreadableBodyException tooLarge(int limit) {
    return new UnreadableBodyException(new BodyProblem.TooLarge(limit));
  }

  static UnreadableBodyException malformed(ContentEncoding encoding, String reason) {
    return new UnreadableBodyException(new BodyProblem.Malformed(encoding.token(), reason));
  }

  /// The first guess at the size of what comes out of `length` bytes.
  static int guess(int length, long claimed, int limit) {
    long likely = Math.max(4096, 32L * length);
    return (int)
        Math.min(
            limit, claimed > 0 ? Math.min(claimed, likely) : Math.min(likely, 8L * length + 4096));
  }

  /// A larger copy of a full buffer.
  static byte[] grow(byte[] full, int limit) throws UnreadableBodyException {
    if (full.length >= limit) {
      throw tooLarge(limit);
    }
    return Arrays.copyOf(full, (int) Math.min(limit, 2L * full.length + 4096));
  }

  private static Body zstd(Body body, int limit) throws UnreadableBodyException {
    if (body.isEmpty()) {
      return body;
    }
    long claimed = Zstd.getFrameContentSize(body.array(), body.offset(), body.length());
    if (claimed > limit) {
      throw tooLarge(limit);
    }
    if (claimed > 0 && claimed == guess(body.length(), claimed, limit)) {
      byte[] out = new byte[(int) claimed];
      if (zstdAtOnce(body, out)) {
        return Body.of(out);
      }
    }
    return zstdByStream(body, limit);
  }

  /// Whether the one frame filled `out`; false leaves it to the stream, which knows several frames and says what is
  /// wrong.
  private static boolean zstdAtOnce(Body body, byte[] out) {
    ZstdDecompressCtx context = ZSTD.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    try {
      int made =
          context.decompressByteArray(
              out, 0, out.length, body.array(), body.offset(), body.length());
      return made == out.length;
    } catch (ZstdException e) {
      return false;
    } finally {
      if (!ZSTD.offer(context)) {
        context.close();
      }
    }
  }

  private static Body zstdByStream(Body body, int limit) throws UnreadableBodyException {
    var bytes = new ByteArrayInputStream(body.array(), body.offset(), body.length());
    try (var stream = new ZstdInputStreamNoFinalizer(bytes)) {
      stream.setLongMax(ZSTD_WINDOW_LOG_MAX);
      byte[] out = new byte[guess(body.length(), 0, limit)];
      int at = 0;
      while (true) {
        if (at == out.length) {
          int next = stream.read();
          if (next < 0) {
            break;
          }
          out = grow(out, limit);
          out[at++] = (byte) next;
        }
        int read = stream.read(out, at, out.length - at);
        if (read < 0) {
          break;
        }
        at += read;
      }
      return new Body(out, 0, at);
    } catch (IOException e) {
      throw malformed(ContentEncoding.ZSTD, String.valueOf(e.getMessage()));
    }
  }
}
