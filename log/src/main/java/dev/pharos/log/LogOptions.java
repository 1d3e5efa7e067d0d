package dev.pharos.log;

import java.util.random.RandomGenerator;

/// Sizes of a log.
///
/// @param fileBytes a file that has reached this many bytes gets no further commit
/// @param preallocateBytes how far a file is lengthened ahead of the frames, 0 for not at all
/// @param spareFiles how many cut files are kept to be used again; their blocks need no allocation
/// @param random the source of the random half of file ids
public record LogOptions(
    long fileBytes, long preallocateBytes, int spareFiles, RandomGenerator random) {
  /// Files of 64 MiB.
  public static LogOptions standard(RandomGenerator random) {
    return new LogOptions(64L << 20, 4L << 20, 2, random);
  }
}
