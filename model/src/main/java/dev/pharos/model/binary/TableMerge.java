package dev.pharos.model.binary;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import java.util.Arrays;

/// Brings the Resources and scopes of source batches into a target, equal ones once. One thread.
///
/// Equality is that of symbols, so the target's must all have been interned.
final class TableMerge {
  private final ResourceTable resources;
  private final ScopeTable scopes;
  private int[] resourceHashes;
  private int[] scopeHashes;

  TableMerge(ResourceTable resources, ScopeTable scopes) {
    this.resources = resources;
    this.scopes = scopes;
    resourceHashes = new int[Math.max(4, resources.size())];
    scopeHashes = new int[Math.max(4, scopes.size())];
    for (int row = 0; row < resources.size(); row++) {
      resourceHashes[row] = resourceHash(row);
    }
    for (int row = 0; row < scopes.size(); row++) {
      scopeHashes[row] = scopeHash(row);
    }
  }

  /// Copies all Resources and scopes into empty tables, equal ones too, so that each keeps its row.
  void copy(ResourceTable fromResources, ScopeTable fromScopes, Remap remap) {
    remap.attributes(fromResources.attributes(), resources.attributes(), 0, fromResources.size());
    for (int row = 0; row < fromResources.size(); row++) {
      resources.add(
          fromResources.droppedAttributes(row),
          remap.symbol(fromResources.schemaUrl(row)),
          remap.symbol(fromResources.entityRefs(row)));
    }
    remap.attributes(fromScopes.attributes(), scopes.attributes(), 0, fromScopes.size());
    for (int row = 0; row < fromScopes.size(); row++) {
      scopes.add(
          remap.symbol(fromScopes.name(row)),
          remap.symbol(fromScopes.version(row)),
          fromScopes.droppedAttributes(row),
          remap.symbol(fromScopes.schemaUrl(row)));
    }
  }

  int resource(ResourceTable from, int row, Remap remap) {
    AttributeRows attributes = resources.attributes();
    int made = resources.size();
    remap.attributes(from.attributes(), attributes, row, row + 1);
    resources.add(
        from.droppedAttributes(row),
        remap.symbol(from.schemaUrl(row)),
        remap.symbol(from.entityRefs(row)));
    int hash = resourceHash(made);
    for (int i = 0; i < made; i++) {
      if (resourceHashes[i] == hash && sameResource(i, made)) {
        resources.truncate(made);
        return i;
      }
    }
    resourceHashes = with(resourceHashes, made, hash);
    return made;
  }

  int scope(ScopeTable from, int row, Remap remap) {
    int made = scopes.size();
    remap.attributes(from.attributes(), scopes.attributes(), row, row + 1);
    scopes.add(
        remap.symbol(from.name(row)),
        remap.symbol(from.version(row)),
        from.droppedAttributes(row),
        remap.symbol(from.schemaUrl(row)));
    int hash = scopeHash(made);
    for (int i = 0; i < made; i++) {
      if (scopeHashes[i] == hash && sameScope(i, made)) {
        scopes.truncate(made);
        return i;
      }
    }
    scopeHashes = with(scopeHashes, made, hash);
    return made;
  }

  private static int[] with(int[] hashes, int row, int hash) {
    int[] room = row < hashes.length ? hashes : Arrays.copyOf(hashes, row * 2);
    room[row] = hash;
    return room;
  }

  private int resourceHash(int row) {
    int hash = attributesHash(resources.attributes(), row);
    hash = hash * 31 + resources.droppedAttributes(row);
    hash = hash * 31 + resources.schemaUrl(row);
    return hash * 31 + resources.entityRefs(row);
  }

  private boolean sameResource(int a, int b) {
    return resources.droppedAttributes(a) == resources.droppedAttributes(b)
        && resources.schemaUrl(a) == resources.schemaUrl(b)
        && resources.entityRefs(a) == resources.entityRefs(b)
        && sameAttributes(resources.attributes(), a, b);
  }

  private int scopeHash(int row) {
    int hash = attributesHash(scopes.attributes(), row);
    hash = hash * 31 + scopes.name(row);
    hash = hash * 31 + scopes.version(row);
    hash = hash * 31 + scopes.droppedAttributes(row);
    return hash * 31 + scopes.schemaUrl(row);
  }

  private boolean sameScope(int a, int b) {
    return scopes.name(a) == scopes.name(b)
        && scopes.version(a) == scopes.version(b)
        && scopes.droppedAttributes(a) == scopes.droppedAttributes(b)
        && scopes.schemaUrl(a) == scopes.schemaUrl(b)
        && sameAttributes(scopes.attributes(), a, b);
  }

  private static int attributesHash(AttributeRows rows, int parent) {
    int hash = 0;
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      hash = ((hash * 31 + rows.key(i)) * 31 + rows.type(i)) * 31 + Long.hashCode(rows.value(i));
    }
    return hash;
  }

  private static boolean sameAttributes(AttributeRows rows, int a, int b) {
    return Arrays.equals(
            rows.keys(), rows.from(a), rows.to(a), rows.keys(), rows.from(b), rows.to(b))
        && Arrays.equals(
            rows.types(), rows.from(a), rows.to(a), rows.types(), rows.from(b), rows.to(b))
        && Arrays.equals(
            rows.values(), rows.from(a), rows.to(a), rows.values(), rows.from(b), rows.to(b));
  }
}
