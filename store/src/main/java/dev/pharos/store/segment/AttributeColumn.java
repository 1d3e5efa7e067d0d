package dev.pharos.store.segment;

/// An attribute column of a segment.
///
/// @param table whose attributes
/// @param key a symbol of the segment's tables
/// @param type as in [dev.pharos.model.ValueType]
/// @param occurrence 0 for the first attribute of that key and type in a row, 1 for the second, and so on
record AttributeColumn(AttributeTable table, int key, byte type, int occurrence) {}
