package dev.pharos.model;

import java.util.Arrays;

/// Which rows of a request a parcel holds, where other parcels hold the rest of them.
///
/// @param source index of the request among the parcel's sources
/// @param key of the request, never [RequestKey#NONE]
/// @param runs positions of the rows in the request as it was when it was first taken apart, in the order of the
/// parcel's rows of that source: first and past the last of each run, in turn
public record Part(int source, RequestKey key, int[] runs) {
  /// The rows from `from` up to `to` of a request.
  static Part of(int source, RequestKey key, int from, int to) {
    return new Part(source, key, new int[] {from, to});
  }

  public int rows() {
    int rows = 0;
    for (int i = 0; i < runs.length; i += 2) {
      rows += runs[i + 1] - runs[i];
    }
    return rows;
  }

  /// The position of each row.
  public int[] positions() {
    var positions = new int[rows()];
    int at = 0;
    for (int i = 0; i < runs.length; i += 2) {
      for (int position = runs[i]; position < runs[i + 1]; position++) {
        positions[at++] = position;
      }
    }
    return positions;
  }

  /// Of these rows the ones numbered `from` up to `to`.
  Part slice(int from, int to) {
    return only(Arrays.copyOfRange(positions(), from, to), to - from);
  }

  /// This part with other positions.
  Part only(int[] positions, int count) {
    var kept = new int[2 * count];
    int used = 0;
    for (int i = 0; i < count; i++) {
      if (used > 0 && kept[used - 1] == positions[i]) {
        kept[used - 1]++;
      } else {
        kept[used++] = positions[i];
        kept[used++] = positions[i] + 1;
      }
    }
    return new Part(source, key, Arrays.copyOf(kept, used));
  }

  Part withSource(int other) {
    return new Part(other, key, runs);
  }

  /// The same rows under another key.
  Part withKey(RequestKey other) {
    return new Part(source, other, runs);
  }
}
