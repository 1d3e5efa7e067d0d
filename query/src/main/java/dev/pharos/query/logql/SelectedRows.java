package dev.pharos.query.logql;

import java.util.BitSet;

/// The rows of a block that the filters of a plan let through. Handed from the thread that made it to one other.
///
/// @param number of the block in its plan
/// @param rows the first `count` are in the scan's order where that matters, else in that of the block
/// @param read rows whose text was read
/// @param failed rows that a stage has marked with an error
record SelectedRows(LogRows block, int number, int[] rows, int count, BitSet read, BitSet failed) {}
