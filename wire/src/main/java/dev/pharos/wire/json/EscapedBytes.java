package dev.pharos.wire.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text that is not all UTF-8, as characters and back without a loss: a byte that belongs to no character is a lone low
/// surrogate, U+DC80 to U+DCFF, while it is characters.
final class EscapedBytes {
  private static final char FIRST = '\udc80';
  private static final char LAST = '\udcff';
  private static final char ZERO = '\udc00';

  private EscapedBytes() {}

  static char[] decode(byte[] bytes, int from, int to) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ZERO | in.get() & 0xFF));
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /// The bytes that `text` was; other lone surrogates become U+FFFD.
  static byte[] encode(String text) {
    byte[] bytes = new byte[3 * text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c >= FIRST && c <= LAST) {
        bytes[size++] = (byte) c;
      } else {
        int whole = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c;
        byte[] encoded = Character.toString(whole).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
      }
    }
    return Arrays.copyOf(bytes, size);
  }
}
