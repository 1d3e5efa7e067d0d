package dev.pharos.observe;

/// Why an item was refused, rejected or dropped. The set is closed: every counter of lost or refused items carries one
/// of these as its label `cause`, so the sums always add up.
public enum Cause {
  /// The request's bytes could not be decoded.
  UNDECODABLE("undecodable"),
  /// A span's trace or span id is all zero or has a wrong length.
  INVALID_ID("invalid_id"),
  /// An attribute key is not valid UTF-8.
  INVALID_KEY("invalid_key"),
  /// The request or the item is larger than the stated limit.
  TOO_LARGE("too_large"),
  /// The memory ledger has no room.
  MEMORY("memory"),
  /// A queue is full.
  QUEUE_FULL("queue_full"),
  /// A tenant's own limit is reached.
  TENANT_LIMIT("tenant_limit"),
  /// A limit on how many different values there may be is reached.
  CARDINALITY_LIMIT("cardinality_limit"),
  /// The time lies more than a day ahead.
  TOO_FAR_AHEAD("too_far_ahead"),
  /// The time lies past the retention of its signal.
  PAST_RETENTION("past_retention"),
  /// A metric without data, or with bucket counts that do not match its bounds.
  MALFORMED_METRIC("malformed_metric"),
  /// A temporality that the store does not take.
  TEMPORALITY("temporality"),
  /// The disk is full.
  DISK_FULL("disk_full"),
  /// The storage failed.
  STORAGE("storage"),
  /// The far end refused for good.
  REFUSED_DOWNSTREAM("refused_downstream"),
  /// The far end could not be reached within the time that retries are given.
  UNREACHABLE("unreachable"),
  /// No component of the pipeline can keep the item.
  NO_DESTINATION("no_destination"),
  /// A processor decided to drop it.
  FILTERED("filtered"),
  /// The process is shutting down.
  SHUTDOWN("shutdown"),
  /// A fault in Pharos.
  INTERNAL("internal");

  private final String label;

  Cause(String label) {
    this.label = label;
  }

  /// The value of the label `cause`.
  public String label() {
    return label;
  }
}
