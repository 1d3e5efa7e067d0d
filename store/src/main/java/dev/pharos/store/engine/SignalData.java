package dev.pharos.store.engine;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.manifest.Tombstone;
import dev.pharos.store.segment.SegmentMeta;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/// A signal's readable rows: its head in memory and its segments, changed by the engine and read by the signal's own
/// readers.
///
/// Threads: [#publish] and [#seal] are never called together (the engine orders them), [#cutDone], [#replaced] and
/// [#tidy] come from one maintenance or merge thread at a time each, and all may overlap with reads. A reader must see
/// each change wholly or not at all: no row twice, none missing.
///
/// @param <B> the batch of the signal
public interface SignalData<B extends Batch> extends AutoCloseable {
  Signal signal();

  /// Which rows the store takes.
  RowRules<B> rules();

  /// Makes a committed batch readable; in the order of the log, also at recovery. The batch is never changed again.
  void publish(Tenant tenant, B batch);

  /// Rows in the head, sealed ones included.
  long rows();

  /// Bytes held by the head, sealed rows included.
  long heapBytes();

  /// Bytes of the head that a cut gives back.
  default long cuttableBytes() {
    return heapBytes();
  }

  /// Takes all rows published so far, and any sealed earlier that no [#cutDone] has taken away, to be written as
  /// segments. They stay readable.
  Sealed seal();

  /// The sealed rows are in these segments now: swaps one for the other in one step.
  void cutDone(Sealed sealed, List<SegmentEntry> written);

  /// Adds segments at start, before anything is read.
  void open(List<SegmentEntry> segments);

  /// Writes one segment of the rows of several of one tenant and day.
  ///
  /// @param keep tested with each row's time
  SegmentMeta merge(List<SegmentEntry> inputs, LongPredicate keep, String name);

  /// Hides rows of these segments from now on, for all queries that begin later, in one step.
  void hide(Tombstone tombstone);

  /// Writes the rows of a segment that no deletion hides as new segments, as many as it takes to hold few rows in
  /// memory at a time.
  ///
  /// @param keep tested with each row's time; rows for which it is false may stay
  /// @param names gives names for the new segments
  /// @return the segments that have rows
  List<SegmentMeta> rewrite(SegmentEntry input, LongPredicate keep, Supplier<String> names);

  /// Swaps segments for others (for none, at retention) in one step.
  ///
  /// @param unused called with the name of each removed segment as soon as no reader uses it, on any thread
  void replaced(List<SegmentEntry> removed, List<SegmentEntry> added, Consumer<String> unused);

  /// Bytes on disk of what belongs to segments and is not in them.
  default long summaryBytes() {
    return 0;
  }

  /// Gives the head's account back: the head is garbage as soon as the last query lets go of it. Nothing is published
  /// afterwards.
  @Override
  void close();

  /// Time for housekeeping in memory, such as joining small batches. Called about once a second and after many commits.
  void tidy();
}
