package dev.pharos.store.engine;

import dev.pharos.model.Signal;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Counter;
import dev.pharos.observe.Distribution;
import dev.pharos.observe.Registry;

/// What one signal's engine counts. Any thread.
final class EngineCounters {
  private final Registry registry;
  private final String signal;
  final Counter appended;
  final Counter duplicates;
  final Counter commits;
  final Counter logBytes;
  final Counter cuts;
  final Counter cutFailures;
  final Counter merges;
  final Counter mergeFailures;
  final Counter segmentBytes;
  final Counter mergedBytes;
  final Counter expiredRows;
  final Distribution commitSeconds;

  EngineCounters(Registry registry, Signal signal) {
    this.registry = registry;
    this.signal = signal.label();
    appended = counter("pharos_store_appended_items_total", "Items made durable and readable.");
    duplicates =
        counter(
            "pharos_store_duplicate_items_total",
            "Items of requests that were resent and are stored already.");
    commits =
        counter("pharos_store_commits_total", "Groups of requests made durable by one force.");
    logBytes = counter("pharos_store_log_bytes_total", "Bytes of frames written to the log.");
    cuts = counter("pharos_store_cuts_total", "Heads written as segments.");
    cutFailures =
        counter("pharos_store_cut_failures_total", "Cuts that failed and will be tried again.");
    merges = counter("pharos_store_merges_total", "Merges of segments.");
    mergeFailures = counter("pharos_store_merge_failures_total", "Merges that failed.");
    segmentBytes =
        counter("pharos_store_segment_bytes_total", "Bytes of segments written by cuts.");
    mergedBytes =
        counter("pharos_store_merged_bytes_total", "Bytes of segments written by merges.");
    expiredRows =
        counter("pharos_store_expired_rows_total", "Rows of segments dropped by retention.");
    commitSeconds =
        registry.seconds(
            "pharos_store_commit_seconds",
            "Time of append, force and publish of one group.",
            "signal",
            this.signal);
  }

  private Counter counter(String name, String help) {
    return registry.counter(name, help, "signal", signal);
  }

  void rejected(Cause cause, long items) {
    registry
        .counter(
            "pharos_store_rejected_items_total",
            "Items rejected alone.",
            "signal",
            signal,
            "cause",
            cause.label())
        .add(items);
  }

  void refused(Cause cause, long items) {
    registry
        .counter(
            "pharos_store_refused_items_total",
            "Items of requests refused as a whole.",
            "signal",
            signal,
            "cause",
            cause.label())
        .add(items);
  }
}
