package dev.pharos.log;

/// A journal with bytes in it that were durable and are not what was written; the message names file and offset.
public final class DamagedJournalException extends DiskException {
  private static final long serialVersionUID = 1L;

  public DamagedJournalException(String message) {
    super(message);
  }
}
