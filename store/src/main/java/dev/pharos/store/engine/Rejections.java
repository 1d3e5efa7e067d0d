package dev.pharos.store.engine;

import dev.pharos.observe.Cause;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// The items of one batch that are rejected alone, by row, with the first reason of each cause. One thread.
public final class Rejections {
  private final BitSet rows = new BitSet();
  private final Map<Integer, Cause> causes = new LinkedHashMap<>();
  private final Map<Cause, String> reasons = new LinkedHashMap<>();
  private long rowless;
  private Cause rowlessCause = Cause.INTERNAL;

  /// Rejects a row; a second call for the same row counts nothing.
  public void reject(int row, Cause cause, String reason) {
    if (!rows.get(row)) {
      rows.set(row);
      causes.put(row, cause);
      reasons.putIfAbsent(cause, reason);
    }
  }

  /// Rejects an item that has no row, such as a metric without data.
  public void rejectRowless(Cause cause, String reason) {
    rowless++;
    rowlessCause = cause;
    reasons.putIfAbsent(cause, reason);
  }

  public long rowless() {
    return rowless;
  }

  /// The cause of the last item without a row.
  public Cause rowlessCause() {
    return rowlessCause;
  }

  public boolean isEmpty() {
    return causes.isEmpty() && rowless == 0;
  }

  public boolean contains(int row) {
    return rows.get(row);
  }

  /// Row to cause, in the order of rejection.
  public Map<Integer, Cause> causes() {
    return causes;
  }

  public String reason(Cause cause) {
    return reasons.getOrDefault(cause, "");
  }
}
