package dev.pharos.store.summary;

import dev.pharos.model.Symbols;
import dev.pharos.store.read.Peer;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.util.Arrays;

/// Numbers for whom calls go to; number 0 stands for those that found no place. One thread while it grows, any
/// afterwards.
///
/// An address with more than [#MAX_PORTS] ports counts as one peer: such ports tell connections apart. Whether it has
/// them depends on all its calls and not on their order, so the ports that were counted before are folded when the
/// summary is built ([#folded]).
final class Peers {
  static final int OTHER = 0;

  /// A call whose span does not say whom it goes to.
  static final int NONE = -1;

  static final int MAX_PORTS = 32;
  static final int MAX_PEERS = 1_000;

  /// The number of the empty text.
  static final int EMPTY = 1;

  private static final int MAX_TEXTS = 4 * MAX_PEERS;

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int LAST_PORT = 65_535;

  /// Ports are kept as one more than they are.
  private static final int NO_PORT = 0;

  private static final int ANY_PORT = 1;
  private static final int PORT_BITS = 17;
  private static final int PORT_MASK = (1 << PORT_BITS) - 1;

  private final Names texts;

  /// A text, with the text of the system and the port.
  private final Groups groups;

  /// By text, the ports of an address; more than [#MAX_PORTS] if they are not told apart.
  private int[] ports = new int[16];

  Peers() {
    this(new Names(), new Groups());
    texts.of("");
    groups.of(Names.OTHER, 0);
  }

  private Peers(Names texts, Groups groups) {
    this.texts = texts;
    this.groups = groups;
  }

  int count() {
    return groups.count();
  }

  /// The number of a text for [#of], [#OTHER] if there are too many.
  int text(Symbols symbols, int id) {
    return texts.count() < MAX_TEXTS ? texts.of(symbols, id) : texts.find(symbols, id);
  }

  /// The peer of a call.
  ///
  /// @param service numbers of texts, as the next two; [#EMPTY] where the span does not say
  /// @param port 0 if the span does not say
  int of(int service, int system, int address, long port) {
    if (service != EMPTY) {
      return number(service, system, NO_PORT);
    }
    if (system != EMPTY) {
      return number(address == EMPTY || isLoopback(address) ? system : address, system, NO_PORT);
    }
    if (address == EMPTY) {
      return NONE;
    }
    boolean plain =
        port <= 0 || port > LAST_PORT || (port == HTTP || port == HTTPS) && !isLoopback(address);
    return number(address, EMPTY, plain ? NO_PORT : (int) port + 1);
  }

  private boolean isLoopback(int text) {
    String address = texts.text(text);
    return address.equals("localhost") || address.startsWith("127.") || address.equals("::1");
  }

  /// The peer that has this number in another summary.
  int of(Peers other, int number) {
    if (number == OTHER) {
      return OTHER;
    }
    long b = other.groups.b(number);
    return number(
        texts.of(other.texts, other.groups.a(number)),
        texts.of(other.texts, (int) (b >>> PORT_BITS)),
        (int) b & PORT_MASK);
  }

  private int number(int text, int system, int port) {
    if (text == Names.OTHER || system == Names.OTHER) {
      return OTHER;
    }
    if (text >= ports.length) {
      ports = Arrays.copyOf(ports, Math.max(text + 1, ports.length * 2));
    }
    if (port == ANY_PORT) {
      ports[text] = MAX_PORTS + 1;
    }
    int told = port != NO_PORT && ports[text] > MAX_PORTS ? ANY_PORT : port;
    int known = groups.find(text, (long) system << PORT_BITS | told);
    if (known >= 0) {
      return known;
    }
    if (groups.count() >= MAX_PEERS) {
      return OTHER;
    }
    if (told > ANY_PORT && ++ports[text] > MAX_PORTS) {
      told = ANY_PORT;
    }
    return groups.of(text, (long) system << PORT_BITS | told);
  }

  /// The peer that another one counts as now.
  int folded(int number) {
    if (number == OTHER || ((int) groups.b(number) & PORT_MASK) <= ANY_PORT) {
      return number;
    }
    long b = groups.b(number);
    return number(groups.a(number), (int) (b >>> PORT_BITS), (int) b & PORT_MASK);
  }

  Peer peer(int number) {
    if (number == OTHER) {
      return Peer.OTHERS;
    }
    long b = groups.b(number);
    String text = texts.text(groups.a(number));
    int port = (int) b & PORT_MASK;
    return new Peer(
        port > ANY_PORT ? text + ":" + (port - 1) : text, texts.text((int) (b >>> PORT_BITS)));
  }

  void encode(ByteSink out) {
    texts.encode(out);
    groups.encode(out);
  }

  static Peers decode(ByteSource in) {
    Names texts = Names.decode(in);
    Groups groups = Groups.decode(in);
    for (int i = 0; i < groups.count(); i++) {
      if (groups.a(i) >= texts.count() || groups.b(i) >>> PORT_BITS >= texts.count()) {
        throw in.bad("peer " + i + " has a text that is not there");
      }
    }
    return new Peers(texts, groups);
  }
}
