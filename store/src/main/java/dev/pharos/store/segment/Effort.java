package dev.pharos.store.segment;

/// What a writer spends on making a segment small.
enum Effort {
  /// For a segment that is merged before long: every column in the one form that is cheapest to write and to read back,
  /// and no value filter.
  QUICK,
  /// For a segment that stays: the form that takes fewest bytes, and all that lets a search skip blocks.
  SMALL
}
