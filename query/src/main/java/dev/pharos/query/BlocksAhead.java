package dev.pharos.query;

import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What is made of each block of a plan, in the plan's order. The first block is read by the thread that asks, since it
/// may be all that is wanted; the others on the pool, a bounded number ahead. One thread; [#close] returns once no task
/// touches a block any more.
///
/// @param <B> the kind of block
/// @param <R> what is made of it
public final class BlocksAhead<B extends Block, R> implements AutoCloseable {
  /// Makes something of one block after the other. One thread at a time.
  @FunctionalInterface
  public interface Work<B, R> {
    /// @param number of the block in its plan
    R of(B block, int number);
  }

  private static final int AHEAD_PER_THREAD = 2;

  private record Task<B extends Block, R>(BlockRef<B> ref, CompletableFuture<Optional<R>> result) {}

  private final QueryContext context;
  private final ScanPool pool;
  private final List<BlockRef<B>> blocks;
  private final Predicate<BlockRef<B>> wanted;
  private final Supplier<Work<B, R>> works;
  private final Queue<Work<B, R>> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Task<B, R>> tasks = new ArrayDeque<>();
  private final List<Task<B, R>> abandoned = new ArrayList<>();
  private int position;
  private boolean begun;
  private volatile boolean closed;

  /// @param wanted whether a block can still matter
  /// @param works makes one for each thread
  public BlocksAhead(
      QueryContext context,
      ScanPool pool,
      List<BlockRef<B>> blocks,
      Predicate<BlockRef<B>> wanted,
      Supplier<Work<B, R>> works) {
    this.context = context;
    this.pool = pool;
    this.blocks = blocks;
    this.wanted = wanted;
    this.works = works;
  }

  /// What was made of the next wanted block that may have rows; empty behind the last.
  public Optional<R> next() {
    while (true) {
      context.check();
      submit();
      Optional<R> result;
      Task<B, R> task = tasks.poll();
      if (task == null) {
        int number = advance();
        if (number < 0) {
          return Optional.empty();
        }
        result = work(blocks.get(number), number);
        begun = true;
      } else if (wanted.test(task.ref())) {
        result = await(task.result());
      } else {
        abandoned.add(task);
        result = Optional.empty();
      }
      if (result.isPresent()) {
        return result;
      }
    }
  }

  /// The number of the next wanted block; -1 behind the last.
  private int advance() {
    while (position < blocks.size()) {
      int number = position++;
      if (wanted.test(blocks.get(number))) {
        return number;
      }
    }
    return -1;
  }

  private void submit() {
    while (begun && pool.threads() > 1 && tasks.size() < pool.threads() * AHEAD_PER_THREAD) {
      int number = advance();
      if (number < 0) {
        return;
      }
      BlockRef<B> ref = blocks.get(number);
      tasks.add(
          new Task<>(ref, CompletableFuture.supplyAsync(() -> work(ref, number), pool.executor())));
    }
  }

  private Optional<R> work(BlockRef<B> ref, int number) {
    if (closed) {
      return Optional.empty();
    }
    Work<B, R> free = idle.poll();
    Work<B, R> work = free == null ? works.get() : free;
    Optional<R> result = ref.open().map(block -> work.of(block, number));
    idle.add(work);
    return result;
  }

  private static <T> T await(CompletableFuture<T> task) {
    try {
      return task.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    abandoned.addAll(tasks);
    for (Task<B, R> task : abandoned) {
      try {
        task.result().join();
      } catch (CompletionException | CancellationException e) {
        // Of a block that nobody wants to know of any more.
      }
    }
  }
}
