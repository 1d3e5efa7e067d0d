package dev.pharos.log;

import java.nio.ByteBuffer;

/// Positional reads of one file. Any thread.
public interface DiskReader extends AutoCloseable {
  /// Reads from byte `position` on until `into` is full or the file ends, and gives the number of bytes read.
  int read(ByteBuffer into, long position);

  /// The file's length in bytes.
  long size();

  /// The file's name when it was opened.
  String name();

  @Override
  void close();
}
