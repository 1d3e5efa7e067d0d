package dev.pharos.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Replays a log and brings its end into order.
///
/// A file begins only when all that counts before it is durable, so the `durable` of a file's first frame splits the
/// frames of all earlier files: up to it they are durable, above it they are void (their force failed). In the last
/// file the highest `durable` of any later frame tells a damaged frame from a torn one.
final class LogRecovery {
  static final ForceSite TAIL = new ForceSite("log.recovered-tail");
  private static final int REWRITE_BYTES = 1 << 20;
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final Disk disk;
  private final String directory;
  private final List<LogFileName> names;
  private final long from;
  private final FrameVisitor visitor;
  private final LogQuarantine quarantine;
  private final List<LogFile> files = new ArrayList<>();
  private final List<Recovery.Damage> damage = new ArrayList<>();
  private long frames;
  private long last;
  private long cutBytes;
  private long cutFrames;

  LogRecovery(
      Disk disk, String directory, List<LogFileName> names, long from, FrameVisitor visitor) {
    this.disk = disk;
    this.directory = directory;
    this.names = names;
    this.from = from;
    this.visitor = visitor;
    this.quarantine = new LogQuarantine(disk, directory);
    this.last = from - 1;
  }

  Recovery run() {
    long[] firstDurable = new long[names.size()];
    boolean[] opens = new boolean[names.size()];
    int tail = -1;
    for (int i = 0; i < opens.length; i++) {
      try (FrameReader reader = open(names.get(i))) {
        boolean any = reader.find(0, 0);
        firstDurable[i] = any ? reader.durable() : UNBOUNDED;
        opens[i] = any && reader.isOpening();
        tail = any ? i : tail;
      }
    }
    long[] limits = new long[opens.length];
    long limit = UNBOUNDED;
    for (int i = opens.length - 1; i >= 0; i--) {
      limits[i] = limit;
      limit = Math.min(limit, firstDurable[i]);
    }
    for (int i = 0; i < opens.length; i++) {
      replay(names.get(i), limits[i], i == tail, i + 1 < opens.length && opens[i + 1]);
    }
    return new Recovery(frames, last, damage, cutBytes, cutFrames);
  }

  /// The files in order, each with the last sequence in it that counts.
  List<LogFile> files() {
    return files;
  }

  /// Replays one file.
  ///
  /// @param limit the last sequence in it that counts, from the files behind it
  /// @param exact whether the file behind it begins with its opening frame, so that all up to `limit` must be here
  private void replay(LogFileName name, long limit, boolean isTail, boolean exact) {
    long size;
    long position = 0;
    long unproven = 0;
    try (FrameReader reader = open(name)) {
      size = reader.sizeBytes();
      long previous = 0;
      long proof = limit == UNBOUNDED ? -1 : limit;
      while (reader.find(position, previous) && reader.sequence() <= limit) {
        long found = reader.start();
        long firstMissing = 1 + (previous == 0 ? last : previous);
        long lastMissing =
            previous == 0 && reader.isOpening() ? reader.durable() : reader.sequence() - 1;
        if (firstMissing <= lastMissing) {
          proof = proof < 0 ? highestDurable(reader) : proof;
          if (firstMissing <= proof) {
            lose(name, position, found - position, firstMissing, Math.min(lastMissing, proof));
            position = found;
          }
          if (lastMissing > proof) {
            cutFrames += isTail ? framesFrom(reader, found) : 0;
            break;
          }
          reader.read(found);
        }
        // A commit says that the one before it is durable; nothing says so of the last one.
        unproven = reader.durable() >= previous ? reader.start() : unproven;
        deliver(reader);
        previous = reader.sequence();
        position = reader.end();
      }
    }
    if (exact && last < limit) {
      lose(name, position, size - position, last + 1, limit);
    }
    files.add(new LogFile(name, last, isTail || position == 0 ? position : size));
    if (isTail) {
      cutBytes += size - position;
      makeDurable(name, Math.min(unproven, position), position, size);
    }
  }

  private void deliver(FrameReader reader) {
    if (reader.sequence() >= from && reader.isData()) {
      frames++;
      reader.visit(visitor);
    }
    last = Math.max(last, reader.sequence());
  }

  /// The highest `durable` of the frame that `reader` stands at and those behind it.
  private static long highestDurable(FrameReader reader) {
    long highest;
    do {
      highest = reader.durable();
    } while (reader.find(reader.end(), reader.sequence()));
    return highest;
  }

  private static long framesFrom(FrameReader reader, long position) {
    long count = 0;
    long previous = 0;
    for (long at = position; reader.find(at, previous); at = reader.end()) {
      previous = reader.sequence();
      count++;
    }
    return count;
  }

  private void lose(
      LogFileName name, long offset, long bytes, long firstSequence, long lastSequence) {
    last = Math.max(last, lastSequence);
    if (lastSequence >= from) {
      String copy = bytes == 0 ? "" : quarantine.copy(name, offset, bytes);
      damage.add(
          new Recovery.Damage(
              path(name), offset, bytes, Math.max(firstSequence, from), lastSequence, copy));
    }
  }

  /// What was replayed may have been in the system's cache alone until now. It is written once more, because after a
  /// failed force the cache takes for written what is not.
  private void makeDurable(LogFileName name, long unproven, long end, long size) {
    try (DiskFile file = disk.open(path(name))) {
      if (size > end) {
        file.truncate(end);
      }
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(REWRITE_BYTES, end - unproven));
      for (long at = unproven; at < end; at += chunk.limit()) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
        file.read(chunk, at);
        file.write(chunk.flip(), at);
      }
      file.force(TAIL);
    }
  }

  private FrameReader open(LogFileName name) {
    return new FrameReader(disk.openForReading(path(name)), name.id());
  }

  private String path(LogFileName name) {
    return DiskName.in(directory, name.toString());
  }
}
