package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;

/// Takes whole blocks of a segment of log records over into another segment: the chunks stay as they are, but for the
/// numbers of Resources, scopes and attribute columns, which are the segment's. One thread.
final class LogBlockCopy {
  private final Footer footer;
  private final ChunkReader reader;
  private final int[] resourceRows;
  private final int[] scopeRows;
  private final SegmentWriter out;

  /// Per attribute column of the source its part in the target, 0 while it is not known.
  private final int[] parts;

  LogBlockCopy(
      Footer footer, ChunkReader reader, int[] resourceRows, int[] scopeRows, SegmentWriter out) {
    this.footer = footer;
    this.reader = reader;
    this.resourceRows = resourceRows;
    this.scopeRows = scopeRows;
    this.out = out;
    this.parts = new int[footer.columns().size()];
  }

  void copy(BlockEntry block) {
    Symbols symbols = footer.tables().symbols;
    for (Chunk chunk : block.chunks()) {
      switch (chunk.part()) {
        case Part.RESOURCE, Part.SCOPE -> {}
        case Part.KEYS -> reader.read(chunk, this::copyKeys);
        default -> {
          int part = part(chunk.part());
          if (chunk.length() == 0) {
            out.listRare(part);
          } else {
            reader.read(chunk, in -> copyAll(in, part, chunk, symbols));
          }
        }
      }
    }
    Range resources = copyRows(block, Part.RESOURCE, resourceRows);
    Range scopes = copyRows(block, Part.SCOPE, scopeRows);
    BlockEntry.Bounds was = block.bounds();
    out.endBlock(
        block.rows(),
        new BlockEntry.Bounds(
            was.minNanos(),
            was.maxNanos(),
            (int) resources.min(),
            (int) resources.max(),
            (int) scopes.min(),
            (int) scopes.max(),
            was.minDuration(),
            was.maxDuration(),
            was.firstHi(),
            was.firstLo(),
            was.lastHi(),
            was.lastLo(),
            was.unlisted()));
  }

  private boolean copyAll(ByteSource in, int part, Chunk chunk, Symbols symbols) {
    out.begin().put(in.bytes(), in.at(), in.remaining());
    out.endCopied(part, chunk, symbols);
    return true;
  }

  private int part(int part) {
    if (part < Part.ATTRIBUTE) {
      return part;
    }
    int column = part - Part.ATTRIBUTE;
    if (parts[column] == 0) {
      AttributeColumn attribute = footer.columns().get(column);
      parts[column] =
          out.column(
              attribute.table(),
              footer.tables().symbols,
              attribute.key(),
              attribute.type(),
              attribute.occurrence());
    }
    return parts[column];
  }

  /// Rows of a table, as rows of the target's.
  private Range copyRows(BlockEntry block, int part, int[] targets) {
    var columns = new BlockColumns(reader, block);
    long[] rows = columns.tableRows(part, targets.length);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = targets[(int) rows[i]];
    }
    if (!Range.isZero(rows, rows.length)) {
      LongCodec.encode(rows, rows.length, out.begin());
      out.end(part);
    }
    return Range.of(rows, rows.length);
  }

  /// The keys chunk, in which the parts of columns are other ones now.
  private boolean copyKeys(ByteSource in) {
    ByteSink sink = out.begin();
    int from = in.at();
    int columns = in.readCount(Integer.MAX_VALUE);
    TextCodec.decode(in, in.readCount(Integer.MAX_VALUE));
    for (int list = 0; list < 4; list++) {
      LongCodec.decode(in, columns);
    }
    sink.put(in.bytes(), from, in.at() - from);
    long[] own = LongCodec.decode(in, columns);
    for (int i = 0; i < columns; i++) {
      own[i] = own[i] == 0 ? 0 : part(Math.toIntExact(own[i]));
    }
    LongCodec.encode(own, columns, sink);
    sink.put(in.bytes(), in.at(), in.remaining());
    out.end(Part.KEYS);
    return true;
  }
}
