package dev.pharos.model.binary;

import dev.pharos.model.Batch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Appends rows of batches to one target batch: symbols are interned in its dictionary (texts of log bodies appended
/// without looking), equal Resources and scopes are joined, the order of rows is kept. One thread.
///
/// @param <B> the batch of one signal
public abstract sealed class BatchAppender<B extends Batch>
    permits SpanAppender, LogAppender, MetricAppender {
  private final TableMerge tables;
  private final B target;
  private @Nullable B current;
  private Remap remap;
  private int[] resourceOf = {};
  private int[] scopeOf = {};

  BatchAppender(B target) {
    this.target = target;
    tables = new TableMerge(target.resources(), target.scopes());
    remap = new Remap(target.symbols(), target.symbols());
  }

  /// Appends the items `from` (inclusive) to `to` (exclusive) of the source: spans, log records or data points. Only
  /// the Resources and scopes that these use come along.
  public final void append(B source, int from, int to) {
    if (from < 0 || to > source.items() || from > to) {
      throw new IndexOutOfBoundsException("items " + from + " to " + to + " of " + source.items());
    }
    if (source == target) {
      throw new IllegalArgumentException("a batch cannot be appended to itself");
    }
    copy(source, from, to, prepare(source));
  }

  /// Makes ready to copy from a source, and gives its symbols in the target.
  final Remap prepare(B source) {
    if (source != current) {
      current = source;
      remap = new Remap(source.symbols(), target.symbols());
      resourceOf = unknown(source.resources().size());
      scopeOf = unknown(source.scopes().size());
      begin();
    }
    return remap;
  }

  /// Copies all of the source into the target, which is empty but for a copy of the source's dictionary: rows, symbols,
  /// Resources and scopes keep their numbers.
  final void copyAll(B source) {
    var same = Remap.identity(source.symbols(), target.symbols());
    tables.copy(source.resources(), source.scopes(), same);
    resourceOf = unknown(source.resources().size());
    Arrays.setAll(resourceOf, row -> row);
    scopeOf = unknown(source.scopes().size());
    Arrays.setAll(scopeOf, row -> row);
    begin();
    copy(source, 0, source.items(), same);
  }

  public final B target() {
    return target;
  }

  /// A new source begins.
  void begin() {}

  abstract void copy(B source, int from, int to, Remap symbols);

  final void resources(
      ResourceTable source, int[] from, int[] into, int fromRow, int intoRow, int count) {
    for (int i = 0; i < count; i++) {
      int row = from[fromRow + i];
      int known = resourceOf[row];
      into[intoRow + i] =
          known >= 0 ? known : (resourceOf[row] = tables.resource(source, row, remap));
    }
  }

  final void scopes(
      ScopeTable source, int[] from, int[] into, int fromRow, int intoRow, int count) {
    for (int i = 0; i < count; i++) {
      int row = from[fromRow + i];
      int known = scopeOf[row];
      into[intoRow + i] = known >= 0 ? known : (scopeOf[row] = tables.scope(source, row, remap));
    }
  }

  private static int[] unknown(int size) {
    var rows = new int[size];
    Arrays.fill(rows, -1);
    return rows;
  }

  /// Copies where children end, and gives where those of row `from` begin.
  static int childrenFrom(int[] ends, int from) {
    return from == 0 ? 0 : ends[from - 1];
  }

  static void ends(
      int[] from, int[] into, int fromRow, int intoRow, int count, int childrenBefore) {
    int shift = childrenBefore - childrenFrom(from, fromRow);
    for (int i = 0; i < count; i++) {
      into[intoRow + i] = from[fromRow + i] + shift;
    }
  }
}
