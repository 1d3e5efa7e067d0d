package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.Batches;
import dev.pharos.store.read.Block;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Joins small batches of the head, so that tiny requests do not make tiny batches for long. Stateless.
final class ChunkJoin<B extends Batch, K extends Block> {
  /// Batches with fewer rows are joined.
  private static final int SMALL_ROWS = 256;

  /// So many small batches of a tenant are worth the work.
  private static final int MIN_CHUNKS = 8;

  private static final int TARGET_ROWS = 16 << 10;

  /// @param chunks the list with the joined batches in it
  record Joined<B extends Batch, K extends Block>(
      Chunks<HeadChunk<B, K>> chunks, List<HeadChunk<B, K>> added, List<HeadChunk<B, K>> removed) {
    boolean isNothing() {
      return added.isEmpty();
    }
  }

  Joined<B, K> join(Chunks<HeadChunk<B, K>> chunks) {
    Map<Tenant, List<HeadChunk<B, K>>> small = new LinkedHashMap<>();
    chunks.forEach(
        chunk -> {
          if (chunk.rows() < SMALL_ROWS) {
            small.computeIfAbsent(chunk.tenant(), ignored -> new ArrayList<>()).add(chunk);
          }
        });
    // The first of the batches that were joined stands for all, the others for nothing.
    Map<HeadChunk<B, K>, List<HeadChunk<B, K>>> fates = new IdentityHashMap<>();
    var added = new ArrayList<HeadChunk<B, K>>();
    var removed = new ArrayList<HeadChunk<B, K>>();
    small.forEach(
        (tenant, candidates) -> {
          if (candidates.size() < MIN_CHUNKS) {
            return;
          }
          for (List<HeadChunk<B, K>> run : runs(candidates)) {
            var joined =
                new HeadChunk<B, K>(
                    tenant, Batches.concat(run.stream().map(HeadChunk::batch).toList()));
            run.forEach(chunk -> fates.put(chunk, List.of()));
            fates.put(run.get(0), List.of(joined));
            added.add(joined);
            removed.addAll(run);
          }
        });
    Chunks<HeadChunk<B, K>> next = Chunks.empty();
    for (int i = 0; i < chunks.size(); i++) {
      for (HeadChunk<B, K> chunk : fates.getOrDefault(chunks.get(i), List.of(chunks.get(i)))) {
        next = next.with(chunk);
      }
    }
    return new Joined<>(next, added, removed);
  }

  private List<List<HeadChunk<B, K>>> runs(List<HeadChunk<B, K>> candidates) {
    var runs = new ArrayList<List<HeadChunk<B, K>>>();
    var run = new ArrayList<HeadChunk<B, K>>();
    int rows = 0;
    for (HeadChunk<B, K> chunk : candidates) {
      run.add(chunk);
      rows += chunk.rows();
      if (rows >= TARGET_ROWS) {
        runs.add(List.copyOf(run));
        run.clear();
        rows = 0;
      }
    }
    if (run.size() > 1) {
      runs.add(List.copyOf(run));
    }
    return runs;
  }
}
