package dev.pharos.log;

/// A failed force or a broken log file: the frames `firstSequence` to `lastSequence`, all that were not yet durable,
/// are lost to this process and must not be acknowledged.
///
/// Their file is sealed; the next append begins a new one, and with its first frame they are void on disk as well.
public final class ForceFailedException extends DiskException {
  private static final long serialVersionUID = 1L;

  private final long firstSequence;
  private final long lastSequence;

  public ForceFailedException(String file, long firstSequence, long lastSequence, Throwable cause) {
    super(
        "frames "
            + firstSequence
            + " to "
            + lastSequence
            + " of "
            + file
            + " could not be made durable",
        cause);
    this.firstSequence = firstSequence;
    this.lastSequence = lastSequence;
  }

  public long firstSequence() {
    return firstSequence;
  }

  public long lastSequence() {
    return lastSequence;
  }
}
