package dev.pharos.store.segment;

import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Condition;
import dev.pharos.store.segment.filter.BlockedBloom;
import dev.pharos.store.segment.filter.Hashes;
import dev.pharos.store.segment.filter.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Says by the filters of a block, of which it reads one page a probe, whether the block may have rows that satisfy a
/// condition. It errs on the side of yes. Any thread.
final class BlockFilters {
  private final ChunkReader reader;
  private final Pruning pruning;

  BlockFilters(ChunkReader reader, Pruning pruning) {
    this.reader = reader;
    this.pruning = pruning;
  }

  boolean mayMatch(Condition condition, BlockEntry block) {
    return switch (condition) {
      case Condition.OfTrace trace ->
          mayHave(block, Part.TRACE_FILTER, Hashes.mix(trace.traceHi(), trace.traceLo()));
      case Condition.BodyContains contains -> mayContain(contains, block);
      case Condition.AttributeIn in -> mayHaveValue(in, block);
      case Condition.AnyOf any -> anyOf(any, block);
      case Condition.AttributeExists exists -> true;
      case Condition.AttributeBetween between -> true;
      case Condition.FieldIn in -> true;
      case Condition.FieldBetween between -> true;
      case Condition.DurationBetween between -> true;
    };
  }

  private boolean anyOf(Condition.AnyOf any, BlockEntry block) {
    for (Condition condition : any.conditions()) {
      if (pruning.mayMatch(condition, block) && mayMatch(condition, block)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayContain(Condition.BodyContains contains, BlockEntry block) {
    for (byte[] needle : contains.needles()) {
      for (long hash : Tokens.ofNeedle(needle)) {
        if (!mayHave(block, Part.TOKEN_FILTER, hash)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Looks at the filter, or at the texts of a segment that was never merged, if these alone can tell.
  private boolean mayHaveValue(Condition.AttributeIn in, BlockEntry block) {
    if (!in.scopes().contains(AttributeScope.ITEM)) {
      return true;
    }
    Optional<List<Chunk>> chunks = pruning.onlyIn(in, block);
    if (chunks.isEmpty()) {
      return true;
    }
    for (String value : in.values()) {
      boolean filtered = mayHave(block, Part.VALUE_FILTER, valueHash(in.key(), value));
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      for (Chunk chunk : chunks.get()) {
        boolean may =
            switch (chunk.known()) {
              case FILTERED -> filtered;
              case NOTHING ->
                  chunk.length() == 0
                      || reader.read(chunk, source -> TextColumns.mayHave(source, text));
              case TEXTS, RANGE, DOUBLE_RANGE -> true;
            };
        if (may) {
          return true;
        }
      }
    }
    return false;
  }

  private static long valueHash(String key, String value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
    return Hashes.of(Hashes.of(0, keyBytes, 0, keyBytes.length), valueBytes, 0, valueBytes.length);
  }

  private boolean mayHave(BlockEntry block, int part, long hash) {
    Chunk chunk = block.chunk(part);
    if (chunk == null) {
      return true;
    }
    int length = chunk.length() - 4;
    int buckets = BlockedBloom.buckets(length);
    if (buckets < 0) {
      throw new CorruptSegmentException(
          reader.name(), chunk.offset(), "filter of " + length + " bytes");
    }
    int page = BlockedBloom.page(hash, buckets);
    int from = page * BlockedBloom.PAGE_BYTES;
    int pageLength = Math.min(BlockedBloom.PAGE_BYTES, length - from);
    return reader.read(
        chunk.offset() + from,
        pageLength,
        in -> BlockedBloom.mayContain(hash, buckets, in.bytes(), in.at()));
  }
}
