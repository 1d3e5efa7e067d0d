package dev.pharos.store.segment;

/// The tables of a block that have attributes, with the chunks that describe these.
enum AttributeTable {
  ROWS(Part.KEYS, Part.SHAPES, Part.RARE),
  EVENTS(Part.EVENT_KEYS, Part.EVENT_SHAPES, Part.EVENT_RARE),
  LINKS(Part.LINK_KEYS, Part.LINK_SHAPES, Part.LINK_RARE);

  final int keys;
  final int shapes;
  final int rare;

  AttributeTable(int keys, int shapes, int rare) {
    this.keys = keys;
    this.shapes = shapes;
    this.rare = rare;
  }
}
