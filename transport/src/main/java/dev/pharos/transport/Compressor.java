package dev.pharos.transport;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Compresses whole bodies and messages, with contexts that are used again. Any thread.
public final class Compressor {
  /// Lets each compression choose: gzip and deflate 1, which takes a third of the time of 6 for about a tenth more
  /// bytes on OTLP, and zstd 1.
  public static final int DEFAULT_LEVEL = -1;

  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();
  private static final ArrayBlockingQueue<Deflater> RAW = new ArrayBlockingQueue<>(KEPT);
  private static final ArrayBlockingQueue<ZstdCompressCtx> ZSTD = new ArrayBlockingQueue<>(KEPT);
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private Compressor() {}

  /// The compressed bytes.
  ///
  /// @param level of the encoding, or [#DEFAULT_LEVEL]
  /// @throws IllegalArgumentException for snappy, which is only read here
  public static Body compress(ContentEncoding encoding, int level, Body body) {
    return switch (encoding) {
      case IDENTITY -> body;
      case GZIP -> gzip(level, body);
      case DEFLATE -> zlib(level, body);
      case ZSTD -> zstd(level, body);
      case SNAPPY ->
          throw new IllegalArgumentException(
              "compression: snappy (expected: gzip, zstd, deflate or none)");
    };
  }

  private static Body gzip(int level, Body body) {
    Deflater deflater = RAW.poll();
    if (deflater == null) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }
    try {
      deflater.setLevel(level == DEFAULT_LEVEL ? 1 : level);
      byte[] out = new byte[Math.max(64, body.length() / 4)];
      System.arraycopy(GZIP_HEADER, 0, out, 0, GZIP_HEADER.length);
      Body deflated = deflate(deflater, body, out, GZIP_HEADER.length);
      var crc = new CRC32();
      crc.update(body.array(), body.offset(), body.length());
      byte[] whole =
          deflated.array().length - deflated.length() >= 8
              ? deflated.array()
              : Arrays.copyOf(deflated.array(), deflated.length() + 8);
      littleEndian(whole, deflated.length(), (int) crc.getValue());
      littleEndian(whole, deflated.length() + 4, body.length());
      return new Body(whole, 0, deflated.length() + 8);
    } finally {
      deflater.reset();
      if (!RAW.offer(deflater)) {
        deflater.end();
      }
    }
  }

  private static Body zlib(int level, Body body) {
    Deflater deflater = new Deflater(level == DEFAULT_LEVEL ? 1 : level);
    try {
      return deflate(deflater, body, new byte[Math.max(64, body.length() / 4)], 0);
    } finally {
      deflater.end();
    }
  }

  private static Body deflate(Deflater deflater, Body body, byte[] buffer, int start) {
    byte[] out = buffer;
    int at = start;
    deflater.setInput(body.array(), body.offset(), body.length());
    deflater.finish();
    while (!deflater.finished()) {
      if (at == out.length) {
        out = Arrays.copyOf(out, 2 * out.length);
      }
      at += deflater.deflate(out, at, out.length - at);
    }
    return new Body(out, 0, at);
  }

  private static Body zstd(int level, Body body) {
    ZstdCompressCtx context = ZSTD.poll();
    if (context == null) {
      context = new ZstdCompressCtx();
    }
    try {
      context.setLevel(level == DEFAULT_LEVEL ? 1 : level);
      byte[] out = new byte[(int) Zstd.compressBound(body.length())];
      int made =
          context.compressByteArray(out, 0, out.length, body.array(), body.offset(), body.length());
      return new Body(out, 0, made);
    } finally {
      if (!ZSTD.offer(context)) {
        context.close();
      }
    }
  }

  private static void littleEndian(byte[] out, int at, int value) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
