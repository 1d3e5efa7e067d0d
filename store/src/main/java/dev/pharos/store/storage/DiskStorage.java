package dev.pharos.store.storage;

import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.DiskFile;
import dev.pharos.log.DiskName;
import dev.pharos.log.DiskReader;
import dev.pharos.log.ForceSite;
import dev.pharos.store.segment.SegmentStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Segments as files below one directory of a [Disk]. An object is written under a name that ends in `.tmp` and gets its own
/// by a rename; what a crash left under such names is deleted when the storage is opened. Any thread.
public final class DiskStorage implements SegmentStorage, AutoCloseable {
  static final ForceSite CONTENT = new ForceSite("storage.object");
  static final ForceSite NAME = new ForceSite("storage.object-name");
  static final ForceSite DIRECTORY = new ForceSite("storage.directory");
  private static final String TEMPORARY = ".tmp";

  /// Files kept open for reading; a read of another opens and closes it.
  private static final int MAX_READERS = 512;

  private final Disk disk;
  private final String root;
  private final Set<String> durableDirectories = ConcurrentHashMap.newKeySet();
  private final Map<String, DiskReader> readers = new ConcurrentHashMap<>();

  private DiskStorage(Disk disk, String root) {
    this.disk = disk;
    this.root = root;
  }

  /// @param root a directory of its own, whose parent exists
  public static DiskStorage open(Disk disk, String root) {
    disk.createDirectory(root);
    disk.forceDirectory(DiskName.directoryOf(root), DIRECTORY);
    var storage = new DiskStorage(disk, root);
    for (String name : storage.files("")) {
      if (name.endsWith(TEMPORARY)) {
        disk.delete(storage.path(name));
      }
    }
    return storage;
  }

  @Override
  public Upload create(String name) {
    createDirectories(DiskName.directoryOf(DiskName.check(name)));
    return new FileUpload(name);
  }

  /// Makes the directories of a name durable from the top, so that no durable file hangs in one that is not.
  private void createDirectories(String directory) {
    if (directory.isEmpty() || durableDirectories.contains(directory)) {
      return;
    }
    String parent = DiskName.directoryOf(directory);
    createDirectories(parent);
    // One that exists may have been in the system's cache alone until now.
    disk.createDirectory(path(directory));
    disk.forceDirectory(path(parent), DIRECTORY);
    durableDirectories.add(directory);
  }

  @Override
  public void read(String name, List<Range> ranges) {
    DiskReader open = readers.get(name);
    if (open == null && readers.size() < MAX_READERS) {
      open = readers.computeIfAbsent(name, missing -> disk.openForReading(path(missing)));
    }
    if (open != null) {
      readAll(open, ranges);
      return;
    }
    try (DiskReader once = disk.openForReading(path(name))) {
      readAll(once, ranges);
    }
  }

  private static void readAll(DiskReader reader, List<Range> ranges) {
    for (Range range : ranges) {
      int wanted = range.into().remaining();
      int read = reader.read(range.into(), range.offset());
      if (read != wanted) {
        throw new DiskException("read of " + reader.name() + ": " + read + " bytes at offset " + range.offset()
            + " (expected: " + wanted + ")");
      }
    }
  }

  @Override
  public void close() {
    readers.values().forEach(DiskReader::close);
    readers.clear();
  }

  @Override
  public long sizeBytes(String name) {
    return disk.size(path(name));
  }

  @Override
  public void delete(String name) {
    DiskReader open = readers.remove(name);
    if (open != null) {
      open.close();
    }
    disk.delete(path(name));
  }

  @Override
  public List<String> list(String folder) {
    return files(folder).stream().filter(name -> !name.endsWith(TEMPORARY)).toList();
  }

  private List<String> files(String folder) {
    var names = new ArrayList<String>();
    collect(folder, names);
    return names;
  }

  private void collect(String folder, List<String> names) {
    for (String file : disk.files(path(folder))) {
      names.add(DiskName.in(folder, file));
    }
    for (String directory : disk.directories(path(folder))) {
      collect(DiskName.in(folder, directory), names);
    }
  }

  private String path(String name) {
    return name.isEmpty() ? root : root + "/" + name;
  }

  private final class FileUpload implements Upload {
    private final String path;
    private final DiskFile file;
    private long position;
    private boolean committed;
    private boolean closed;

    FileUpload(String name) {
      path = path(name);
      disk.delete(path + TEMPORARY);
      file = disk.create(path + TEMPORARY);
    }

    @Override
    public void write(ByteBuffer bytes) {
      int length = bytes.remaining();
      file.write(bytes, position);
      position += length;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void commit() {
      file.force(CONTENT);
      closeFile();
      disk.rename(path + TEMPORARY, path);
      committed = true;
      disk.forceDirectory(DiskName.directoryOf(path), NAME);
    }

    @Override
    public void close() {
      closeFile();
      if (!committed) {
        disk.delete(path + TEMPORARY);
      }
    }

    private void closeFile() {
      if (!closed) {
        closed = true;
        file.close();
      }
    }
  }
}
