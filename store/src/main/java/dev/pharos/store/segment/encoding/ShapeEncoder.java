package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// Splits texts at their punctuation: texts with the same punctuation and number of words have one *shape*. In a shape,
/// words that are the same in all rows become part of its literal text; each other word is a column, stored by what it
/// holds.
///
/// What shapes there are is learned from a sample and from texts that fit none, and kept for the next list, which in a
/// segment is the same column of the next block. A list where the sample shows few repeated shapes is given up at once,
/// and after that the next few are not tried. One thread.
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

  private static final int LEAST_ROWS = 8;
  private static final int SAMPLED = 512;
  private static final int MAX_ROUNDS = 2;
  private static final int MAX_PAUSE = 32;

  /// Room for more words is not kept from column to column.
  private static final int MAX_KEPT_WORDS = 1 << 17;

  private final ShapeGroups groups = new ShapeGroups();
  private final ShapeMatcher matcher = new ShapeMatcher();
  private final WordColumn column = new WordColumn();
  private final WordPool pool = new WordPool();
  private final ByteSink operations = new ByteSink(1024);
  private final ByteSink columns = new ByteSink(1 << 12);
  private final ByteSink shapeOperations = new ByteSink(256);
  private final ByteSink literal = new ByteSink(256);

  /// Per text: 1-based group; 0 is none.
  private long[] shapeOf = {};

  /// Per group: how many texts have its shape, how many words of it vary, and where these are, text by text.
  private int[] rows = {};

  private int[] stride = {};
  private long[][] words = {};

  /// The texts that were written without shape, and per group whether it was written as a shape.
  private int[] shapeless = {};

  private boolean[] kept = {};

  /// Groups at the last match.
  private int matched;

  private boolean isStale = true;
  private int pause;
  private int skipped;

  /// Forgets the shapes known so far: what comes next is another column.
  void forget() {
    long kept = 0;
    for (long[] of : words) {
      kept += of == null ? 0 : of.length;
    }
    if (kept > MAX_KEPT_WORDS) {
      words = new long[rows.length][];
    }
    groups.clear();
    isStale = true;
    pause = 0;
    skipped = 0;
  }

  /// Appends the texts in this form, or returns false (leaving `out` as it may be) if too few of them have a common
  /// shape.
  boolean encode(Texts texts, ByteSink out) {
    if (skipped < pause) {
      skipped++;
      return false;
    }
    boolean done = tryEncode(texts, out);
    skipped = 0;
    pause = done ? 0 : Math.min(MAX_PAUSE, pause * 2 + 1);
    return done;
  }

  private boolean tryEncode(Texts texts, ByteSink out) {
    if (groups.isFull()) {
      groups.clear();
      isStale = true;
    }
    if (groups.count() == 0 && !sample(texts)) {
      groups.clear();
      return false;
    }
    int count = texts.count();
    if (shapeOf.length < count) {
      shapeOf = new long[count];
    }
    int unmatched = matchAll(texts);
    for (int round = 0; unmatched > 0 && learn(texts, unmatched); round++) {
      isStale = true;
      if (round == MAX_ROUNDS || unmatched * 64L <= count) {
        break;
      }
      unmatched = matchAll(texts);
    }
    return write(texts, out);
  }

  /// Learns from some texts; false if most of them have a shape of their own.
  private boolean sample(Texts texts) {
    int count = texts.count();
    int step = Math.max(1, count / SAMPLED);
    int taken = 0;
    for (int i = 0; i < count; i += step, taken++) {
      groups.learn(texts.bytes(), texts.from()[i], texts.to()[i]);
    }
    int repeated = 0;
    for (int group = 0; group < groups.count(); group++) {
      repeated += groups.texts(group) > 1 ? groups.texts(group) : 0;
    }
    isStale = true;
    return repeated * 2 >= taken;
  }

  /// Learns from texts that matched no shape; false if there is nothing new.
  private boolean learn(Texts texts, int unmatched) {
    int step = Math.max(1, unmatched / (2 * SAMPLED));
    int next = 0;
    boolean changed = false;
    for (int i = 0, n = 0; i < texts.count(); i++) {
      if (shapeOf[i] == 0 && n++ == next) {
        next += step;
        changed |= groups.learn(texts.bytes(), texts.from()[i], texts.to()[i]);
      }
    }
    return changed;
  }

  /// Finds the shape of each text and returns how many have none.
  private int matchAll(Texts texts) {
    if (isStale) {
      matcher.build(groups);
      isStale = false;
    }
    int known = groups.count();
    matched = known;
    if (rows.length < known) {
      rows = new int[known * 2];
      stride = new int[known * 2];
      words = Arrays.copyOf(words, known * 2);
    }
    Arrays.fill(rows, 0, known, 0);
    int unmatched = 0;
    byte[] bytes = texts.bytes();
    for (int i = 0; i < texts.count(); i++) {
      int group = matcher.match(bytes, texts.from()[i], texts.to()[i]);
      shapeOf[i] = group + 1;
      if (group < 0) {
        unmatched++;
      } else {
        add(group);
      }
    }
    return unmatched;
  }

  private void add(int group) {
    int width = matcher.wordCount();
    int row = rows[group]++;
    stride[group] = width;
    long[] of = words[group];
    int at = row * width;
    if (of == null || of.length < at + width) {
      of = of == null ? new long[width * 16] : Arrays.copyOf(of, Math.max(at + width, at * 2));
      words[group] = of;
    }
    System.arraycopy(matcher.words(), 0, of, at, width);
  }

  private boolean write(Texts texts, ByteSink out) {
    int count = texts.count();
    int known = matched;
    var numbers = new int[known + 1];
    int shapes = 0;
    int rest = count;
    kept = new boolean[known];
    for (int group = 0; group < known; group++) {
      if (rows[group] >= LEAST_ROWS) {
        kept[group] = true;
        numbers[group + 1] = ++shapes;
        rest -= rows[group];
      }
    }
    if (rest * 4L > count) {
      return false;
    }
    var without = new int[rest];
    int n = 0;
    shapeless = without;
    for (int i = 0; i < count; i++) {
      int shape = numbers[(int) shapeOf[i]];
      shapeOf[i] = shape;
      if (shape == 0) {
        without[n++] = i;
      }
    }
    out.putByte(TextCodec.SHAPED);
    out.putVarint(texts.totalBytes());
    out.putVarint(shapes);
    LongCodec.encode(shapeOf, count, out);
    TextCodec.plainBody(texts.select(without), out);
    operations.clear();
    columns.clear();
    pool.clear();
    for (int group = 0; group < known; group++) {
      if (kept[group]) {
        writeShape(group, texts.bytes());
      }
    }
    Zstandard.put(operations.bytes(), 0, operations.size(), out);
    out.put(columns);
    pool.write(out);
    return true;
  }

  private void writeShape(int group, byte[] bytes) {
    literal.clear();
    shapeOperations.clear();
    int count = 0;
    for (int place = 0; place < stride[group]; place++) {
      matcher.putLiteral(group, place, literal);
      column.fill(bytes, words[group], stride[group], place, rows[group]);
      count += column.write(literal, shapeOperations, columns, pool);
    }
    matcher.putLiteral(group, stride[group], literal);
    count += WordColumn.flush(literal, shapeOperations);
    operations.putVarint(count);
    operations.put(shapeOperations);
  }

  /// Visits the tokens of the texts encoded last: those in the literal text of a shape once, those with words that vary
  /// for each text.
  void visitTokens(Texts texts, TokenVisitor visitor) {
    for (int text : shapeless) {
      visitor.text(texts.bytes(), texts.from()[text], texts.to()[text]);
    }
    for (int group = 0; group < kept.length; group++) {
      if (kept[group]) {
        visitTokens(group, texts.bytes(), visitor);
      }
    }
  }

  private void visitTokens(int group, byte[] bytes, TokenVisitor visitor) {
    int width = stride[group];
    // Of the literal before each varying word, and behind the last: how many bytes belong to the
    // token of the word
    // before it and of the one behind it.
    var behind = new int[width + 1];
    var ahead = new int[width + 1];
    for (int place = 0; place <= width; place++) {
      literal.clear();
      matcher.putLiteral(group, place, literal);
      int length = literal.size();
      byte[] text = literal.bytes();
      int from = 0;
      if (place > 0) {
        while (from < length && visitor.isToken(text[from])) {
          from++;
        }
        behind[place] = from;
      }
      int to = length;
      if (place < width) {
        while (to > from && visitor.isToken(text[to - 1])) {
          to--;
        }
        ahead[place] = length - to;
        // The literal lies within a token.
        ahead[place] = place > 0 && from == length ? -1 : ahead[place];
      }
      visitor.text(text, from, to);
    }
    int first = 0;
    for (int last = 0; last < width; last++) {
      if (last + 1 == width || ahead[last + 1] >= 0) {
        visitColumn(group, bytes, first, last, ahead[first], behind[last + 1], visitor);
        first = last + 1;
      }
    }
  }

  /// Visits the tokens that reach from one varying word to another, and so many bytes around them.
  private void visitColumn(
      int group, byte[] bytes, int first, int last, int before, int after, TokenVisitor visitor) {
    int width = stride[group];
    long[] of = words[group];
    int lastFrom = 0;
    int lastTo = -1;
    for (int row = 0, at = 0; row < rows[group]; row++, at += width) {
      int from = (int) (of[at + first] >>> 32) - before;
      int to = (int) of[at + last] + after;
      // Neighbours are of one stream, so they often have the same words where the block's differ.
      if (to - from != lastTo - lastFrom || !Words.same(bytes, from, bytes, lastFrom, to - from)) {
        visitor.token(bytes, from, to);
        lastFrom = from;
        lastTo = to;
      }
    }
  }
}
