package dev.pharos.log;

import java.util.List;

/// The only way to files: a tree of named files in which nothing is durable until it is forced.
///
/// Names are relative to the disk's root, with `/` between directories; `""` is the root where a directory is meant.
/// Data and length of a file are durable after `DiskFile.force`; the name of a file or directory, its renaming and its
/// deletion only after `forceDirectory` of the directory that holds the name. What was not forced may be there after a
/// power cut or not, in any mixture.
///
/// Any thread. Every failure is a `DiskException`; lack of room is a `DiskFullException`.
public interface Disk {
  /// Creates a file of length 0 for writing. It is an error if the name exists.
  DiskFile create(String name);

  /// Opens an existing file for reading and writing.
  DiskFile open(String name);

  /// Opens an existing file for reading.
  DiskReader openForReading(String name);

  /// The whole content of a small file.
  byte[] readAll(String name);

  /// Gives a file another name in the same directory, replacing a file of that name in one step.
  void rename(String from, String to);

  /// Deletes a file or an empty directory and says whether it was there.
  boolean delete(String name);

  /// Creates a directory and its missing parents; it may exist already.
  void createDirectory(String name);

  /// The names, without the directory, of the files in a directory, sorted; none if it does not exist.
  List<String> files(String directory);

  /// The names, without the directory, of the directories in a directory, sorted; none if it does not exist.
  List<String> directories(String directory);

  /// Creates a directory and its missing parents, durably; it may exist already, durably or not.
  default void createDirectoryDurably(String name, ForceSite site) {
    createDirectory(name);
    for (String above = name; !above.isEmpty(); ) {
      above = DiskName.directoryOf(above);
      forceDirectory(above, site);
    }
  }

  /// Makes the names in a directory durable as they are now.
  void forceDirectory(String name, ForceSite site);

  /// Whether a file or a directory has this name.
  boolean exists(String name);

  /// The length of a file in bytes.
  long size(String name);

  /// How many bytes can still be written, as far as the operating system tells.
  long usableBytes();

  /// Becomes the only writer, or throws a `DiskLockedException` that says who is.
  DiskLock lock(String name);
}
