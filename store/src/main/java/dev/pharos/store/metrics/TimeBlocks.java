package dev.pharos.store.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Blocks of times and origins, of which equal ones are written once: the series of one scrape share them. One thread.
final class TimeBlocks {
  /// Blocks remembered; series of one scrape stand close together in the order of labels, or at least within one
  /// metric.
  private static final int REMEMBERED = 8192;

  private final PageWriter pages;
  private final ByteSink block = new ByteSink();

  private record Content(byte[] bytes) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Content other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private final Map<Content, Long> written =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  TimeBlocks(PageWriter pages) {
    this.pages = pages;
  }

  /// Writes the block or finds it.
  ///
  /// @param ownOrigin of samples that are in no segment yet
  /// @return its address
  long put(SampleRun run, int from, int count, long ownOrigin) {
    block.clear();
    PackedLongs.encode(block, run.millis(), from, count);
    for (int i = from; i < from + count; ) {
      long origin = origin(run, i, ownOrigin);
      int end = i + 1;
      while (end < from + count && origin(run, end, ownOrigin) == origin) {
        end++;
      }
      block.putVarint(end - i);
      block.putVarint(origin);
      i = end;
    }
    var content = new Content(block.toArray());
    Long known = written.get(content);
    if (known != null) {
      return known;
    }
    ByteSink out = pages.block();
    long address = pages.address();
    out.putBytes(content.bytes(), 0, content.bytes().length);
    written.put(content, address);
    return address;
  }

  private static long origin(SampleRun run, int i, long ownOrigin) {
    long origin = run.originOf(i);
    return origin >= SampleRun.FIRST_HEAD ? ownOrigin : origin;
  }

  /// A block as it is read.
  ///
  /// @param origins empty if all are `origin`
  record Times(long[] millis, long[] origins, long origin) {}

  static Times read(ByteSource in, int count) {
    long[] millis = PackedLongs.decode(in, count);
    long[] origins = origins(in, count);
    return new Times(millis, origins.length == 1 ? SampleRun.ONE_ORIGIN : origins, origins[0]);
  }

  /// Reads the origins that follow the times.
  ///
  /// @return one for each sample, or one alone if all are of the same
  private static long[] origins(ByteSource in, int count) {
    int length = in.getCount(count);
    long origin = in.getVarint();
    if (length == count) {
      return new long[] {origin};
    }
    var origins = new long[count];
    int at = 0;
    while (true) {
      if (length == 0 || length > count - at) {
        throw new IndexOutOfBoundsException(
            "origins of " + length + " samples (expected: 1 to " + (count - at) + ")");
      }
      Arrays.fill(origins, at, at + length, origin);
      at += length;
      if (at == count) {
        return origins;
      }
      length = in.getCount(count);
      origin = in.getVarint();
    }
  }
}
