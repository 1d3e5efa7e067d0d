package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;

/// A batch of spans, or a block of a segment, that rows of a new segment are taken from. One thread.
///
/// @param texts of the batch
/// @param resourceRows per Resource of the batch, its row in the segment that is written
/// @param scopeRows per scope
record SpanSource(
    SpanBatch spans,
    SourceTexts texts,
    int[] resourceRows,
    int[] scopeRows,
    SourceAttributes attributes,
    SourceAttributes eventAttributes,
    SourceAttributes linkAttributes) {

  static SpanSource of(SpanBatch spans, SegmentTables tables) {
    return new SpanSource(
        spans,
        new SourceTexts(spans.symbols()),
        tables.addResources(spans.resources(), spans.symbols()),
        tables.addScopes(spans.scopes(), spans.symbols()),
        SourceAttributes.of(spans.attributes(), spans.rows()),
        SourceAttributes.of(spans.events().attributes(), spans.events().rows()),
        SourceAttributes.of(spans.links().attributes(), spans.links().rows()));
  }
}
