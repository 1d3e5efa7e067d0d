package dev.pharos.components.batch;

import dev.pharos.model.Metadata;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The combinations of metadata values that have come, up to a limit; none is forgotten, as in the Collector. Any
/// thread.
final class Combinations {
  private final int most;
  private final Set<Metadata> known = ConcurrentHashMap.newKeySet();

  /// @param most zero means without limit
  Combinations(int most) {
    this.most = most;
  }

  /// Whether this is one of the first combinations.
  boolean admits(Metadata metadata) {
    if (most == 0 || known.contains(metadata)) {
      return true;
    }
    synchronized (this) {
      return known.contains(metadata) || (known.size() < most && known.add(metadata));
    }
  }
}
