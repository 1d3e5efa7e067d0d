package dev.pharos.store.segment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Segments in memory, for tests; counts what is read.
public final class MemoryStorage implements SegmentStorage {
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong bytesRead = new AtomicLong();

  @Override
  public Upload create(String name) {
    var bytes = new ByteArrayOutputStream();
    return new Upload() {
      @Override
      public void write(ByteBuffer source) {
        var copy = new byte[source.remaining()];
        source.get(copy);
        bytes.writeBytes(copy);
      }

      @Override
      public long position() {
        return bytes.size();
      }

      @Override
      public void commit() {
        objects.put(name, bytes.toByteArray());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void read(String name, List<Range> ranges) {
    for (Range range : ranges) {
      bytesRead.addAndGet(range.into().remaining());
      range.into().put(objects.get(name), (int) range.offset(), range.into().remaining());
    }
  }

  @Override
  public long sizeBytes(String name) {
    return objects.get(name).length;
  }

  @Override
  public void delete(String name) {
    objects.remove(name);
  }

  @Override
  public List<String> list(String folder) {
    return objects.keySet().stream()
        .filter(name -> folder.isEmpty() || name.startsWith(folder + "/"))
        .toList();
  }

  /// The bytes of an object, to look at or to damage.
  public byte[] bytes(String name) {
    return objects.get(name);
  }

  public void put(String name, byte[] bytes) {
    objects.put(name, bytes);
  }

  public long bytesRead() {
    return bytesRead.get();
  }
}
