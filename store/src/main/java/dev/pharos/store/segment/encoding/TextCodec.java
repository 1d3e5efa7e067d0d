package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;
import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;

/// Lists of texts: plain under zstd, or split into shapes and columns of variables where that is shorter. Lossless for
/// any bytes.
///
/// | form | after its byte |
/// |---|---|
/// | `PLAIN` | the lengths as numbers, then all bytes under zstd |
/// | `SHAPED` | see [ShapeEncoder] |
/// | `PREFIXED` | see [QuickCodec], which alone writes it |
public final class TextCodec {
  static final int PLAIN = 0;
  static final int SHAPED = 1;
  static final int PREFIXED = 2;
  static final int MAX_BYTES = 1 << 30;

  /// Fewer texts are not worth the search for shapes: they hardly count beside the rows of their block.
  private static final int LEAST_SHAPED = 192;

  /// Below this both forms are tried; above, the shaped one is taken if it fits most texts.
  private static final int TRIED_TEXTS = 256;

  /// Kept for the sake of their arrays.
  private static final ArrayBlockingQueue<ShapeEncoder> ENCODERS = new ArrayBlockingQueue<>(4);

  private TextCodec() {}

  public static void encode(Texts texts, ByteSink out) {
    if (texts.count() < LEAST_SHAPED) {
      plain(texts, out);
      return;
    }
    ShapeEncoder encoder = Objects.requireNonNullElseGet(ENCODERS.poll(), ShapeEncoder::new);
    encoder.forget();
    encode(texts, encoder, out);
    ENCODERS.offer(encoder);
  }

  /// Returns whether the encoder has split the texts, be that form taken or not.
  static boolean encode(Texts texts, ShapeEncoder encoder, ByteSink out) {
    int mark = out.size();
    if (texts.count() < LEAST_SHAPED || !encoder.encode(texts, out)) {
      out.truncate(mark);
      plain(texts, out);
      return false;
    }
    if (texts.count() > TRIED_TEXTS) {
      return true;
    }
    int shaped = out.size() - mark;
    var plain = new ByteSink(Math.toIntExact(texts.totalBytes()) + 64);
    plain(texts, plain);
    if (shaped > plain.size()) {
      out.truncate(mark);
      out.put(plain);
    }
    return true;
  }

  static void plain(Texts texts, ByteSink out) {
    out.putByte(PLAIN);
    plainBody(texts, out);
  }

  static void plainBody(Texts texts, ByteSink out) {
    var lengths = new long[texts.count()];
    int total = Math.toIntExact(texts.totalBytes());
    var bytes = new byte[total];
    for (int i = 0, at = 0; i < texts.count(); i++) {
      int length = texts.length(i);
      lengths[i] = length;
      System.arraycopy(texts.bytes(), texts.from()[i], bytes, at, length);
      at += length;
    }
    LongCodec.encode(lengths, texts.count(), out);
    Zstandard.put(bytes, 0, total, out);
  }

  /// Texts that were read but not put together yet.
  public interface Prepared {
    /// Text `i` becomes symbol `i + 1`; texts that are not wanted may be left empty.
    Symbols of(BitSet wanted);

    /// Text `texts[i]` becomes symbol `i + 1`.
    ///
    /// @param texts ascending numbers, from 0
    Symbols of(int[] texts);

    /// All texts.
    Symbols all();

    /// Adds the numbers, from 0, of all texts that have the value between delimiters, and perhaps others.
    ///
    /// @param value as in [DelimitedValue]
    void having(byte[] value, BitSet into);
  }

  /// Decodes `count` texts; text `i` becomes symbol `i + 1`.
  public static Symbols decode(ByteSource in, int count) {
    return prepare(in, count).all();
  }

  /// Reads `count` texts, and puts together later those that are wanted.
  public static Prepared prepare(ByteSource in, int count) {
    int form = in.readByte();
    return switch (form) {
      case PLAIN -> new Whole(decodePlain(in, count));
      case SHAPED -> ShapeDecoder.prepare(in, count);
      case PREFIXED -> new Whole(QuickCodec.decode(in, count));
      default -> throw in.bad("form " + form + " of texts (expected: 0 to " + PREFIXED + ")");
    };
  }

  /// Whether the text may be among `count` texts; always true of forms that cannot tell more cheaply than by decoding.
  public static boolean mayHave(ByteSource in, int count, byte[] text) {
    return in.readByte() != PREFIXED || QuickCodec.has(in, count, text);
  }

  private record Whole(Symbols all) implements Prepared {
    @Override
    public void having(byte[] value, BitSet into) {
      into.set(0, all.count() - 1);
    }

    @Override
    public Symbols of(BitSet wanted) {
      return all;
    }

    @Override
    public Symbols of(int[] texts) {
      return PickedTexts.of(all, texts);
    }
  }

  static Symbols decodePlain(ByteSource in, int count) {
    long[] lengths = LongCodec.decode(in, count);
    byte[] bytes = Zstandard.read(in);
    var offsets = new int[count + 2];
    long end = 0;
    for (int i = 0; i < count; i++) {
      end += lengths[i];
      if (lengths[i] < 0 || end > bytes.length - 8) {
        throw in.bad(
            "text of "
                + lengths[i]
                + " bytes ends at "
                + end
                + " (expected: up to "
                + (bytes.length - 8)
                + ")");
      }
      offsets[i + 2] = (int) end;
    }
    return Symbols.of(bytes, offsets, count + 1);
  }
}
