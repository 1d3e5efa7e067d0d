package dev.pharos.store.read;

import dev.pharos.model.Labels;

/// One selected series. [#samples()] decodes on each call, on the calling thread.
public interface Series {
  Labels labels();

  /// The text of an attribute of the Resource behind the series, of the newest one with a sample in the selection's
  /// range where it changed; the empty text if that has none.
  ///
  /// @param key as it was sent
  String resourceAttribute(String key);

  /// The samples within the range of the selection.
  Samples samples();
}
