package dev.pharos.store.read;

import dev.pharos.model.Labels;

/// One selected series. [#samples()] decodes on each call, on the calling thread.
public interface Series {
  Labels labels();

  /// The samples within the range of the selection.
  Samples samples();
}
