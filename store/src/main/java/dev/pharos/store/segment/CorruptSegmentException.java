package dev.pharos.store.segment;

/// A segment's bytes are not what its format says; the message names the object, the offset and what was expected.
public final class CorruptSegmentException extends RuntimeException {
  public CorruptSegmentException(String name, long offset, String what) {
    super("segment " + name + " at offset " + offset + ": " + what);
  }
}
