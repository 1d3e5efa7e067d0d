package dev.pharos.store.blocks;

import java.util.Arrays;
import java.util.function.Consumer;

/// An immutable list that grows at its end without being copied: lists that grew from one another share an array. Only
/// one thread at a time may call [#with], and only on the newest list.
final class Chunks<T> {
  private final Object[] array;
  private final int size;

  private Chunks(Object[] array, int size) {
    this.array = array;
    this.size = size;
  }

  static <T> Chunks<T> empty() {
    return new Chunks<>(new Object[16], 0);
  }

  Chunks<T> with(T next) {
    Object[] room = size < array.length ? array : Arrays.copyOf(array, size * 2);
    room[size] = next;
    return new Chunks<>(room, size + 1);
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only `with` writes
  T get(int i) {
    return (T) array[i];
  }

  void forEach(Consumer<T> action) {
    for (int i = 0; i < size; i++) {
      action.accept(get(i));
    }
  }
}
