package dev.pharos.store.engine;

import dev.pharos.observe.Cause;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The items of one batch that are rejected alone, by row, with the first reason of each cause. One thread.
public final class Rejections {
  private final BitSet rows = new BitSet();
  private final Map<Integer, Cause> causes = new LinkedHashMap<>();
  private final Map<Cause, String> reasons = new LinkedHashMap<>();
  private final List<Rowless> rowless = new ArrayList<>();

  /// An item without a row.
  ///
  /// @param beside a row of the same source, as far as that can be told; -1 if there are no rows
  record Rowless(int beside, Cause cause) {}

  /// Rejects a row; a second call for the same row counts nothing.
  public void reject(int row, Cause cause, String reason) {
    if (!rows.get(row)) {
      rows.set(row);
      causes.put(row, cause);
      reasons.putIfAbsent(cause, reason);
    }
  }

  /// Rejects an item that has no row, such as a metric without data.
  ///
  /// @param beside a row of the same source, as far as that can be told; -1 if there are no rows
  public void rejectRowless(int beside, Cause cause, String reason) {
    rowless.add(new Rowless(beside, cause));
    reasons.putIfAbsent(cause, reason);
  }

  /// How many items without a row are rejected.
  public int rowless() {
    return rowless.size();
  }

  List<Rowless> rowlessItems() {
    return rowless;
  }

  public boolean isEmpty() {
    return causes.isEmpty() && rowless.isEmpty();
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
