package dev.pharos.log;

import java.util.Optional;

/// The name of a file of the log, which carries its id.
///
/// The upper 32 bits of an id count the files from 1; the lower 32 are random, so that nobody who can only send
/// telemetry can make a payload that would pass for a frame of the file.
///
/// @param id never used twice
/// @param spare whether the file waits to be used again under another id
record LogFileName(long id, boolean spare) implements Comparable<LogFileName> {
  private static final String LOG = ".log";
  private static final String SPARE = ".spare";

  static LogFileName of(int number, int random) {
    return new LogFileName((long) number << 32 | Integer.toUnsignedLong(random), false);
  }

  static Optional<LogFileName> parse(String name) {
    if (!name.matches("[0-7][0-9a-f]{15}\\.(log|spare)")) {
      return Optional.empty();
    }
    return Optional.of(
        new LogFileName(Long.parseLong(name.substring(0, 16), 16), name.endsWith(SPARE)));
  }

  int number() {
    return (int) (id >>> 32);
  }

  LogFileName asSpare() {
    return new LogFileName(id, true);
  }

  @Override
  public int compareTo(LogFileName other) {
    return Long.compare(id, other.id);
  }

  @Override
  public String toString() {
    return "%016x%s".formatted(id, spare ? SPARE : LOG);
  }
}
