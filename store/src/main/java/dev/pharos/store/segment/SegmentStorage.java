package dev.pharos.store.segment;

import java.nio.ByteBuffer;
import java.util.List;

/// Where segments live: a local directory, or an object store. Names are relative, with `/` between folders. Any
/// thread.
///
/// Failures are `dev.pharos.log.DiskException`s, a full disk `DiskFullException`.
public interface SegmentStorage {
  /// Starts a new object. It exists for readers only after [Upload#commit], durable then.
  Upload create(String name);

  /// Reads ranges of one object, each wholly, into the buffers given; an object store may join neighbouring ranges.
  void read(String name, List<Range> ranges);

  long sizeBytes(String name);

  void delete(String name);

  /// Names of all committed objects below a folder.
  List<String> list(String folder);

  /// Bytes `offset` to `offset + into.remaining()`, put at the buffer's position, which moves to its limit.
  record Range(long offset, ByteBuffer into) {}

  /// An object being written, front to back. One thread.
  interface Upload extends AutoCloseable {
    void write(ByteBuffer bytes);

    long position();

    /// Makes the object durable and visible.
    void commit();

    /// Throws away what was not committed.
    @Override
    void close();
  }
}
