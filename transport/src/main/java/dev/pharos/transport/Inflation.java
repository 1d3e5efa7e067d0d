package dev.pharos.transport;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// gzip (RFC 1952) and zlib (RFC 1950) inflated from array to array, with inflaters that are used again. Any thread.
final class Inflation {
  private static final ArrayBlockingQueue<Inflater> RAW =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  private static final int GZIP_HEADER = 10;
  private static final int GZIP_TRAILER = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final ContentEncoding encoding;
  private final byte[] in;
  private final int end;
  private final int limit;
  private byte[] out;
  private int made;

  private Inflation(ContentEncoding encoding, Body body, int limit, long claimed) {
    this.encoding = encoding;
    this.in = body.array();
    this.end = body.offset() + body.length();
    this.limit = limit;
    this.out = new byte[Decompressor.guess(body.length(), claimed, limit)];
  }

  /// One member after another, each with its length and CRC checked.
  static Body gzip(Body body, int limit) throws UnreadableBodyException {
    int end = body.offset() + body.length();
    long claimed =
        body.length() < GZIP_HEADER + GZIP_TRAILER ? 0 : littleEndian(body.array(), end - 4);
    var work = new Inflation(ContentEncoding.GZIP, body, limit, claimed);
    int at = body.offset();
    do {
      at = work.member(at);
    } while (at < end);
    return new Body(work.out, 0, work.made);
  }

  /// zlib with its header; without one, the bare deflate that some clients send under this name.
  static Body deflate(Body body, int limit) throws UnreadableBodyException {
    var work = new Inflation(ContentEncoding.DEFLATE, body, limit, 0);
    byte[] in = body.array();
    int at = body.offset();
    boolean wrapped =
        body.length() >= 2
            && (in[at] & 0x0f) == 8
            && (((in[at] & 0xff) << 8) | (in[at + 1] & 0xff)) % 31 == 0;
    Inflater inflater = wrapped ? new Inflater() : take();
    try {
      work.inflate(inflater, at);
    } finally {
      if (wrapped) {
        inflater.end();
      } else {
        give(inflater);
      }
    }
    return new Body(work.out, 0, work.made);
  }

  private int member(int start) throws UnreadableBodyException {
    int at = header(start);
    int before = made;
    Inflater inflater = take();
    try {
      at = inflate(inflater, at);
    } finally {
      give(inflater);
    }
    if (end - at < GZIP_TRAILER) {
      throw malformed("it ends before its checksum");
    }
    var crc = new CRC32();
    crc.update(out, before, made - before);
    if (littleEndian(in, at) != crc.getValue() || littleEndian(in, at + 4) != made - before) {
      throw malformed("its checksum or length does not match its content");
    }
    return at + GZIP_TRAILER;
  }

  private int header(int start) throws UnreadableBodyException {
    boolean known =
        end - start >= GZIP_HEADER
            && (in[start] & 0xff) == 0x1f
            && (in[start + 1] & 0xff) == 0x8b
            && in[start + 2] == 8;
    if (!known) {
      throw malformed("no gzip header at byte " + start);
    }
    int flags = in[start + 3];
    int at = start + GZIP_HEADER;
    if ((flags & EXTRA) != 0) {
      if (end - at < 2) {
        throw malformed("it ends inside its header");
      }
      at += 2 + (in[at] & 0xff) + ((in[at + 1] & 0xff) << 8);
    }
    if ((flags & NAME) != 0) {
      at = pastZero(at);
    }
    if ((flags & COMMENT) != 0) {
      at = pastZero(at);
    }
    at += (flags & HEADER_CRC) != 0 ? 2 : 0;
    if (at > end) {
      throw malformed("it ends inside its header");
    }
    return at;
  }

  private int pastZero(int start) throws UnreadableBodyException {
    for (int at = start; at < end; at++) {
      if (in[at] == 0) {
        return at + 1;
      }
    }
    throw malformed("it ends inside its header");
  }

  /// Inflates one stream from `at`, and gives the place after it.
  private int inflate(Inflater inflater, int at) throws UnreadableBodyException {
    inflater.setInput(in, at, end - at);
    try {
      while (!inflater.finished()) {
        if (made == out.length) {
          // An exactly full buffer may be the end: only what comes after tells.
          byte[] one = new byte[1];
          int more = inflater.inflate(one);
          if (more == 0) {
            if (inflater.finished()) {
              break;
            }
            throw malformed("it ends early");
          }
          out = Decompressor.grow(out, limit);
          out[made++] = one[0];
        }
        int more = inflater.inflate(out, made, out.length - made);
        made += more;
        if (more == 0
            && !inflater.finished()
            && (inflater.needsInput() || inflater.needsDictionary())) {
          throw malformed(inflater.needsDictionary() ? "it needs a dictionary" : "it ends early");
        }
      }
    } catch (DataFormatException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    return end - inflater.getRemaining();
  }

  private UnreadableBodyException malformed(String reason) {
    return Decompressor.malformed(encoding, reason);
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }

  private static Inflater take() {
    Inflater kept = RAW.poll();
    return kept != null ? kept : new Inflater(true);
  }

  private static void give(Inflater inflater) {
    inflater.reset();
    if (!RAW.offer(inflater)) {
      inflater.end();
    }
  }
}
