package dev.pharos.insight;

import dev.pharos.insight.digest.Digests;

/// What an answer cost. One thread.
public final class Cost {
  private long rows;
  private int blocks;
  private int skipped;

  void add(Digests.Effort effort) {
    rows += effort.rows();
    blocks += effort.blocks();
    skipped += effort.kept();
  }

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
