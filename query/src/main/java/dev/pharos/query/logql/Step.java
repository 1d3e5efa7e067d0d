package dev.pharos.query.logql;

/// One compiled stage of a pipeline. One thread.
interface Step {
  /// Works on the line; false drops it.
  boolean apply(Line line);
}
