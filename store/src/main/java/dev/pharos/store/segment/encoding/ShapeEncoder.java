package dev.pharos.store.segment.encoding;

import dev.pharos.model.Symbols;
import java.util.Arrays;

/// Splits texts at their punctuation: texts with the same punctuation and number of words have one *shape*. In a shape,
/// words that are the same in all rows become part of its literal text; each other word is a column, stored by what it
/// holds.
///
/// Form: varint bytes of all texts, varint number of shapes, shape of each text (0: none) as numbers, the texts without
/// shape as plain texts, then under zstd the operations of each shape (varint count, then each), then the columns of
/// all shapes in order, then the words of all `WORDS` columns as plain texts.
///
/// | operation | after its byte | its column |
/// |---|---|---|
/// | `LITERAL` | varint length, bytes | – |
/// | `DIGITS` | varint number of digits, 0 if as many as the number needs | numbers |
/// | `HEX` | varint number of digits | two digits a byte |
/// | `WORDS` | varint number of distinct words | index of each word, as numbers |
final class ShapeEncoder {
  static final int LITERAL = 0;
  static final int DIGITS = 1;
  static final int HEX = 2;
  static final int WORDS = 3;
  static final int MAX_DIGITS = 18;
  static final int MAX_SHAPES = 4096;

  private static final int MAX_WORDS = 512;
  private static final int LEAST_ROWS = 8;
  private static final boolean[] WORD = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      WORD[c] =
          c >= '0' && c <= '9'
              || c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c == '_'
              || c >= 128;
    }
  }

  private final Texts texts;
  private final byte[] bytes;

  /// Where the words of text `i` begin in `bounds`, in pairs of from and to.
  private final int[] firstWord;

  private int[] bounds;
  private int words;

  /// 1-based; 0 is none.
  private final int[] shapeOf;

  private final LongTable hashes = new LongTable(64);
  private int[] exemplar = new int[64];
  private boolean[][] varying = new boolean[64][];
  private int shapes;

  private ShapeEncoder(Texts texts) {
    this.texts = texts;
    this.bytes = texts.bytes();
    this.firstWord = new int[texts.count() + 1];
    this.bounds = new int[texts.count() * 32];
    this.shapeOf = new int[texts.count()];
  }

  /// Appends the texts in this form, or returns false (leaving `out` as it may be) if too few of them have a common
  /// shape.
  static boolean encode(Texts texts, ByteSink out) {
    var encoder = new ShapeEncoder(texts);
    for (int i = 0; i < texts.count(); i++) {
      encoder.assign(i);
    }
    return encoder.write(out);
  }

  private void assign(int text) {
    long hash = split(text);
    if (hashes.size() >= MAX_SHAPES || firstWord[text + 1] - firstWord[text] > MAX_WORDS) {
      return;
    }
    int shape = hashes.add(hash);
    if (shape == shapes) {
      if (shape == exemplar.length) {
        exemplar = Arrays.copyOf(exemplar, shape * 2);
        varying = Arrays.copyOf(varying, shape * 2);
      }
      exemplar[shape] = text;
      varying[shape] = new boolean[firstWord[text + 1] - firstWord[text]];
      shapes++;
    } else if (!compare(text, exemplar[shape], varying[shape])) {
      return;
    }
    shapeOf[text] = shape + 1;
  }

  /// Finds the words of a text and returns a hash of what lies between them.
  private long split(int text) {
    int at = texts.from()[text];
    int end = texts.to()[text];
    if (bounds.length < words * 2 + end - at + 2) {
      bounds = Arrays.copyOf(bounds, Math.max(bounds.length * 2, words * 2 + end - at + 2));
    }
    byte[] b = bytes;
    boolean[] word = WORD;
    int w = words * 2;
    long hash = 0;
    while (at < end) {
      int c = b[at] & 0xff;
      if (word[c]) {
        bounds[w] = at++;
        while (at < end && word[b[at] & 0xff]) {
          at++;
        }
        bounds[w + 1] = at;
        w += 2;
        c = 256;
      } else {
        at++;
      }
      hash = (Long.rotateLeft(hash, 9) ^ c) * 0x9E3779B97F4A7C15L;
    }
    words = w / 2;
    firstWord[text + 1] = words;
    return hash;
  }

  /// Marks the words in which a text differs from its shape's first; false if it differs elsewhere (equal hashes by
  /// chance).
  private boolean compare(int text, int first, boolean[] differs) {
    int count = differs.length;
    if (firstWord[text + 1] - firstWord[text] != count) {
      return false;
    }
    int at = texts.from()[text];
    int end = texts.to()[text];
    int mine = firstWord[text] * 2;
    int at0 = texts.from()[first];
    int end0 = texts.to()[first];
    int its = firstWord[first] * 2;
    int word = 0;
    while (true) {
      int equal = Arrays.mismatch(bytes, at, end, bytes, at0, end0);
      if (equal < 0) {
        return true;
      }
      while (word < count && bounds[its + word * 2 + 1] < at0 + equal) {
        word++;
      }
      if (word == count
          || bounds[its + word * 2] > at0 + equal
          || bounds[its + word * 2] - at0 != bounds[mine + word * 2] - at) {
        return false;
      }
      differs[word] = true;
      at0 = bounds[its + word * 2 + 1];
      at = bounds[mine + word * 2 + 1];
      word++;
    }
  }

  private boolean write(ByteSink out) {
    int[] renumbered = dropRareShapes();
    int kept = renumbered[shapes];
    int count = texts.count();
    var rowShapes = new long[count];
    var counts = new int[kept + 1];
    for (int i = 0; i < count; i++) {
      int shape = shapeOf[i] == 0 ? 0 : renumbered[shapeOf[i] - 1];
      rowShapes[i] = shape;
      counts[shape]++;
    }
    if (counts[0] * 4L > count) {
      return false;
    }
    out.putByte(TextCodec.SHAPED);
    out.putVarint(texts.totalBytes());
    out.putVarint(kept);
    LongCodec.encode(rowShapes, count, out);
    int[][] rows = rowsByShape(rowShapes, counts);
    TextCodec.plainBody(select(rows[0]), out);
    var operations = new ByteSink(1024);
    var columns = new ByteSink(1 << 14);
    var pool = new Symbols(1024, 64);
    for (int shape = 0; shape < shapes; shape++) {
      if (renumbered[shape] > 0) {
        writeShape(shape, rows[renumbered[shape]], operations, columns, pool);
      }
    }
    Zstandard.put(operations.bytes(), 0, operations.size(), out);
    out.put(columns);
    TextCodec.plainBody(Texts.of(pool), out);
    return true;
  }

  /// New 1-based numbers of the shapes with enough rows, 0 for the others; the last entry is how many there are.
  private int[] dropRareShapes() {
    var counts = new int[shapes];
    for (int shape : shapeOf) {
      if (shape > 0) {
        counts[shape - 1]++;
      }
    }
    var renumbered = new int[shapes + 1];
    int kept = 0;
    for (int shape = 0; shape < shapes; shape++) {
      renumbered[shape] = counts[shape] >= LEAST_ROWS ? ++kept : 0;
    }
    renumbered[shapes] = kept;
    return renumbered;
  }

  private static int[][] rowsByShape(long[] rowShapes, int[] counts) {
    var rows = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      rows[i] = new int[counts[i]];
    }
    var filled = new int[counts.length];
    for (int i = 0; i < rowShapes.length; i++) {
      int shape = (int) rowShapes[i];
      rows[shape][filled[shape]++] = i;
    }
    return rows;
  }

  private Texts select(int[] rows) {
    var from = new int[rows.length];
    var to = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      from[i] = texts.from()[rows[i]];
      to[i] = texts.to()[rows[i]];
    }
    return new Texts(bytes, from, to, rows.length);
  }

  private void writeShape(
      int shape, int[] rows, ByteSink operations, ByteSink columns, Symbols pool) {
    int first = exemplar[shape];
    int base = firstWord[first] * 2;
    boolean[] differs = varying[shape];
    var literal = new ByteSink(256);
    var ops = new ByteSink(256);
    int count = 0;
    int at = texts.from()[first];
    var column = new WordColumn(bytes, rows.length);
    for (int word = 0; word < differs.length; word++) {
      if (!differs[word]) {
        continue;
      }
      literal.put(bytes, at, bounds[base + word * 2] - at);
      at = bounds[base + word * 2 + 1];
      for (int i = 0; i < rows.length; i++) {
        int pair = (firstWord[rows[i]] + word) * 2;
        column.from[i] = bounds[pair];
        column.to[i] = bounds[pair + 1];
      }
      count += column.write(literal, ops, columns, pool);
    }
    literal.put(bytes, at, texts.to()[first] - at);
    count += WordColumn.flush(literal, ops);
    operations.putVarint(count);
    operations.put(ops);
  }
}
