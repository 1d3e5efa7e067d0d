package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressorTest {
  private static final ContentEncoding[] MADE_HERE = {
    ContentEncoding.GZIP, ContentEncoding.DEFLATE, ContentEncoding.ZSTD
  };

  private static Body text(int size) {
    byte[] bytes = new byte[size];
    var random = new Random(size);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(3));
    }
    return Body.of(bytes);
  }

  private static Body inside(Body body) {
    byte[] wider = new byte[body.length() + 20];
    Arrays.fill(wider, (byte) 0x55);
    System.arraycopy(body.array(), body.offset(), wider, 9, body.length());
    return new Body(wider, 9, body.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 4096, 65_536, 1_000_000})
  void givesBackWhatWasCompressed(int size) throws UnreadableBodyException {
    Body plain = text(size);
    for (ContentEncoding encoding : MADE_HERE) {
      Body packed = Compressor.compress(encoding, Compressor.DEFAULT_LEVEL, inside(plain));
      Body again = Decompressor.decompress(encoding, inside(packed), size);
      assertThat(again.bytes()).as(encoding.token()).isEqualTo(plain.bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4096, 65_536, 1_000_000})
  void refusesOneByteMoreThanTheLimit(int size) {
    Body plain = text(size);
    for (ContentEncoding encoding : MADE_HERE) {
      Body packed = Compressor.compress(encoding, Compressor.DEFAULT_LEVEL, plain);
      assertThatThrownBy(() -> Decompressor.decompress(encoding, packed, size - 1))
          .as(encoding.token())
          .isInstanceOfSatisfying(
              UnreadableBodyException.class,
              e -> assertThat(e.problem()).isEqualTo(new BodyProblem.TooLarge(size - 1)));
    }
  }

  @Test
  void readsZstdWithoutAContentSizeAndSeveralFrames() throws IOException, UnreadableBodyException {
    var out = new ByteArrayOutputStream();
    for (int frame = 0; frame < 2; frame++) {
      try (var stream = new ZstdOutputStreamNoFinalizer(out)) {
        stream.write(text(200_000).array());
      }
    }
    Body again = Decompressor.decompress(ContentEncoding.ZSTD, Body.of(out.toByteArray()), 400_000);
    assertThat(again.length()).isEqualTo(400_000);
    assertThatThrownBy(
            () ->
                Decompressor.decompress(ContentEncoding.ZSTD, Body.of(out.toByteArray()), 399_999))
        .isInstanceOf(UnreadableBodyException.class);
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException, UnreadableBodyException {
    var out = new ByteArrayOutputStream();
    for (String part : new String[] {"one ", "two ", ""}) {
      try (var stream = new GZIPOutputStream(out)) {
        stream.write(part.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    Body plain = Decompressor.decompress(ContentEncoding.GZIP, Body.of(out.toByteArray()), 100);
    assertThat(plain.text()).isEqualTo("one two ");
  }

  @Test
  void readsDeflateWithoutItsHeader() throws UnreadableBodyException {
    var deflater = new Deflater(6, true);
    deflater.setInput(text(1000).array());
    deflater.finish();
    byte[] raw = new byte[2000];
    int length = deflater.deflate(raw);
    deflater.end();
    assertThat(
            Decompressor.decompress(ContentEncoding.DEFLATE, new Body(raw, 0, length), 1000)
                .bytes())
        .isEqualTo(text(1000).array());
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesEveryTruncationAndNeverHangs(ContentEncoding encoding) {
    Body packed = Compressor.compress(encoding, Compressor.DEFAULT_LEVEL, text(3000));
    for (int length = 1; length < packed.length(); length++) {
      Body cut = new Body(packed.array(), packed.offset(), length);
      assertThatThrownBy(() -> Decompressor.decompress(encoding, cut, 10_000))
          .as("first %d bytes", length)
          .isInstanceOf(UnreadableBodyException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "DEFLATE", "SNAPPY"})
  void survivesRandomBytes(ContentEncoding encoding) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Body valid =
        encoding == ContentEncoding.SNAPPY
            ? Body.of(SnappyBytes.block("abcabcabcabcabcabc".repeat(20)))
            : Compressor.compress(encoding, Compressor.DEFAULT_LEVEL, text(2000));
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = valid.bytes().clone();
      for (int flips = random.nextInt(6); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        int size = Decompressor.decompress(encoding, Body.of(bytes), 5000).length();
        assertThat(size).as("seed %d round %d", seed, round).isLessThanOrEqualTo(5000);
      } catch (UnreadableBodyException e) {
        assertThat(e.problem()).as("seed %d round %d", seed, round).isNotNull();
      }
    }
  }

  @Test
  void readsSnappyBlocksAndFrames() throws UnreadableBodyException {
    String text = "a snappy text, a snappy text, and some more " + "x".repeat(300);
    byte[] block = SnappyBytes.block(text);
    assertThat(Decompressor.decompress(ContentEncoding.SNAPPY, inside(Body.of(block)), 1000).text())
        .isEqualTo(text);
    assertThat(
            Decompressor.decompress(
                    ContentEncoding.SNAPPY, inside(Body.of(SnappyBytes.framed(text))), 1000)
                .text())
        .isEqualTo(text);
    assertThatThrownBy(
            () ->
                Decompressor.decompress(ContentEncoding.SNAPPY, Body.of(block), text.length() - 1))
        .hasMessageContaining("too large");
    byte[] broken = SnappyBytes.framed(text);
    broken[SnappyBytes.CHECKSUM_AT] ^= 1;
    assertThatThrownBy(() -> Decompressor.decompress(ContentEncoding.SNAPPY, Body.of(broken), 1000))
        .hasMessageContaining("checksum");
  }

  /// Snappy written by hand: literals, and a copy with one-byte distance for runs of `x`.
  private static final class SnappyBytes {
    /// After the start of the stream, a chunk of padding and a chunk's head.
    static final int CHECKSUM_AT = 10 + 6 + 4;

    static byte[] block(String text) {
      var out = new ByteArrayOutputStream();
      int length = text.length();
      while (length >= 0x80) {
        out.write(length & 0x7f | 0x80);
        length >>>= 7;
      }
      out.write(length);
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      int at = 0;
      while (at < bytes.length) {
        int run = 0;
        while (at > 0 && run < 64 && at + run < bytes.length && bytes[at + run] == bytes[at - 1]) {
          run++;
        }
        if (run >= 4) {
          out.write((run - 1) << 2 | 2);
          out.write(1);
          out.write(0);
          at += run;
        } else {
          out.write(0);
          out.write(bytes[at++]);
        }
      }
      return out.toByteArray();
    }

    static byte[] framed(String text) {
      var out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'});
      var crc = new CRC32C();
      byte[] plain = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      crc.update(plain);
      int value = (int) crc.getValue();
      int masked = ((value >>> 15) | (value << 17)) + 0xa282ead8;
      out.writeBytes(new byte[] {(byte) 0xfe, 2, 0, 0, 1, 2});
      byte[] data = block(text);
      int length = data.length + 4;
      out.writeBytes(new byte[] {0, (byte) length, (byte) (length >>> 8), (byte) (length >>> 16)});
      for (int i = 0; i < 4; i++) {
        out.write(masked >>> (8 * i));
      }
      out.writeBytes(data);
      return out.toByteArray();
    }
  }
}
