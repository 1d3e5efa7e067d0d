package dev.pharos.store.summary;

/// Steps of time: number 0 begins with 1970, each takes ten seconds. A coarse summary counts under the first of six.
public final class Steps {
  public static final long NANOS = 10_000_000_000L;

  /// Steps of a coarse summary's one.
  static final int COARSE = 6;

  /// The steps that the two ends of an edge may lie apart: an hour.
  static final long EDGE_REACH = 360;

  /// What a summary must span to be made coarse when segments are merged.
  public static final long COARSE_SPAN_NANOS = 2 * 3_600 * 1_000_000_000L;

  private Steps() {}

  static long of(long nanos) {
    return Math.floorDiv(nanos, NANOS);
  }

  /// The step under which a summary of this grain counts.
  ///
  /// @param grain 1 or [#COARSE]
  static long counted(long step, int grain) {
    return grain == 1 ? step : step - Math.floorMod(step, grain);
  }
}
