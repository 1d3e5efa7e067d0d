package dev.pharos.store.engine;

import dev.pharos.model.RequestKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Some rows of a request that came in parts: what a frame holds of it, so that a resend is told row by row.
///
/// @param rows their positions in the request; not empty
record RequestRows(RequestKey key, RowSet rows) {
  /// The bytes of [#put] over a list.
  static int bytes(List<RequestRows> list) {
    int bytes = 4;
    for (RequestRows one : list) {
      bytes += 20 + 4 * one.rows.toArray().length;
    }
    return bytes;
  }

  static void put(ByteBuffer out, List<RequestRows> list) {
    out.putInt(list.size());
    for (RequestRows one : list) {
      int[] runs = one.rows.toArray();
      out.putLong(one.key.hi()).putLong(one.key.lo()).putInt(runs.length / 2);
      for (int bound : runs) {
        out.putInt(bound);
      }
    }
  }

  static List<RequestRows> get(ByteBuffer in) {
    int count = in.getInt();
    var list = new ArrayList<RequestRows>();
    for (int i = 0; i < count; i++) {
      var key = new RequestKey(in.getLong(), in.getLong());
      var rows = new RowSet();
      for (int run = in.getInt(); run > 0; run--) {
        rows.add(in.getInt(), in.getInt());
      }
      list.add(new RequestRows(key, rows));
    }
    return list;
  }
}
