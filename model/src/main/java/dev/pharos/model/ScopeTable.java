package dev.pharos.model;

import java.util.Arrays;

/// The instrumentation scopes of a batch, each once; rows refer to them by index. The schema URL is that of the
/// enclosing ScopeSpans, ScopeLogs or ScopeMetrics.
///
/// Building: [#attributes()] get the attributes, then [#add] closes the row. Thread rule as for [Symbols].
public final class ScopeTable {
  private final AttributeRows attributes;
  private int[] names = new int[4];
  private int[] versions = new int[4];
  private int[] dropped = new int[4];
  private int[] schemaUrls = new int[4];
  private int size;

  public ScopeTable() {
    this(new AttributeRows());
  }

  /// A table around attributes that are built or decoded elsewhere.
  public ScopeTable(AttributeRows attributes) {
    this.attributes = attributes;
  }

  /// Closes the row whose attributes were added last; `name`, `version` and `schemaUrl` are symbols.
  ///
  /// @return the row's index
  public int add(int name, int version, int droppedAttributes, int schemaUrl) {
    if (attributes.parents() == size) {
      attributes.endParent();
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      versions = Arrays.copyOf(versions, size * 2);
      dropped = Arrays.copyOf(dropped, size * 2);
      schemaUrls = Arrays.copyOf(schemaUrls, size * 2);
    }
    names[size] = name;
    versions[size] = version;
    dropped[size] = droppedAttributes;
    schemaUrls[size] = schemaUrl;
    return size++;
  }

  /// Takes back the rows from `count` on.
  public void truncate(int count) {
    size = count;
    attributes.truncate(count);
  }

  /// Gives a row another name and version, both symbols; for the builder of the batch only.
  public void rename(int row, int name, int version) {
    names[row] = name;
    versions[row] = version;
  }

  public int size() {
    return size;
  }

  public AttributeRows attributes() {
    return attributes;
  }

  public int name(int row) {
    return names[row];
  }

  public int version(int row) {
    return versions[row];
  }

  public int droppedAttributes(int row) {
    return dropped[row];
  }

  public int schemaUrl(int row) {
    return schemaUrls[row];
  }

  public long sizeBytes() {
    return attributes.sizeBytes() + 16L * names.length;
  }
}
