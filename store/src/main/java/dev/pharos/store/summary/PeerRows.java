package dev.pharos.store.summary;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.SpanBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Reads the peers of calls, of a batch or a block at a time. Old and new names of the semantic conventions are both
/// known; of several, the first in the list counts. One thread.
final class PeerRows {
  /// The first names the service, the next three the system, the next three the address, the last two the port.
  private static final List<String> KEYS =
      List.of(
          "peer.service",
          "db.system.name",
          "db.system",
          "messaging.system",
          "server.address",
          "net.peer.name",
          "net.sock.peer.addr",
          "server.port",
          "net.peer.port");

  private static final int SYSTEM = 1;
  private static final int ADDRESS = 4;
  private static final int PORT = 7;
  private static final int ALL = 9;
  private static final byte UNKNOWN = 0;
  private static final byte[][] KEY_BYTES =
      KEYS.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);

  private final Peers peers;

  /// By symbol of a batch, one more than the place of the key.
  private byte[] places = {};

  /// By place and symbol, the number of the text or 0. A batch has one for all places.
  private final int[][] texts = new int[ALL][];

  private final Symbols[] symbols = new Symbols[ALL];
  private final Column[] columns = new Column[ALL];
  private final long[] values = new long[ALL];

  PeerRows(Peers peers) {
    this.peers = peers;
    Arrays.fill(texts, new int[0]);
  }

  /// Rows are of this batch from now on.
  void begin(SpanBatch batch) {
    int count = batch.symbols().count();
    places = places.length < count ? new byte[count * 2] : places;
    Arrays.fill(places, 0, count, UNKNOWN);
    int[] all = texts[0].length < count ? new int[count * 2] : texts[0];
    Arrays.fill(all, 0, count, 0);
    Arrays.fill(texts, all);
    Arrays.fill(symbols, batch.symbols());
  }

  /// Rows are of this block from now on.
  void begin(SpanBlock block) {
    for (int place = 0; place < ALL; place++) {
      columns[place] = block.attribute(AttributeScope.ITEM, KEYS.get(place));
      symbols[place] = columns[place].symbols();
      texts[place] = new int[symbols[place].count()];
    }
  }

  /// The peer of a span of the batch; [Peers#NONE] if it names none.
  int of(SpanBatch batch, int row) {
    AttributeRows attributes = batch.attributes();
    int seen = 0;
    int has = 0;
    for (int i = attributes.from(row); i < attributes.to(row); i++) {
      int place = place(attributes.key(i)) - 1;
      if (place < ALL && (seen & 1 << place) == 0) {
        seen |= 1 << place;
        if (attributes.type(i) == type(place)) {
          has |= 1 << place;
          values[place] = attributes.value(i);
        }
      }
    }
    return peer(has);
  }

  private byte place(int key) {
    byte known = places[key];
    if (known == UNKNOWN) {
      known = 1;
      while (known <= ALL && !symbols[0].same(key, KEY_BYTES[known - 1])) {
        known++;
      }
      places[key] = known;
    }
    return known;
  }

  /// The peer of a row of the block; [Peers#NONE] if it names none.
  int of(int row) {
    int has = 0;
    for (int place = 0; place < ALL; place++) {
      if (columns[place].type(row) == type(place)) {
        has |= 1 << place;
        values[place] = columns[place].value(row);
      }
    }
    return peer(has);
  }

  private static byte type(int place) {
    return place < PORT ? ValueType.STRING : ValueType.INT;
  }

  private int peer(int has) {
    int port = first(has, PORT, ALL);
    return has == 0
        ? Peers.NONE
        : peers.of(
            text(first(has, 0, SYSTEM)),
            text(first(has, SYSTEM, ADDRESS)),
            text(first(has, ADDRESS, PORT)),
            port < ALL ? values[port] : 0);
  }

  /// The first of some places that the row has; [#ALL] if it has none.
  private static int first(int has, int from, int to) {
    int those = has >>> from & (1 << to - from) - 1;
    return those == 0 ? ALL : from + Integer.numberOfTrailingZeros(those);
  }

  private int text(int place) {
    if (place == ALL) {
      return Peers.EMPTY;
    }
    int symbol = (int) values[place];
    int known = texts[place][symbol];
    if (known == 0) {
      known = peers.text(symbols[place], symbol);
      texts[place][symbol] = known;
    }
    return known;
  }
}
