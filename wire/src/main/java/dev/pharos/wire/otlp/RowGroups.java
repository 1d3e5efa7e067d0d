package dev.pharos.wire.otlp;

import java.util.Arrays;

/// The rows to be encoded, arranged by Resource and then by scope, each in the order in which it is first seen, rows in
/// their own order. Made to be walked backwards, as the encoder writes: [#lastResource], [#resourceBefore],
/// [#lastGroup], [#groupBefore], [#lastRow], [#rowBefore], each -1 at the end. Reusable; one thread at a time.
final class RowGroups {
  private static final int NONE = -1;

  /// By position in the selection.
  private int[] rowBefore = new int[64];

  /// By group.
  private int[] groupScope = new int[8];

  private int[] groupLastRow = new int[8];
  private int[] groupBefore = new int[8];
  private int groups;

  /// By row of the batch's Resource table.
  private int[] resourceLastGroup = new int[8];

  private int[] resourceBefore = new int[8];
  private int lastResource;

  /// Where the row before went: rows of a group mostly come together.
  private int currentGroup;

  private int currentResource;

  /// Starts over, for a batch with so many Resources and at most so many rows to come.
  void start(int resources, int rows) {
    if (resourceLastGroup.length < resources) {
      resourceLastGroup = new int[resources];
      resourceBefore = new int[resources];
    }
    Arrays.fill(resourceLastGroup, 0, resources, NONE);
    if (rowBefore.length < rows) {
      rowBefore = new int[rows];
    }
    lastResource = NONE;
    groups = 0;
    currentGroup = NONE;
  }

  /// Adds the next position of the selection; positions count up from 0.
  void add(int position, int resource, int scope) {
    if (currentGroup == NONE || groupScope[currentGroup] != scope || resource != currentResource) {
      currentGroup = group(resource, scope);
      currentResource = resource;
    }
    rowBefore[position] = groupLastRow[currentGroup];
    groupLastRow[currentGroup] = position;
  }

  private int group(int resource, int scope) {
    for (int group = resourceLastGroup[resource]; group != NONE; group = groupBefore[group]) {
      if (groupScope[group] == scope) {
        return group;
      }
    }
    if (groups == groupScope.length) {
      groupScope = Arrays.copyOf(groupScope, groups * 2);
      groupLastRow = Arrays.copyOf(groupLastRow, groups * 2);
      groupBefore = Arrays.copyOf(groupBefore, groups * 2);
    }
    if (resourceLastGroup[resource] == NONE) {
      resourceBefore[resource] = lastResource;
      lastResource = resource;
    }
    groupScope[groups] = scope;
    groupLastRow[groups] = NONE;
    groupBefore[groups] = resourceLastGroup[resource];
    resourceLastGroup[resource] = groups;
    return groups++;
  }

  int lastResource() {
    return lastResource;
  }

  int resourceBefore(int resource) {
    return resourceBefore[resource];
  }

  int lastGroup(int resource) {
    return resourceLastGroup[resource];
  }

  int groupBefore(int group) {
    return groupBefore[group];
  }

  int scope(int group) {
    return groupScope[group];
  }

  int lastRow(int group) {
    return groupLastRow[group];
  }

  int rowBefore(int position) {
    return rowBefore[position];
  }
}
