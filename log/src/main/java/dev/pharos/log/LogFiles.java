package dev.pharos.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of a log beside the active one: those with frames that may still be asked for, spares, and the file ahead.
///
/// Any thread. Making files ahead and giving files up exclude one another and nothing else; [#next] is for the commit
/// that needs a file.
final class LogFiles {
  /// A file whose name is durable, and which has no frames yet.
  record EmptyFile(LogFileName name, DiskFile file) {}

  private final Disk disk;
  private final String directory;
  private final LogOptions options;

  /// Held while files are made ahead or given up. Taken before the lock of this object, which guards the rest.
  private final Object housekeeping = new Object();

  private final List<LogFile> files = new ArrayList<>();
  private final List<LogFileName> spares = new ArrayList<>();
  private LogFileName newest = new LogFileName(0, false);
  private int lastNumber;
  private Optional<EmptyFile> ahead = Optional.empty();

  /// The file that the one ahead is to follow, or that none could be made for.
  private LogFileName lastAheadOf = newest;

  /// Files up to this one are deleted, not kept to be used again.
  private LogFileName neverSpare = newest;

  private boolean closed;

  LogFiles(Disk disk, String directory, LogOptions options) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
  }

  /// Takes stock of the directory.
  ///
  /// @return the names of the files that are not spares, in order
  synchronized List<LogFileName> find() {
    List<LogFileName> logs = new ArrayList<>();
    for (String file : disk.files(directory)) {
      LogFileName.parse(file)
          .ifPresent(
              name -> {
                (name.spare() ? spares : logs).add(name);
                newest = name.compareTo(newest) > 0 ? name : newest;
              });
    }
    logs.sort(null);
    lastNumber = newest.number();
    return logs;
  }

  /// Whether there has never been a file.
  synchronized boolean isNew() {
    return lastNumber == 0;
  }

  /// Takes a file that gets no more frames.
  synchronized void add(LogFile file) {
    files.add(file);
  }

  synchronized boolean isEmpty() {
    return files.isEmpty();
  }

  synchronized long sizeBytes() {
    long bytes = 0;
    for (LogFile file : files) {
      bytes += file.sizeBytes();
    }
    return bytes;
  }

  /// The file that frames go on in: the one ahead, or one that is made now.
  EmptyFile next() {
    LogFileName name;
    Optional<LogFileName> spare;
    synchronized (this) {
      if (ahead.isPresent()) {
        EmptyFile next = ahead.get();
        ahead = Optional.empty();
        return next;
      }
      name = nextName();
      spare = takeSpare();
    }
    return make(name, spare, false);
  }

  /// The file has its opening frame.
  synchronized void began(LogFileName name) {
    newest = name;
  }

  /// Whether there is no file ahead of `active`, and none was tried.
  synchronized boolean wantsNext(LogFileName active) {
    return !closed && !lastAheadOf.equals(active);
  }

  /// Makes the file that will follow `active`, with room for all its frames.
  void makeAhead(LogFileName active) {
    synchronized (housekeeping) {
      LogFileName name;
      Optional<LogFileName> spare;
      synchronized (this) {
        if (!wantsNext(active)) {
          return;
        }
        lastAheadOf = active;
        name = nextName();
        spare = takeSpare();
      }
      EmptyFile next = make(name, spare, options.preallocateBytes() > 0);
      synchronized (this) {
        // Names rise: the file is of no use if a commit was faster and has taken a later one.
        if (!closed && name.number() == lastNumber) {
          ahead = Optional.of(next);
          return;
        }
      }
      remove(next);
    }
  }

  private LogFileName nextName() {
    return LogFileName.of(++lastNumber, options.random().nextInt());
  }

  private Optional<LogFileName> takeSpare() {
    return spares.isEmpty() ? Optional.empty() : Optional.of(spares.removeLast());
  }

  private EmptyFile make(LogFileName name, Optional<LogFileName> spare, boolean withRoom) {
    spare.ifPresent(used -> disk.rename(path(used), path(name)));
    var empty =
        new EmptyFile(name, spare.isPresent() ? disk.open(path(name)) : disk.create(path(name)));
    try {
      if (withRoom) {
        empty.file().preallocate(options.fileBytes());
        empty.file().force(DurableLog.NEW_FILE);
      }
      // No frame with the new id is written before the name is durable: a recycled file that came
      // back under its old name would hold frames of an id that is given again.
      disk.forceDirectory(directory, DurableLog.NEW_FILE);
    } catch (DiskException e) {
      discard(empty, e);
      throw e;
    }
    return empty;
  }

  /// Removes a file that could not begin.
  void discard(EmptyFile empty, DiskException cause) {
    try {
      remove(empty);
    } catch (DiskException e) {
      cause.addSuppressed(e);
    }
  }

  private void remove(EmptyFile empty) {
    empty.file().close();
    disk.delete(path(empty.name()));
  }

  /// Gives up the files all of whose frames are below `sequence`.
  void truncateBelow(long sequence) {
    synchronized (housekeeping) {
      for (LogFile file : below(sequence)) {
        giveUp(file);
      }
    }
  }

  private synchronized List<LogFile> below(long sequence) {
    List<LogFile> below = new ArrayList<>();
    for (LogFile file : files) {
      // The newest file stays: its name is what keeps its number from being given again.
      if (file.lastSequence() >= sequence || file.name().equals(newest)) {
        break;
      }
      below.add(file);
    }
    return below;
  }

  private void giveUp(LogFile file) {
    LogFileName name = file.name();
    boolean spare = isWorthSparing(file);
    if (spare) {
      disk.rename(path(name), path(name.asSpare()));
    } else {
      disk.delete(path(name));
    }
    synchronized (this) {
      files.remove(file);
      if (spare) {
        spares.add(name.asSpare());
      }
    }
  }

  private synchronized boolean isWorthSparing(LogFile file) {
    return spares.size() < options.spareFiles()
        && file.sizeBytes() > 0
        && file.name().compareTo(neverSpare) > 0;
  }

  /// Deletes the files that hold no frames, and sees to it that those of now are deleted when they are given up.
  void dropSpares() {
    synchronized (housekeeping) {
      List<LogFileName> unused;
      synchronized (this) {
        neverSpare = newest;
        unused = List.copyOf(spares);
        spares.clear();
      }
      dropAhead();
      unused.forEach(spare -> disk.delete(path(spare)));
    }
  }

  private void dropAhead() {
    Optional<EmptyFile> unused;
    synchronized (this) {
      unused = ahead;
      ahead = Optional.empty();
    }
    unused.ifPresent(this::remove);
  }

  /// Makes no more files ahead, and deletes the one there is.
  void close() {
    synchronized (this) {
      closed = true;
    }
    dropAhead();
  }

  String path(LogFileName name) {
    return DiskName.in(directory, name.toString());
  }
}
