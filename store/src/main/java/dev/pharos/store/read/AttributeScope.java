package dev.pharos.store.read;

/// Whose attributes. In a block of events or links, `ITEM` are the event's or link's own.
public enum AttributeScope {
  RESOURCE,
  SCOPE,
  ITEM
}
