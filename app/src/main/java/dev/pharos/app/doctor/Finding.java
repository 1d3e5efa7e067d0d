package dev.pharos.app.doctor;

/// What one check found.
///
/// @param what one line
/// @param advice what to do about it; empty where there is nothing to do
public record Finding(Level level, String what, String advice) {
  /// How bad it is.
  public enum Level {
    OK("ok   "),
    NOTE("note "),
    WRONG("WRONG");

    private final String word;

    Level(String word) {
      this.word = word;
    }
  }

  static Finding ok(String what) {
    return new Finding(Level.OK, what, "");
  }

  static Finding note(String what, String advice) {
    return new Finding(Level.NOTE, what, advice);
  }

  static Finding wrong(String what, String advice) {
    return new Finding(Level.WRONG, what, advice);
  }

  @Override
  public String toString() {
    return level.word + "  " + what + (advice.isEmpty() ? "" : "\n       → " + advice);
  }
}
