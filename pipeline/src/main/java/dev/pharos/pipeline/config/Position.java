package dev.pharos.pipeline.config;

/// A place in a configuration source. `line` and `column` count from 1; prints as `file:line:column`.
public record Position(String file, int line, int column) {
  /// The place of what was never written: a default.
  public static final Position NOWHERE = new Position("default", 0, 0);

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
