package dev.pharos.insight;

/// What an answer cost. One thread.
public final class Cost {
  private long rows;
  private int blocks;
  private int skipped;

  /// Rows that were decoded.
  public long rows() {
    return rows;
  }

  /// Blocks that were opened.
  public int blocks() {
    return blocks;
  }

  /// Blocks that were left out because what they say was known.
  public int skipped() {
    return skipped;
  }
}
