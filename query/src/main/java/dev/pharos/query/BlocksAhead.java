package dev.pharos.query;

import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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

/// What is made of each block of a plan, in the plan's order; blocks of which nothing is made are passed over. The
/// first block is read by the thread that asks, since it may be all that is wanted; the others on the pool, a bounded
/// number ahead. While blocks give nothing, a task takes ever longer runs of them, since handing a block that a filter
/// rules out from thread to thread costs more than the filter. One thread; [#close] returns once no task touches a
/// block any more.
///
/// @param <B> the kind of block
/// @param <R> what is made of it
public final class BlocksAhead<B extends Block, R> implements AutoCloseable {
  /// Makes something of one block after the other. One thread at a time.
  @FunctionalInterface
  public interface Work<B, R> {
    /// @param number of the block in its plan
    /// @param tally to which it adds what it looked at
    Optional<R> of(B block, int number, Tally tally);
  }

  /// What was looked at, of blocks that gave nothing too. One thread at a time.
  public static final class Tally {
    private long rows;
    private long bytes;

    public void add(long moreRows, long moreBytes) {
      rows += moreRows;
      bytes += moreBytes;
    }

    public long rows() {
      return rows;
    }

    /// Of text.
    public long bytes() {
      return bytes;
    }
  }

  private static final int AHEAD_PER_THREAD = 2;
  private static final int MAX_RUN = 16;

  /// @param behind how many blocks of the run were looked at
  private record Found<R>(Optional<R> result, int behind, Tally tally) {}

  /// A run of blocks that is looked at up to the first that gives something.
  private record Task<R>(int[] numbers, CompletableFuture<Found<R>> found) {}

  private final QueryContext context;
  private final ScanPool pool;
  private final List<BlockRef<B>> blocks;
  private final Predicate<BlockRef<B>> wanted;
  private final Supplier<Work<B, R>> works;
  private final Queue<Work<B, R>> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Task<R>> tasks = new ArrayDeque<>();
  private final List<Task<R>> abandoned = new ArrayList<>();
  private int position;
  private int run = 1;
  private final Tally total = new Tally();
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

  /// What was made of the next wanted block that gave something; empty behind the last.
  public Optional<R> next() {
    while (true) {
      context.check();
      submit();
      Optional<R> result;
      Task<R> task = tasks.poll();
      if (task == null) {
        int number = advance();
        if (number < 0) {
          return Optional.empty();
        }
        result = work(number, total);
        begun = true;
      } else if (isWanted(task)) {
        Found<R> found = await(task.found());
        total.add(found.tally().rows(), found.tally().bytes());
        if (found.behind() < task.numbers().length) {
          tasks.addFirst(
              task(Arrays.copyOfRange(task.numbers(), found.behind(), task.numbers().length)));
        }
        result = found.result();
      } else {
        abandoned.add(task);
        continue;
      }
      run = result.isPresent() ? 1 : Math.min(MAX_RUN, run * 2);
      if (result.isPresent()) {
        return result;
      }
    }
  }

  /// What was looked at for the results so far.
  public Tally total() {
    return total;
  }

  private boolean isWanted(Task<R> task) {
    for (int number : task.numbers()) {
      if (wanted.test(blocks.get(number))) {
        return true;
      }
    }
    return false;
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
      var numbers = new int[run];
      int count = 0;
      for (int next = 0; count < run && next >= 0; ) {
        next = advance();
        if (next >= 0) {
          numbers[count++] = next;
        }
      }
      if (count == 0) {
        return;
      }
      tasks.add(task(Arrays.copyOf(numbers, count)));
    }
  }

  private Task<R> task(int[] numbers) {
    return new Task<>(numbers, CompletableFuture.supplyAsync(() -> work(numbers), pool.executor()));
  }

  private Found<R> work(int[] numbers) {
    var tally = new Tally();
    for (int i = 0; i < numbers.length; i++) {
      Optional<R> result = work(numbers[i], tally);
      if (result.isPresent()) {
        return new Found<>(result, i + 1, tally);
      }
    }
    return new Found<>(Optional.empty(), numbers.length, tally);
  }

  private Optional<R> work(int number, Tally tally) {
    if (closed) {
      return Optional.empty();
    }
    Work<B, R> free = idle.poll();
    Work<B, R> work = free == null ? works.get() : free;
    Optional<R> result = blocks.get(number).open().flatMap(block -> work.of(block, number, tally));
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
    for (Task<R> task : abandoned) {
      try {
        task.found().join();
      } catch (CompletionException | CancellationException e) {
        // Of a block that nobody wants to know of any more.
      }
    }
  }
}
