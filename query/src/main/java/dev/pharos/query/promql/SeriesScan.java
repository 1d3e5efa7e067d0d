package dev.pharos.query.promql;

import dev.pharos.query.ScanPool;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Series;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Reads selected series and maps each to its points on the grid, on the pool for scans where there are many, and
/// yields them in the order of the selection.
///
/// Tasks are runs of neighbouring series; a bounded number of them is under way or waiting to be pulled, so that memory
/// stays small whatever the selection. A task waits for nothing.
final class SeriesScan implements SeriesOperator {
  /// Below this many series the thread that pulls does the work.
  private static final int INLINE = 32;

  private static final int SMALLEST_TASK = 8;
  private static final int TASKS_AHEAD_PER_THREAD = 3;

  /// Maps series one after the other; owned by one thread.
  interface Mapper {
    /// The series' points, if it has any.
    Optional<StepSeries> map(Series series);
  }

  private final ScanPool pool;
  private final Supplier<List<Series>> selection;
  private final Supplier<Mapper> mappers;
  private final Deque<CompletableFuture<List<StepSeries>>> tasks = new ArrayDeque<>();
  private Optional<List<Series>> selected = Optional.empty();
  private Optional<Mapper> inline = Optional.empty();
  private int position;
  private Iterator<StepSeries> ready = List.<StepSeries>of().iterator();

  SeriesScan(ScanPool pool, Supplier<List<Series>> selection, Supplier<Mapper> mappers) {
    this.pool = pool;
    this.selection = selection;
    this.mappers = mappers;
  }

  @Override
  public Optional<StepSeries> next() {
    if (selected.isEmpty()) {
      selected = Optional.of(selection.get());
    }
    List<Series> series = selected.get();
    if (pool.threads() < 2 || series.size() < INLINE) {
      return nextInline(series);
    }
    while (!ready.hasNext()) {
      submit(series);
      CompletableFuture<List<StepSeries>> task = tasks.poll();
      if (task == null) {
        return Optional.empty();
      }
      ready = await(task).iterator();
    }
    return Optional.of(ready.next());
  }

  private Optional<StepSeries> nextInline(List<Series> series) {
    Mapper mapper = inline.orElseGet(mappers);
    inline = Optional.of(mapper);
    while (position < series.size()) {
      Optional<StepSeries> result = mapper.map(series.get(position++));
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  private void submit(List<Series> series) {
    int size = Math.max(SMALLEST_TASK, Math.min(256, series.size() / (pool.threads() * 8)));
    while (position < series.size() && tasks.size() < pool.threads() * TASKS_AHEAD_PER_THREAD) {
      List<Series> part = series.subList(position, Math.min(series.size(), position + size));
      position += part.size();
      tasks.add(CompletableFuture.supplyAsync(() -> map(part), pool.executor()));
    }
  }

  private List<StepSeries> map(List<Series> part) {
    Mapper mapper = mappers.get();
    List<StepSeries> results = new ArrayList<>(part.size());
    for (Series one : part) {
      mapper.map(one).ifPresent(results::add);
    }
    return results;
  }

  private static List<StepSeries> await(CompletableFuture<List<StepSeries>> task) {
    try {
      return task.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
