package dev.pharos.log;

import java.nio.ByteBuffer;

/// Takes what a journal holds: the snapshot first, then the edits in the order in which they were appended.
public interface JournalReader {
  /// `bytes` is little-endian, read-only, and valid during the call only.
  void snapshot(ByteBuffer bytes);

  /// `bytes` is little-endian, read-only, and valid during the call only.
  void edit(ByteBuffer bytes);
}
