package dev.pharos.store.read;

/// The fixed columns of blocks. Times are Unix nanoseconds; texts and bodies are columns with symbols.
public enum Field {
  TRACE_HI,
  TRACE_LO,
  SPAN_ID,
  /// 0 for a root. Spans only.
  PARENT_SPAN_ID,
  /// A span's start, a log record's time (its observed time, or that of its arrival, if it has none), an event's time.
  TIME,
  /// Spans only.
  END,
  /// Of a span or an event.
  NAME,
  KIND,
  STATUS_CODE,
  STATUS_MESSAGE,
  TRACE_STATE,
  FLAGS,
  /// Log records only; 0 without.
  OBSERVED,
  SEVERITY_NUMBER,
  SEVERITY_TEXT,
  /// Any kind of value; see the column's types.
  BODY,
  EVENT_NAME,
  SCOPE_NAME,
  SCOPE_VERSION,
  /// Row of [Block#resources()].
  RESOURCE,
  /// Of events and links: the row of the span in the block above.
  PARENT_ROW
}
