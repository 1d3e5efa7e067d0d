package dev.pharos.store.summary;

/// A log record as the model of the summaries' tests sees it.
record ModelLog(long id, String service, int severity, String body, long nanos) {}
