package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import java.util.Arrays;
import java.util.BitSet;

/// The attributes of all parents of one table under edit. Values are overwritten in place; a parent that outgrows its
/// place moves behind all others. [#pack] brings the table back into its dense form. One thread.
final class EditedAttributes {
  /// Room that a parent gets for more attributes when it moves.
  private static final int SLACK = 4;

  private AttributeRows rows;

  /// Whether the arrays below are in use: from the first change of an attribute count on.
  private boolean loose;

  private int[] keys = {};
  private byte[] types = {};
  private long[] values = {};
  private int[] from = {};
  private int[] to = {};
  private int[] room = {};
  private int size;

  EditedAttributes(AttributeRows rows) {
    this.rows = rows;
  }

  /// Goes over to the draft's rows, equal so far; only these are ever written to.
  void draft(AttributeRows draft) {
    rows = draft;
  }

  int count(int parent) {
    return loose ? to[parent] - from[parent] : rows.to(parent) - rows.from(parent);
  }

  private int at(int parent, int index) {
    return (loose ? from[parent] : rows.from(parent)) + index;
  }

  int key(int parent, int index) {
    return loose ? keys[at(parent, index)] : rows.key(at(parent, index));
  }

  byte type(int parent, int index) {
    return loose ? types[at(parent, index)] : rows.type(at(parent, index));
  }

  long value(int parent, int index) {
    return loose ? values[at(parent, index)] : rows.value(at(parent, index));
  }

  /// The index of the first attribute with this key symbol, or -1.
  int find(int parent, int key) {
    int count = count(parent);
    for (int i = 0; i < count; i++) {
      if (key(parent, i) == key) {
        return i;
      }
    }
    return -1;
  }

  void set(int parent, int index, int key, byte type, long value) {
    int i = at(parent, index);
    (loose ? keys : rows.keys())[i] = key;
    (loose ? types : rows.types())[i] = type;
    (loose ? values : rows.values())[i] = value;
  }

  void add(int parent, int key, byte type, long value) {
    loosen();
    int count = to[parent] - from[parent];
    if (count == room[parent]) {
      move(parent, count);
    }
    to[parent]++;
    set(parent, count, key, type, value);
  }

  private void move(int parent, int count) {
    int start = from[parent];
    if (keys.length - size < count + SLACK) {
      int length = Math.max(keys.length * 2, size + count + SLACK);
      keys = Arrays.copyOf(keys, length);
      types = Arrays.copyOf(types, length);
      values = Arrays.copyOf(values, length);
    }
    System.arraycopy(keys, start, keys, size, count);
    System.arraycopy(types, start, types, size, count);
    System.arraycopy(values, start, values, size, count);
    from[parent] = size;
    to[parent] = size + count;
    room[parent] = count + SLACK;
    size += count + SLACK;
  }

  void remove(int parent, int index) {
    loosen();
    int i = at(parent, index);
    int behind = to[parent] - i - 1;
    System.arraycopy(keys, i + 1, keys, i, behind);
    System.arraycopy(types, i + 1, types, i, behind);
    System.arraycopy(values, i + 1, values, i, behind);
    to[parent]--;
  }

  void clear(int parent) {
    loosen();
    to[parent] = from[parent];
  }

  private void loosen() {
    if (loose) {
      return;
    }
    int parents = rows.parents();
    size = rows.size();
    keys = Arrays.copyOf(rows.keys(), size + size / 2 + 16);
    types = Arrays.copyOf(rows.types(), keys.length);
    values = Arrays.copyOf(rows.values(), keys.length);
    to = Arrays.copyOf(rows.ends(), parents);
    from = new int[parents];
    room = new int[parents];
    for (int p = 0; p < parents; p++) {
      from[p] = rows.from(p);
      room[p] = to[p] - from[p];
    }
    loose = true;
  }

  /// Writes the edited attributes back into the draft's rows, without the parents whose bits are set.
  void pack(BitSet droppedParents) {
    if (!loose && droppedParents.isEmpty()) {
      return;
    }
    loosen();
    rows.truncate(0);
    for (int p = 0; p < from.length; p++) {
      if (!droppedParents.get(p)) {
        for (int i = from[p]; i < to[p]; i++) {
          rows.add(keys[i], types[i], values[i]);
        }
        rows.endParent();
      }
    }
    loose = false;
  }
}
