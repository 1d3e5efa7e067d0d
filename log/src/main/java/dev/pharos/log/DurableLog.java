package dev.pharos.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An append-only log of frames in a directory of its own: what was forced is replayed after any crash, once and in
/// order.
///
/// Every frame has a sequence, a number that rises and is never given to another frame; numbers may be left out. The
/// caller appends the frames of one commit, forces, publishes and acknowledges. A frame that was appended and not
/// forced may be there after a crash or not, but never without those before it.
///
/// Any thread; appends and forces exclude one another, so one committer thread is the use this is made for. Format:
/// `docs/format/log.md`.
public final class DurableLog implements AutoCloseable {
  static final ForceSite COMMIT = new ForceSite("log.commit");
  static final ForceSite OPENING = new ForceSite("log.opening-frame");
  static final ForceSite CUT_BACK = new ForceSite("log.cut-back");
  static final ForceSite NEW_FILE = new ForceSite("log.new-file");
  static final ForceSite NEW_DIRECTORY = new ForceSite("log.new-directory");

  /// How many frames there can be between two forces. After a crash numbering goes on this far above the last known
  /// frame, so that a number that was written and lost is not given again.
  public static final int MAX_UNFORCED_FRAMES = 1 << 16;

  private final String directory;
  private final LogOptions options;
  private final FrameGather gather = new FrameGather();
  private final LogFiles files;
  private final Recovery recovery;

  private Optional<DiskFile> active = Optional.empty();
  private LogFileName activeName = new LogFileName(0, false);

  /// The end of the frames in the active file; 0 if there is none.
  private volatile long end;

  private long allocated;
  private volatile long next;
  private volatile long durable;
  private int unforced;
  private boolean closed;

  private DurableLog(
      Disk disk, String directory, LogOptions options, long fromSequence, FrameVisitor visitor) {
    this.directory = directory;
    this.options = options;
    disk.createDirectoryDurably(directory, NEW_DIRECTORY);
    files = new LogFiles(disk, directory, options);
    LogRecovery replay = new LogRecovery(disk, directory, files.find(), fromSequence, visitor);
    recovery = replay.run();
    replay.files().forEach(files::add);
    durable = recovery.lastSequence();
    next = files.isNew() ? durable + 1 : durable + 1 + MAX_UNFORCED_FRAMES;
  }

  /// Opens the log in `directory`, which nothing else uses and which need not exist, and replays the frames whose
  /// sequence is at least `fromSequence` (1 for all) to `visitor`.
  public static DurableLog open(
      Disk disk, String directory, LogOptions options, long fromSequence, FrameVisitor visitor) {
    if (fromSequence < 1) {
      throw new IllegalArgumentException("fromSequence: " + fromSequence + " (expected: >= 1)");
    }
    return new DurableLog(disk, DiskName.check(directory), options, fromSequence, visitor);
  }

  /// What opening found.
  public Recovery recovery() {
    return recovery;
  }

  /// Appends one frame and gives its sequence.
  public long append(Frame frame) {
    return append(List.of(frame));
  }

  /// Appends frames by one gathering write, all or none, and gives the sequence of the first; the others follow.
  ///
  /// @throws DiskFullException if there is no room; frames appended before are as good as they were, and the same
  ///     frames can be appended again later
  /// @throws ForceFailedException if the file broke and took frames with it that were appended before and not forced
  public synchronized long append(List<Frame> frames) {
    if (closed || frames.isEmpty() || unforced + frames.size() > MAX_UNFORCED_FRAMES) {
      throw new IllegalStateException(
          "append of "
              + frames.size()
              + " frames to log "
              + directory
              + " with "
              + unforced
              + " not forced (expected: 1 to "
              + MAX_UNFORCED_FRAMES
              + " in all), closed: "
              + closed);
    }
    DiskFile file = writableFile();
    long first = next;
    write(file, gather.data(activeName.id(), first, durable, frames));
    next = first + frames.size();
    unforced += frames.size();
    return first;
  }

  /// Makes all appended frames durable.
  ///
  /// @throws ForceFailedException if that failed; the frames it names are lost
  public synchronized void force() {
    if (unforced == 0) {
      return;
    }
    try {
      active.orElseThrow().force(COMMIT);
    } catch (DiskException e) {
      throw seal(e);
    }
    durable = next - 1;
    unforced = 0;
  }

  /// Gives up the files all of whose frames are below `sequence`, which no later `open` may ask for.
  public void truncateBelow(long sequence) {
    files.truncateBelow(sequence);
  }

  /// Whether [#prepareNextFile] has something to do.
  public synchronized boolean wantsNextFile() {
    return active.isPresent() && end >= options.fileBytes() / 2 && files.wantsNext(activeName);
  }

  /// Makes the file that will follow the active one, so that no commit waits for its name and its room; a commit that
  /// needs a file before that, or after this failed, makes one itself.
  public void prepareNextFile() {
    LogFileName current;
    synchronized (this) {
      if (!wantsNextFile()) {
        return;
      }
      current = activeName;
    }
    files.makeAhead(current);
  }

  /// Deletes the files that hold no frames, and sees to it that those of now are deleted when they are given up: for
  /// rows that must not stay, and for a log that rests.
  public void dropSpares() {
    files.dropSpares();
  }

  /// Ends the file that is being written and begins a new one, so that all frames so far can be given up by
  /// [#truncateBelow].
  ///
  /// @return false if it is not done, because there are frames that are not forced or the log is closed
  public synchronized boolean startNewFile() {
    if (closed || unforced > 0) {
      return false;
    }
    if (active.isPresent()) {
      active.get().close();
      leaveActive();
    }
    if (!files.isEmpty()) {
      active = Optional.of(startFile());
    }
    return true;
  }

  /// The sequence that the next frame will have, or a lower one.
  public long nextSequence() {
    return next;
  }

  /// The highest sequence that is known to be durable; 0 in a new log.
  public long lastDurableSequence() {
    return durable;
  }

  /// The bytes of all files that are not given up, room that is allocated ahead of the frames not counted.
  public long sizeBytes() {
    return end + files.sizeBytes();
  }

  /// Makes all appended frames durable and marks the end, so that the next recovery tells damage of the last frames
  /// from a torn commit.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    files.close();
    if (active.isPresent()) {
      force();
      try {
        write(
            active.get(),
            new ByteBuffer[] {gather.mark(FrameFormat.CLOSING, activeName.id(), next, durable)});
        next++;
        unforced++;
        force();
      } catch (DiskFullException e) {
        // The mark is a service to the next recovery only.
      }
      active.ifPresent(DiskFile::close);
    }
  }

  private DiskFile writableFile() {
    if (active.isPresent() && end >= options.fileBytes() && unforced == 0) {
      active.get().close();
      leaveActive();
    }
    if (active.isEmpty()) {
      active = Optional.of(startFile());
    }
    return active.get();
  }

  private DiskFile startFile() {
    LogFiles.EmptyFile empty = files.next();
    LogFileName name = empty.name();
    DiskFile file = empty.file();
    long sequence = next++;
    end = 0;
    allocated = file.size();
    try {
      write(
          file, new ByteBuffer[] {gather.mark(FrameFormat.OPENING, name.id(), sequence, durable)});
      file.force(OPENING);
    } catch (DiskException e) {
      end = 0;
      files.discard(empty, e);
      throw e;
    }
    durable = sequence;
    activeName = name;
    files.began(name);
    return file;
  }

  /// Writes at the end of the frames, or leaves the file as it was or sealed.
  private void write(DiskFile file, ByteBuffer[] buffers) {
    long bytes = FrameGather.bytes(buffers);
    try {
      allocate(file, end + bytes);
      file.write(buffers, end);
    } catch (DiskFullException e) {
      cutBack(file, e);
      throw e;
    } catch (DiskException e) {
      throw seal(e);
    }
    end += bytes;
    allocated = Math.max(allocated, end);
  }

  private void allocate(DiskFile file, long needed) {
    if (needed > allocated && options.preallocateBytes() > 0) {
      try {
        file.preallocate(needed + options.preallocateBytes());
      } catch (DiskFullException e) {
        // There may be room for the frames themselves.
      }
      allocated = file.size();
    }
  }

  /// Forced, because the numbers of the frames that are cut here go to the next ones.
  private void cutBack(DiskFile file, DiskException cause) {
    try {
      file.truncate(end);
      allocated = end;
      file.force(CUT_BACK);
    } catch (DiskException e) {
      cause.addSuppressed(e);
      throw seal(cause);
    }
  }

  /// Gives the active file up, if there is one, and says what that means for the caller.
  private DiskException seal(DiskException cause) {
    if (active.isEmpty()) {
      return cause;
    }
    try {
      active.get().close();
    } catch (DiskException e) {
      cause.addSuppressed(e);
    }
    leaveActive();
    if (unforced == 0) {
      return cause;
    }
    long first = next - unforced;
    unforced = 0;
    return new ForceFailedException(files.path(activeName), first, next - 1, cause);
  }

  private void leaveActive() {
    files.add(new LogFile(activeName, durable, end));
    active = Optional.empty();
    end = 0;
  }
}
