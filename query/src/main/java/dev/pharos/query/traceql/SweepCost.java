package dev.pharos.query.traceql;

/// What an answer took to read.
///
/// @param rows of the blocks that were opened
/// @param blocks that were opened
/// @param skipped blocks of the range that could be left out
public record SweepCost(long rows, long blocks, long skipped) {
  public static final SweepCost NONE = new SweepCost(0, 0, 0);

  public SweepCost plus(SweepCost other) {
    return new SweepCost(rows + other.rows, blocks + other.blocks, skipped + other.skipped);
  }
}
