package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/// Tells whether records of one stream are the same: of equal time, text and labels. One thread.
final class RecordMatch {
  /// Records of one time that are compared each with each.
  private static final int FEW = 16;

  private record Content(String bytes, Labels labels) {}

  private final Line one = new Line();
  private final Line other = new Line();

  boolean same(LogRows rows, int row, LogRows otherRows, int otherRow) {
    if (rows.timeNanos(row) != otherRows.timeNanos(otherRow)) {
      return false;
    }
    one.reset(rows, row);
    other.reset(otherRows, otherRow);
    return Arrays.equals(one.bytes(), one.from(), one.to(), other.bytes(), other.from(), other.to())
        && one.all().equals(other.all());
  }

  /// Of rows of one stream in the order of their times, those that are the same as one before them are added.
  void repeats(LogRows rows, int[] ordered, BitSet into) {
    for (int from = 0; from < ordered.length; ) {
      int to = runEnd(rows, ordered, from);
      if (to - from > 1) {
        Set<Content> seen = new HashSet<>();
        for (int i = from; i < to; i++) {
          boolean repeated =
              to - from > FEW
                  ? !seen.add(content(rows, ordered[i]))
                  : sameAsOneOf(rows, ordered, from, i, rows, ordered[i]);
          if (repeated) {
            into.set(ordered[i]);
          }
        }
      }
      from = to;
    }
  }

  /// Whether two lists of rows of one stream, each in the order of its times, have a record in common.
  boolean anyShared(LogRows a, int[] ofA, LogRows b, int[] ofB) {
    int i = 0;
    int j = 0;
    while (i < ofA.length && j < ofB.length) {
      long time = a.timeNanos(ofA[i]);
      long otherTime = b.timeNanos(ofB[j]);
      if (time < otherTime) {
        i++;
      } else if (time > otherTime) {
        j++;
      } else {
        int endA = runEnd(a, ofA, i);
        int endB = runEnd(b, ofB, j);
        if (anyShared(a, ofA, i, endA, b, ofB, j, endB)) {
          return true;
        }
        i = endA;
        j = endB;
      }
    }
    return false;
  }

  private boolean anyShared(
      LogRows a, int[] ofA, int i, int endA, LogRows b, int[] ofB, int j, int endB) {
    Set<Content> contents = new HashSet<>();
    boolean many = endA - i > FEW;
    for (int at = i; many && at < endA; at++) {
      contents.add(content(a, ofA[at]));
    }
    for (int at = j; at < endB; at++) {
      boolean shared =
          many ? contents.contains(content(b, ofB[at])) : sameAsOneOf(a, ofA, i, endA, b, ofB[at]);
      if (shared) {
        return true;
      }
    }
    return false;
  }

  private boolean sameAsOneOf(
      LogRows rows, int[] ordered, int from, int to, LogRows otherRows, int otherRow) {
    for (int i = from; i < to; i++) {
      if (same(rows, ordered[i], otherRows, otherRow)) {
        return true;
      }
    }
    return false;
  }

  /// Behind the last of the rows of one time.
  private static int runEnd(LogRows rows, int[] ordered, int from) {
    long time = rows.timeNanos(ordered[from]);
    int to = from + 1;
    while (to < ordered.length && rows.timeNanos(ordered[to]) == time) {
      to++;
    }
    return to;
  }

  private Content content(LogRows rows, int row) {
    one.reset(rows, row);
    String bytes =
        new String(one.bytes(), one.from(), one.to() - one.from(), StandardCharsets.ISO_8859_1);
    return new Content(bytes, one.all());
  }
}
