package dev.pharos.store.engine;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.observe.Cause;
import java.util.BitSet;
import java.util.Map;

/// One parcel on its way through a commit. One thread at a time.
final class Member<B extends Batch> {
  private final Parcel<B> parcel;
  private final long reservedBytes;
  private final Rejections rejections = new Rejections();

  /// Of each source whether it is stored already or on its way; empty if none is.
  private boolean[] resent = {};

  /// Rows of sources that are stored already, or on their way, in part.
  private final BitSet resentRows = new BitSet(0);

  private Acknowledgement acknowledgement;

  /// @param reservedBytes of the in-flight account
  Member(Parcel<B> parcel, long reservedBytes) {
    this.parcel = parcel;
    this.reservedBytes = reservedBytes;
    this.acknowledgement = parcel.acknowledgement();
  }

  Parcel<B> parcel() {
    return parcel;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  Rejections rejections() {
    return rejections;
  }

  /// Marks a source whose rows are not to be stored again.
  void resent(int source) {
    if (resent.length == 0) {
      resent = new boolean[Math.max(parcel.keys().size(), parcel.sourceCount())];
    }
    resent[source] = true;
  }

  /// Marks, of the rows of a source, those numbered in `known` as not to be stored again.
  void resent(int source, BitSet known) {
    int number = 0;
    for (int row = 0; row < parcel.batch().items(); row++) {
      if (parcel.source(row) == source && known.get(number++)) {
        resentRows.set(row);
      }
    }
  }

  int rowsOf(int source) {
    int rows = 0;
    for (int row = 0; row < parcel.batch().items(); row++) {
      rows += parcel.source(row) == source ? 1 : 0;
    }
    return rows;
  }

  /// Answers by another part of the parcel's acknowledgement.
  void answerBy(Acknowledgement part) {
    acknowledgement = part;
  }

  Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  boolean isWhole() {
    return rejections.isEmpty() && resent.length == 0 && resentRows.isEmpty();
  }

  boolean isResent(int row) {
    return resent.length > 0 && resent[parcel.source(row)] || resentRows.get(row);
  }

  boolean keeps(int row) {
    return !rejections.contains(row) && !isResent(row);
  }

  /// Tells the sender what was rejected alone, and counts it.
  void reportRejections(EngineCounters counters) {
    if (rejections.isEmpty()) {
      return;
    }
    for (Map.Entry<Integer, Cause> row : rejections.causes().entrySet()) {
      if (!isResent(row.getKey())) {
        Cause cause = row.getValue();
        acknowledgement.rejected(parcel.source(row.getKey()), 1, cause, rejections.reason(cause));
        counters.rejected(cause, 1);
      }
    }
    for (Rejections.Rowless item : rejections.rowlessItems()) {
      int row = item.beside();
      if (row < 0 || !isResent(row)) {
        Cause cause = item.cause();
        acknowledgement.rejected(
            row < 0 ? 0 : parcel.source(row), 1, cause, rejections.reason(cause));
        counters.rejected(cause, 1);
      }
    }
  }

  void done(EngineCounters counters) {
    reportRejections(counters);
    acknowledgement.done();
  }

  void fail(Failure failure) {
    acknowledgement.fail(failure);
  }
}
