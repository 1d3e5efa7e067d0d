package dev.pharos.store.read;

import dev.pharos.model.LogBatch;
import java.util.BitSet;

/// A block of log records.
public interface LogBlock extends Block {
  /// Bodies that were read for the sake of some rows.
  ///
  /// @param column as column `BODY`, but that texts of other rows may be empty
  /// @param rows what was looked for may be in them; in others it is not
  record Bodies(Column column, BitSet rows) {}

  /// The bodies of the rows that may have a value as JSON and logfmt write it: a run of bytes without blanks, controls
  /// and `" : , { } [ ] = \`, with such around it or the text's ends. A text with a backslash may have any value, and
  /// so may what is no text.
  default Bodies bodiesWith(byte[] value) {
    var all = new BitSet(rows());
    all.set(0, rows());
    return new Bodies(column(Field.BODY), all);
  }

  /// Whole records of these rows, in this order. The time of a record without one is that of column `TIME`.
  LogBatch materialize(int[] rows, int count);
}
