package dev.pharos.store.summary;

/// A span as the model of the summaries' tests sees it.
record ModelSpan(
    long trace,
    long id,
    long parent,
    String service,
    String name,
    int kind,
    int status,
    long start,
    long end) {
  long durationNanos() {
    return end - start;
  }

  boolean isRequest() {
    return kind == 2 || kind == 5;
  }

  boolean isCall() {
    return kind == 3 || kind == 4;
  }
}
