package dev.pharos.model;

import java.util.Arrays;

/// The Resources of a batch, each once; rows refer to them by index.
///
/// Building: [#attributes()] get the attributes, then [#add] closes the row. Thread rule as for [Symbols].
public final class ResourceTable {
  private final AttributeRows attributes;
  private int[] dropped = new int[4];
  private int[] schemaUrls = new int[4];
  private int[] entityRefs = new int[4];
  private int size;

  public ResourceTable() {
    this(new AttributeRows());
  }

  /// A table around attributes that are built or decoded elsewhere.
  public ResourceTable(AttributeRows attributes) {
    this.attributes = attributes;
  }

  /// Closes the row whose attributes were added last.
  ///
  /// @param droppedAttributes dropped_attributes_count, unsigned 32 bits
  /// @param schemaUrl a symbol
  /// @param entityRefs a symbol: the concatenated `entity_refs` fields as encoded in the Resource message, tags and
  ///     lengths included; 0 without any
  /// @return the row's index
  public int add(int droppedAttributes, int schemaUrl, int entityRefs) {
    if (attributes.parents() == size) {
      attributes.endParent();
    }
    if (size == dropped.length) {
      dropped = Arrays.copyOf(dropped, size * 2);
      schemaUrls = Arrays.copyOf(schemaUrls, size * 2);
      this.entityRefs = Arrays.copyOf(this.entityRefs, size * 2);
    }
    dropped[size] = droppedAttributes;
    schemaUrls[size] = schemaUrl;
    this.entityRefs[size] = entityRefs;
    return size++;
  }

  /// Takes back the rows from `count` on.
  public void truncate(int count) {
    size = count;
    attributes.truncate(count);
  }

  public int size() {
    return size;
  }

  public AttributeRows attributes() {
    return attributes;
  }

  public int droppedAttributes(int row) {
    return dropped[row];
  }

  public int schemaUrl(int row) {
    return schemaUrls[row];
  }

  public int entityRefs(int row) {
    return entityRefs[row];
  }

  public long sizeBytes() {
    return attributes.sizeBytes() + 12L * dropped.length;
  }
}
