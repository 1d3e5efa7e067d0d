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
    long end,
    String version,
    ModelCall called) {
  ModelSpan(
      long trace,
      long id,
      long parent,
      String service,
      String name,
      int kind,
      int status,
      long start,
      long end) {
    this(trace, id, parent, service, name, kind, status, start, end, "", ModelCall.NONE);
  }

  ModelSpan with(String newVersion, ModelCall newCalled) {
    return new ModelSpan(
        trace, id, parent, service, name, kind, status, start, end, newVersion, newCalled);
  }

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
