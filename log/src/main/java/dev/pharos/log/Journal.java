package dev.pharos.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A small piece of state that survives crashes: a snapshot and the edits made to it since, in one file.
///
/// An edit is durable when an `append` that forces, or a later `force` or `compact`, returns. The outcome of an append
/// that throws is open until the next `compact`, except that a `DiskFullException` leaves the journal as it was. After
/// any other failure the file is sealed, and only `compact`, which begins a new file, mends that.
///
/// Any thread; calls exclude one another. Format: `docs/format/journal.md`.
public final class Journal implements AutoCloseable {
  static final ForceSite EDIT = new ForceSite("journal.edit");
  static final ForceSite CUT_BACK = new ForceSite("journal.cut-back");
  static final ForceSite SNAPSHOT = new ForceSite("journal.snapshot");
  static final ForceSite RENAMED = new ForceSite("journal.renamed-snapshot");
  static final ForceSite TAIL = new ForceSite("journal.recovered-tail");
  static final ForceSite RECOVERED_NAME = new ForceSite("journal.recovered-name");
  private static final String TEMPORARY = ".tmp";

  private final Disk disk;
  private final String name;
  private final RandomGenerator random;
  private Optional<DiskFile> file = Optional.empty();
  private long version;
  private long nonce;
  private long snapshotEnd;
  private long end;
  private long durable;
  private long cutBytes;

  private Journal(Disk disk, String name, RandomGenerator random) {
    this.disk = disk;
    this.name = name;
    this.random = random;
  }

  /// Opens the journal `name`, whose directory exists durably, and gives what it holds to `reader`: nothing if it is
  /// new. A new journal takes a first `compact` before it takes edits.
  ///
  /// @param random the source of the number that the records of one file share
  /// @throws DamagedJournalException if something that was durable cannot be read
  public static Journal open(Disk disk, String name, RandomGenerator random, JournalReader reader) {
    Journal journal = new Journal(disk, DiskName.check(name), random);
    journal.recover(reader);
    return journal;
  }

  /// Deletes the files of the journal `name`, which is not open.
  public static void delete(Disk disk, String name) {
    String directory = DiskName.directoryOf(name);
    for (String file : disk.files(directory)) {
      String path = DiskName.in(directory, file);
      if (path.startsWith(name + ".")) {
        disk.delete(path);
      }
    }
  }

  /// Whether there is no snapshot yet.
  public synchronized boolean isNew() {
    return version == 0;
  }

  /// How many bytes of a torn last edit were cut when the journal was opened.
  public synchronized long cutBytes() {
    return cutBytes;
  }

  public synchronized long snapshotBytes() {
    return snapshotEnd;
  }

  /// The bytes of the edits since the last snapshot, by which the caller decides when to compact.
  public synchronized long editBytes() {
    return end - snapshotEnd;
  }

  /// Appends an edit, the bytes between position and limit of `edit`, and makes it and those before it durable if
  /// `force`.
  public synchronized void append(ByteBuffer edit, boolean force) {
    DiskFile open =
        file.orElseThrow(
            () ->
                new DiskException(
                    "journal "
                        + name
                        + " takes no edits: it is "
                        + (version == 0 ? "new" : "closed or sealed by an earlier failure")
                        + " (expected: compact first)"));
    ByteBuffer record = JournalFormat.encode(JournalFormat.EDIT, nonce, end, durable, edit);
    long length = record.remaining();
    try {
      open.write(record, end);
    } catch (DiskFullException e) {
      cutBack(open, e);
      throw e;
    } catch (DiskException e) {
      throw seal(e);
    }
    end += length;
    if (force) {
      force();
    }
  }

  /// Makes all appended edits durable.
  public synchronized void force() {
    if (durable == end) {
      return;
    }
    DiskFile open =
        file.orElseThrow(
            () -> new DiskException("journal " + name + " is sealed by an earlier failure"));
    try {
      open.force(EDIT);
    } catch (DiskException e) {
      throw seal(e);
    }
    durable = end;
  }

  /// Replaces the snapshot and all edits by `snapshot`, the bytes between its position and limit, durably: after a
  /// crash the journal holds either the old state or this one.
  public synchronized void compact(ByteBuffer snapshot) {
    long newVersion = version + 1;
    long newNonce = random.nextLong();
    String path = path(newVersion);
    ByteBuffer record = JournalFormat.encode(JournalFormat.SNAPSHOT, newNonce, 0, 0, snapshot);
    long length = record.remaining();
    writeTemporary(path + TEMPORARY, record);
    disk.rename(path + TEMPORARY, path);
    long oldVersion = version;
    seal(new DiskException("compacted"));
    version = newVersion;
    disk.forceDirectory(DiskName.directoryOf(name), RENAMED);
    file = Optional.of(disk.open(path));
    nonce = newNonce;
    snapshotEnd = length;
    end = length;
    durable = length;
    if (oldVersion > 0) {
      disk.delete(path(oldVersion));
    }
  }

  private void writeTemporary(String path, ByteBuffer record) {
    disk.delete(path);
    try (DiskFile temporary = disk.create(path)) {
      temporary.write(record, 0);
      temporary.force(SNAPSHOT);
    } catch (DiskFullException e) {
      disk.delete(path);
      throw e;
    }
  }

  /// Makes all edits durable.
  @Override
  public synchronized void close() {
    if (file.isPresent()) {
      force();
      file.get().close();
      file = Optional.empty();
    }
  }

  private void cutBack(DiskFile open, DiskException cause) {
    try {
      open.truncate(end);
      open.force(CUT_BACK);
      durable = end;
    } catch (DiskException e) {
      cause.addSuppressed(e);
      throw seal(cause);
    }
  }

  private DiskException seal(DiskException cause) {
    try {
      file.ifPresent(DiskFile::close);
    } catch (DiskException e) {
      cause.addSuppressed(e);
    }
    file = Optional.empty();
    return cause;
  }

  private void recover(JournalReader reader) {
    String directory = DiskName.directoryOf(name);
    for (String entry : disk.files(directory)) {
      long found = versionOf(DiskName.in(directory, entry));
      version = Math.max(version, found);
    }
    // A snapshot's new name may have been in the system's cache alone until now.
    disk.forceDirectory(directory, RECOVERED_NAME);
    for (String entry : disk.files(directory)) {
      String path = DiskName.in(directory, entry);
      long found = versionOf(path);
      if (found > 0 && found < version
          || path.endsWith(TEMPORARY)
              && versionOf(path.substring(0, path.length() - TEMPORARY.length())) > 0) {
        disk.delete(path);
      }
    }
    if (version > 0) {
      replay(path(version), reader);
    }
  }

  private void replay(String path, JournalReader reader) {
    ByteBuffer bytes = ByteBuffer.wrap(disk.readAll(path)).order(ByteOrder.LITTLE_ENDIAN);
    if (!JournalFormat.isRecord(bytes, 0)
        || bytes.getInt(JournalFormat.KIND_AT) != JournalFormat.SNAPSHOT) {
      throw new DamagedJournalException(path + ": damaged snapshot at offset 0");
    }
    nonce = bytes.getLong(JournalFormat.NONCE_AT);
    reader.snapshot(JournalFormat.body(bytes, 0));
    snapshotEnd = JournalFormat.end(bytes, 0);
    end = snapshotEnd;
    long proven = end;
    while (isEdit(bytes, (int) end)) {
      proven = Math.max(proven, bytes.getLong((int) end + JournalFormat.DURABLE_AT));
      reader.edit(JournalFormat.body(bytes, (int) end));
      end = JournalFormat.end(bytes, (int) end);
    }
    checkTorn(path, bytes);
    cutBytes = bytes.limit() - end;
    DiskFile open = disk.open(path);
    file = Optional.of(open);
    if (cutBytes > 0) {
      open.truncate(end);
    }
    // The last edits may have been in the system's cache alone until now, which takes them for
    // written if an earlier force of them failed.
    proven = Math.min(proven, end);
    open.write(bytes.slice((int) proven, (int) (end - proven)), proven);
    open.force(TAIL);
    durable = end;
  }

  private boolean isEdit(ByteBuffer bytes, int offset) {
    return JournalFormat.isRecord(bytes, offset)
        && bytes.getLong(offset + JournalFormat.NONCE_AT) == nonce
        && bytes.getInt(offset + JournalFormat.KIND_AT) == JournalFormat.EDIT;
  }

  /// What does not read at `end` was torn by a crash unless a later record says that it was durable.
  private void checkTorn(String path, ByteBuffer bytes) {
    for (int at = (int) end;
        at + JournalFormat.HEADER_BYTES <= bytes.limit();
        at += JournalFormat.ALIGNMENT) {
      if (isEdit(bytes, at) && bytes.getLong(at + JournalFormat.DURABLE_AT) > end) {
        throw new DamagedJournalException(
            path
                + ": damaged edit at offset "
                + end
                + ", and "
                + (at - end)
                + " bytes on a good one that was written when the first was durable");
      }
    }
  }

  private String path(long fileVersion) {
    return "%s.%016x".formatted(name, fileVersion);
  }

  /// The version of the file at `path`, 0 if it is none of this journal.
  private long versionOf(String path) {
    if (!path.startsWith(name + ".")
        || !path.substring(name.length() + 1).matches("[0-9a-f]{16}")) {
      return 0;
    }
    return Long.parseUnsignedLong(path.substring(name.length() + 1), 16);
  }
}
