package dev.pharos.log;

/// The rules for names on a `Disk`.
public final class DiskName {
  private DiskName() {}

  /// Returns `name` if it is a legal name of a file: relative, without empty, `.` or `..` parts.
  public static String check(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "file name \"" + name + "\" (expected: relative, no empty, . or .. parts)");
      }
    }
    return name;
  }

  /// Returns `name` if it is a legal name of a directory, `""` being the root.
  public static String checkDirectory(String name) {
    return name.isEmpty() ? name : check(name);
  }

  /// The directory that holds `name`.
  public static String directoryOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /// The name of `file` in `directory`.
  public static String in(String directory, String file) {
    return directory.isEmpty() ? file : directory + "/" + file;
  }
}
