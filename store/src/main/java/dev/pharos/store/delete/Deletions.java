package dev.pharos.store.delete;

import dev.pharos.model.Signal;

/// Where stored rows are deleted. Any thread.
public interface Deletions {
  /// Deletes all rows stored so far that satisfy the deletion's matchers. When it returns, no new query sees them and
  /// no crash brings them back; merges remove them from the disk soon after. Rows stored later are not concerned.
  ///
  /// @throws IllegalArgumentException if a matcher looks at what rows of the signal do not have
  /// @throws dev.pharos.log.DiskException if nothing, or for sure not all, was deleted
  void delete(Signal signal, Deletion deletion);
}
