package dev.pharos.model;

/// Takes batches of one signal: a processor, an exporter, a queue, the store.
///
/// `accept` never throws for what is in the batch: it answers the parcel's acknowledgement once, then or later, on any
/// thread. It may be called by many threads at once, event loops among them, and must not block: back-pressure is a
/// late answer.
@FunctionalInterface
public interface Sink<B extends Batch> {
  void accept(Parcel<B> parcel);

  /// Takes a parcel that need not go on at once. Only a sink that [#joins] makes use of that.
  default void accept(Parcel<B> parcel, Patience patience) {
    accept(parcel);
  }

  /// Whether this sink answers parcels as soon as it holds them, and sends those with patience on together. The answer
  /// changes only when another configuration is taken up.
  default boolean joins() {
    return false;
  }

  /// Whether anything from here on reads the rows of a parcel or its request keys. Where nothing does, requests may
  /// travel as they came, undecoded and without a key. The answer changes only when another
  /// configuration is taken up.
  default boolean looksInside() {
    return true;
  }
}
