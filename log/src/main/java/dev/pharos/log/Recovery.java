package dev.pharos.log;

import java.util.List;

/// What opening a log found.
///
/// @param frames how many frames went to the visitor
/// @param lastSequence the last sequence that is in the log
/// @param damage what was durable once and cannot be read any more
/// @param cutBytes how many bytes behind the last good frame of the last file were cut; they may hold a torn commit,
///     which nobody was told of, or room that was allocated ahead
/// @param cutFrames how many whole frames were among them
public record Recovery(
    long frames, long lastSequence, List<Damage> damage, long cutBytes, long cutFrames) {
  public Recovery {
    damage = List.copyOf(damage);
  }

  /// A region of a file that durable frames can no longer be read from.
  ///
  /// @param offset where the region begins
  /// @param bytes its length; 0 if the frames are missing without a trace
  /// @param firstSequence the first lost sequence
  /// @param lastSequence the last lost sequence; the numbers between need not all have been used
  /// @param quarantine the file with a copy of the region, empty if there was nothing or no room to copy
  public record Damage(
      String file,
      long offset,
      long bytes,
      long firstSequence,
      long lastSequence,
      String quarantine) {}
}
