package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;
import java.util.Arrays;

/// Takes a few texts out of a list without putting the others together. Stateless.
final class PickedTexts {
  private PickedTexts() {}

  /// Text `texts[i]` of decoded ones, which are symbols from 1, becomes symbol `i + 1`.
  static Symbols of(Symbols all, int[] texts) {
    var offsets = new int[texts.length + 2];
    for (int i = 0; i < texts.length; i++) {
      offsets[i + 2] = offsets[i + 1] + all.length(texts[i] + 1);
    }
    var bytes = new byte[offsets[texts.length + 1] + 8];
    for (int i = 0; i < texts.length; i++) {
      int from = all.offset(texts[i] + 1);
      System.arraycopy(all.bytes(), from, bytes, offsets[i + 1], offsets[i + 2] - offsets[i + 1]);
    }
    return Symbols.of(bytes, offsets, texts.length + 1);
  }

  /// As the other `of`, of texts in shapes.
  static Symbols of(
      long[] rowShapes,
      ShapeDecoder.Operation[][] operations,
      byte[] literals,
      Symbols rest,
      Symbols pool,
      int[] texts) {
    var used = new int[operations.length];
    var number = new int[texts.length];
    for (int row = 0, i = 0; i < texts.length; row++) {
      int n = used[(int) rowShapes[row]]++;
      if (row == texts[i]) {
        number[i++] = n;
      }
    }
    var values = new long[operations.length][][];
    var next = new int[operations.length];
    var out = new byte[64 * texts.length + 8];
    var offsets = new int[texts.length + 2];
    int at = 0;
    for (int i = 0; i < texts.length; i++) {
      int shape = (int) rowShapes[texts[i]];
      int n = number[i];
      if (shape == 0) {
        int length = rest.length(n + 1);
        out = ShapeDecoder.roomFor(length, out, at);
        System.arraycopy(rest.bytes(), rest.offset(n + 1), out, at, length);
        at += length;
      } else {
        ShapeDecoder.Operation[] own = operations[shape];
        if (values[shape] == null) {
          values[shape] = valuesOf(own, numbersOf(shape, rowShapes, texts, number));
        }
        int k = next[shape]++;
        for (int op = 0; op < own.length; op++) {
          long value = values[shape][op].length == 0 ? 0 : values[shape][op][k];
          out = ShapeDecoder.roomFor(ShapeDecoder.length(own[op], value, pool), out, at);
          at = ShapeDecoder.apply(own[op], value, n, literals, out, at, pool);
        }
      }
      offsets[i + 2] = at;
    }
    return Symbols.of(out, offsets, texts.length + 1);
  }

  /// Of the picked texts those of a shape, as numbers among all of that shape.
  private static int[] numbersOf(int shape, long[] rowShapes, int[] texts, int[] number) {
    var own = new int[texts.length];
    int count = 0;
    for (int i = 0; i < texts.length; i++) {
      if (rowShapes[texts[i]] == shape) {
        own[count++] = number[i];
      }
    }
    return Arrays.copyOf(own, count);
  }

  private static long[][] valuesOf(ShapeDecoder.Operation[] operations, int[] numbers) {
    var values = new long[operations.length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = operations[i].values(numbers);
    }
    return values;
  }
}
