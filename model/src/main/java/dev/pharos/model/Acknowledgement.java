package dev.pharos.model;

import dev.pharos.observe.Cause;
import java.util.List;

/// The answer that somebody waits for while a batch travels: whoever takes the batch owes exactly one [#done] or
/// [#fail].
///
/// A batch joined from several requests has one acknowledgement over theirs ([Parcel#join]) and tells by [#rejected]'s
/// `source` which of them an item came from. Any thread.
public interface Acknowledgement {
  /// For data nobody waits for.
  Acknowledgement NOBODY =
      new Acknowledgement() {
        @Override
        public void rejected(int source, long items, Cause cause, String reason) {}

        @Override
        public void done() {}

        @Override
        public void fail(Failure failure) {}
      };

  /// Says that items were refused alone; to be called before `done`.
  ///
  /// @param source index of the source request in the batch; 0 where there is one
  void rejected(int source, long items, Cause cause, String reason);

  /// This part is safe, or meant to be dropped.
  void done();

  /// This part was not taken.
  void fail(Failure failure);

  /// Splits into `parts` acknowledgements; this one is answered when all of them are, with the first failure if any
  /// failed.
  default List<Acknowledgement> split(int parts) {
    return Split.of(this, parts);
  }
}
