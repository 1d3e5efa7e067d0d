package dev.pharos.store.segment;

import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.DiskFile;
import dev.pharos.log.DiskReader;
import dev.pharos.log.ForceSite;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Segments as files of a [Disk]. An object is written under a name that ends in `.part`, forced, renamed and its
/// directory forced; a crash leaves at most a `.part`, which [#removeUnfinished] deletes. Files stay open for reading
/// until they are deleted or the storage is closed. Any thread.
public final class LocalStorage implements SegmentStorage, AutoCloseable {
  /// The object's data and length, before it gets its name.
  public static final ForceSite DATA = new ForceSite("segment.data");

  /// The object's name.
  public static final ForceSite NAME = new ForceSite("segment.name");

  /// The name of a directory made for the object.
  public static final ForceSite DIRECTORY = new ForceSite("segment.directory");

  private static final String UNFINISHED = ".part";

  /// How much is written before it is forced: what waits in the system's cache until the end of a large object would
  /// keep the disk from the forces of the log all at once.
  private static final long STEP_BYTES = 2 << 20;

  private final Disk disk;
  private final Map<String, DiskReader> readers = new ConcurrentHashMap<>();
  private final Set<String> directories = ConcurrentHashMap.newKeySet();

  public LocalStorage(Disk disk) {
    this.disk = disk;
  }

  @Override
  public Upload create(String name) {
    makeDirectory(directoryOf(name));
    String unfinished = name + UNFINISHED;
    disk.delete(unfinished);
    return new FileUpload(name, unfinished, disk.create(unfinished));
  }

  private void makeDirectory(String directory) {
    if (directory.isEmpty() || directories.contains(directory)) {
      return;
    }
    String parent = directoryOf(directory);
    makeDirectory(parent);
    disk.createDirectory(directory);
    disk.forceDirectory(parent, DIRECTORY);
    directories.add(directory);
  }

  private static String directoryOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  @Override
  public void read(String name, List<Range> ranges) {
    DiskReader reader = readers.get(name);
    if (reader == null) {
      reader = readers.computeIfAbsent(name, disk::openForReading);
    }
    for (Range range : ranges) {
      ByteBuffer into = range.into();
      long at = range.offset();
      while (into.hasRemaining()) {
        int read = reader.read(into, at);
        if (read <= 0) {
          throw new DiskException(
              "read "
                  + name
                  + " at "
                  + at
                  + ": the file ends there (expected: "
                  + into.remaining()
                  + " more bytes)");
        }
        at += read;
      }
    }
  }

  @Override
  public long sizeBytes(String name) {
    return disk.size(name);
  }

  @Override
  public void delete(String name) {
    DiskReader reader = readers.remove(name);
    if (reader != null) {
      reader.close();
    }
    disk.delete(name);
  }

  @Override
  public List<String> list(String folder) {
    var names = new ArrayList<String>();
    collect(folder, false, names);
    return names;
  }

  private void collect(String folder, boolean unfinished, List<String> names) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    for (String file : disk.files(folder)) {
      if (file.endsWith(UNFINISHED) == unfinished) {
        names.add(prefix + file);
      }
    }
    for (String directory : disk.directories(folder)) {
      collect(prefix + directory, unfinished, names);
    }
  }

  /// Deletes what a crash left half written below a folder. Call it before anything is written there.
  public void removeUnfinished(String folder) {
    var names = new ArrayList<String>();
    collect(folder, true, names);
    names.forEach(disk::delete);
  }

  @Override
  public void close() {
    readers.values().forEach(DiskReader::close);
    readers.clear();
  }

  /// A file being written.
  private final class FileUpload implements Upload {
    private final String name;
    private final String unfinished;
    private final DiskFile file;
    private long position;
    private long forced;
    private boolean open = true;

    FileUpload(String name, String unfinished, DiskFile file) {
      this.name = name;
      this.unfinished = unfinished;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes) {
      int length = bytes.remaining();
      file.write(bytes, position);
      position += length;
      if (position - forced >= STEP_BYTES) {
        file.force(DATA);
        forced = position;
      }
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void commit() {
      file.force(DATA);
      file.close();
      open = false;
      disk.rename(unfinished, name);
      disk.forceDirectory(directoryOf(name), NAME);
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        file.close();
        disk.delete(unfinished);
      }
    }
  }
}
