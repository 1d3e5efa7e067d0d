package dev.pharos.store.engine;

import dev.pharos.model.Tenant;
import dev.pharos.store.segment.SegmentMeta;
import java.util.List;

/// Rows of the head that belong to one cut.
public interface Sealed {
  long rows();

  /// One part for each segment to be written.
  List<Part> parts();

  /// The rows of one tenant and UTC day.
  interface Part {
    Tenant tenant();

    /// Counted from 1970-01-01.
    int day();

    /// Writes and commits the segment; may be called again under another name after a failure.
    SegmentMeta write(String name);
  }
}
