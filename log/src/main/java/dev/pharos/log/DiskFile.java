package dev.pharos.log;

import java.nio.ByteBuffer;

/// One file open for writing.
///
/// One thread writes at a time; reads may go on beside it. After a failed `force` nothing is known about what was
/// written since the last good one, and a second `force` that succeeds proves nothing: the file refuses all further
/// writes and forces.
public interface DiskFile extends DiskReader {
  /// Writes all of `source` at byte `position`, lengthening the file as needed.
  void write(ByteBuffer source, long position);

  /// Writes all of the sources one after the other from byte `position` on.
  ///
  /// When it throws, an unknown part is written.
  void write(ByteBuffer[] sources, long position);

  /// Lengthens the file with zeros up to `sizeBytes`, so that later writes below it need no room and no change of
  /// length; does nothing to a file that is as long already.
  void preallocate(long sizeBytes);

  /// Shortens the file to `sizeBytes`.
  void truncate(long sizeBytes);

  /// Makes all data and the length durable.
  void force(ForceSite site);
}
