package dev.pharos.transport;

import java.util.zip.CRC32C;

/// Snappy's block format and its framing format (google/snappy: format_description.txt, framing_format.txt). Any
/// thread.
final class Snappy {
  private static final byte[] STREAM_START = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

  private Snappy() {}

  static Body decompress(Body body, int limit) throws UnreadableBodyException {
    return framed(body) ? unframe(body, limit) : block(body, limit);
  }

  private static boolean framed(Body body) {
    if (body.length() < STREAM_START.length) {
      return false;
    }
    for (int i = 0; i < STREAM_START.length; i++) {
      if (body.array()[body.offset() + i] != STREAM_START[i]) {
        return false;
      }
    }
    return true;
  }

  private static Body block(Body body, int limit) throws UnreadableBodyException {
    byte[] in = body.array();
    int at = body.offset();
    int end = at + body.length();
    long length = 0;
    int shift = 0;
    while (true) {
      if (at >= end || shift > 28) {
        throw malformed("no length at its start");
      }
      int next = in[at++];
      length |= (long) (next & 0x7f) << shift;
      shift += 7;
      if (next >= 0) {
        break;
      }
    }
    if (length > limit) {
      throw Decompressor.tooLarge(limit);
    }
    // A copy of at most 64 bytes takes at least 2, so no block grows more than 32-fold.
    if (length > 32L * (end - at)) {
      throw malformed("it claims " + length + " bytes but holds " + (end - at));
    }
    byte[] out = new byte[(int) length];
    elements(in, at, end, out);
    return Body.of(out);
  }

  private static void elements(byte[] in, int start, int end, byte[] out)
      throws UnreadableBodyException {
    int at = start;
    int made = 0;
    while (at < end) {
      int tag = in[at++] & 0xff;
      int kind = tag & 3;
      if (kind == 0) {
        int length = tag >>> 2;
        if (length >= 60) {
          int extra = length - 59;
          length = number(in, at, end, extra);
          at += extra;
        }
        length++;
        if (length <= 0 || length > end - at || length > out.length - made) {
          throw malformed("a literal passes its end");
        }
        System.arraycopy(in, at, out, made, length);
        at += length;
        made += length;
        continue;
      }
      int length = kind == 1 ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
      int width = kind == 1 ? 1 : kind == 2 ? 2 : 4;
      int back = number(in, at, end, width) | (kind == 1 ? (tag >>> 5) << 8 : 0);
      at += width;
      if (back <= 0 || back > made || length > out.length - made) {
        throw malformed("a copy passes its bounds");
      }
      if (back >= length) {
        System.arraycopy(out, made - back, out, made, length);
      } else {
        for (int i = 0; i < length; i++) {
          out[made + i] = out[made + i - back];
        }
      }
      made += length;
    }
    if (made != out.length) {
      throw malformed("it holds " + made + " bytes but claims " + out.length);
    }
  }

  private static int number(byte[] in, int at, int end, int width) throws UnreadableBodyException {
    if (width > end - at) {
      throw malformed("it ends early");
    }
    int value = 0;
    for (int i = 0; i < width; i++) {
      value |= (in[at + i] & 0xff) << (8 * i);
    }
    return value;
  }

  private static Body unframe(Body body, int limit) throws UnreadableBodyException {
    byte[] in = body.array();
    int at = body.offset();
    int end = at + body.length();
    byte[] out = new byte[Decompressor.guess(body.length(), 0, limit)];
    int made = 0;
    while (at < end) {
      int kind = in[at++] & 0xff;
      int length = number(in, at, end, 3);
      at += 3;
      if (length > end - at) {
        throw malformed("a chunk passes its end");
      }
      if (kind <= 1) {
        if (length < 4) {
          throw malformed("a chunk has no checksum");
        }
        var data = new Body(in, at + 4, length - 4);
        Body plain = kind == 0 ? block(data, Math.min(limit, 1 << 16)) : data;
        check(plain, number(in, at, end, 4));
        while (plain.length() > out.length - made) {
          out = Decompressor.grow(out, limit);
        }
        System.arraycopy(plain.array(), plain.offset(), out, made, plain.length());
        made += plain.length();
      } else if (kind < 0x80) {
        throw malformed("chunk type " + kind + " is not known");
      }
      at += length;
    }
    return new Body(out, 0, made);
  }

  private static void check(Body plain, int expected) throws UnreadableBodyException {
    var crc = new CRC32C();
    crc.update(plain.array(), plain.offset(), plain.length());
    int value = (int) crc.getValue();
    if (((value >>> 15) | (value << 17)) + 0xa282ead8 != expected) {
      throw malformed("a chunk's checksum does not match its content");
    }
  }

  private static UnreadableBodyException malformed(String reason) {
    return Decompressor.malformed(ContentEncoding.SNAPPY, reason);
  }
}
