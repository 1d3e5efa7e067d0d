package dev.pharos.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The items of a parcel in the form in which they came: rows of a batch, a request that nobody has looked into yet, or
/// several of both that travel together.
///
/// Whoever reads rows asks for [#batch], which is made once, when it is asked for first. Whoever only counts items,
/// passes them on or encodes them has no need of it and takes the [#parts]. What a cargo holds never changes, and any
/// thread may read it.
public sealed interface Cargo<B extends Batch> {
  /// Spans, log records or data points.
  int items();

  /// Heap bytes held as it is now, within some percent; making the batch may take more.
  long sizeBytes();

  /// All items as one batch.
  B batch();

  /// What travels together here, in order: at least one, none of them [Joined].
  List<Cargo<B>> parts();

  /// Items that are rows already.
  record Rows<B extends Batch>(B batch) implements Cargo<B> {
    @Override
    public int items() {
      return batch.items();
    }

    @Override
    public long sizeBytes() {
      return batch.sizeBytes();
    }

    @Override
    public List<Cargo<B>> parts() {
      return List.of(this);
    }
  }

  /// One request as its sender encoded it: checked, so that decoding it leaves nothing out and mends nothing, but not
  /// decoded.
  abstract non-sealed class Encoded<B extends Batch> implements Cargo<B> {
    private @Nullable B decoded;

    /// Makes the batch, of just [#items()] items.
    protected abstract B decode();

    @Override
    public final synchronized B batch() {
      B batch = decoded;
      if (batch == null) {
        batch = decode();
        if (batch.items() != items()) {
          throw new IllegalStateException(
              "a request has " + batch.items() + " items (expected: " + items() + ")");
        }
        decoded = batch;
      }
      return batch;
    }

    @Override
    public final List<Cargo<B>> parts() {
      return List.of(this);
    }
  }

  /// Several parts, one after the other.
  final class Joined<B extends Batch> implements Cargo<B> {
    private final List<Cargo<B>> parts;
    private final Function<List<B>, B> concat;
    private final int items;
    private final long sizeBytes;
    private @Nullable B joined;

    /// @param cargos at least one
    /// @param concat makes one batch of the rows of several, in their order
    public Joined(List<Cargo<B>> cargos, Function<List<B>, B> concat) {
      List<Cargo<B>> flat = new ArrayList<>(cargos.size());
      int sum = 0;
      long bytes = 0;
      for (Cargo<B> cargo : cargos) {
        flat.addAll(cargo.parts());
        sum = Math.addExact(sum, cargo.items());
        bytes += cargo.sizeBytes();
      }
      if (flat.isEmpty()) {
        throw new IllegalArgumentException("no cargo (expected: at least one)");
      }
      this.parts = List.copyOf(flat);
      this.concat = concat;
      this.items = sum;
      this.sizeBytes = bytes;
    }

    @Override
    public int items() {
      return items;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public synchronized B batch() {
      B batch = joined;
      if (batch == null) {
        batch = concat.apply(parts.stream().map(Cargo::batch).toList());
        joined = batch;
      }
      return batch;
    }

    @Override
    public List<Cargo<B>> parts() {
      return parts;
    }
  }
}
