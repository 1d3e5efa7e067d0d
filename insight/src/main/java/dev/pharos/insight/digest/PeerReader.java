package dev.pharos.insight.digest;

import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeScope;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.SpanBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the peers of a block's calls. Old and new names of the semantic conventions are both known. One thread.
final class PeerReader {
  private static final int NONE = -1;

  private final Column service;
  private final Column[] systems;
  private final Column[] addresses;
  private final Column[] ports;
  private final Map<Key, Integer> known = new HashMap<>();
  private final List<Peer> peers = new ArrayList<>();
  private Key last = new Key(0, 0, 0, 0);
  private int lastPeer = NONE;

  /// What tells peers apart, before its texts are looked at.
  private record Key(long service, long system, long address, long port) {}

  PeerReader(SpanBlock block) {
    service = block.attribute(AttributeScope.ITEM, "peer.service");
    systems = columns(block, "db.system.name", "db.system", "messaging.system");
    addresses = columns(block, "server.address", "net.peer.name", "net.sock.peer.addr");
    ports = columns(block, "server.port", "net.peer.port");
  }

  private static Column[] columns(SpanBlock block, String... keys) {
    var present = new ArrayList<Column>();
    for (String key : keys) {
      Column column = block.attribute(AttributeScope.ITEM, key);
      if (!column.isAbsent()) {
        present.add(column);
      }
    }
    return present.toArray(Column[]::new);
  }

  List<Peer> peers() {
    return peers;
  }

  /// The number of the row's peer; -1 if it names none.
  int of(int row) {
    var key =
        new Key(
            service.isAbsent() ? -1 : text(service, row),
            first(systems, row),
            first(addresses, row),
            port(row));
    if (!key.equals(last)) {
      last = key;
      lastPeer = known.computeIfAbsent(key, ignored -> add(row, key.port));
    }
    return lastPeer;
  }

  private int add(int row, long port) {
    var peer =
        Peer.of(text(new Column[] {service}, row), text(systems, row), text(addresses, row), port);
    if (!peer.isKnown()) {
      return NONE;
    }
    int at = peers.indexOf(peer);
    if (at >= 0) {
      return at;
    }
    peers.add(peer);
    return peers.size() - 1;
  }

  private static long text(Column column, int row) {
    return column.type(row) == ValueType.STRING ? column.value(row) : -1;
  }

  /// The column's number and the symbol of the first that has a text; -1 without.
  private static long first(Column[] columns, int row) {
    for (int i = 0; i < columns.length; i++) {
      long symbol = text(columns[i], row);
      if (symbol >= 0) {
        return (long) i << 32 | symbol;
      }
    }
    return -1;
  }

  private static String text(Column[] columns, int row) {
    for (Column column : columns) {
      if (text(column, row) >= 0) {
        return column.text(row);
      }
    }
    return "";
  }

  private long port(int row) {
    for (Column column : ports) {
      if (column.type(row) == ValueType.INT) {
        return column.value(row);
      }
    }
    return 0;
  }
}
