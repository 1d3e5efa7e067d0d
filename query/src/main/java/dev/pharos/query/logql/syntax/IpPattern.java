package dev.pharos.query.logql.syntax;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/// A set of addresses: one, those from one to another, or a network in CIDR form. IPv4 and IPv6.
///
/// @param size of an address in bytes, 4 or 16
public record IpPattern(int size, BigInteger first, BigInteger last) {
  public static Optional<IpPattern> parse(String text) {
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    if (slash >= 0) {
      return address(text.substring(0, slash)).flatMap(a -> network(a, text.substring(slash + 1)));
    }
    Optional<byte[]> from = address(dash >= 0 ? text.substring(0, dash) : text);
    Optional<byte[]> to = dash >= 0 ? address(text.substring(dash + 1)) : from;
    if (from.isEmpty() || to.isEmpty() || from.get().length != to.get().length) {
      return Optional.empty();
    }
    var first = new BigInteger(1, from.get());
    var last = new BigInteger(1, to.get());
    return first.compareTo(last) > 0
        ? Optional.empty()
        : Optional.of(new IpPattern(from.get().length, first, last));
  }

  /// Whether a text is an address of the set.
  public boolean contains(String text) {
    return address(text).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] address) {
    var value = new BigInteger(1, address);
    return address.length == size && value.compareTo(first) >= 0 && value.compareTo(last) <= 0;
  }

  private static Optional<IpPattern> network(byte[] address, String prefix) {
    int bits;
    try {
      bits = Integer.parseInt(prefix);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    int free = address.length * 8 - bits;
    if (bits < 0 || free < 0) {
      return Optional.empty();
    }
    BigInteger span = BigInteger.ONE.shiftLeft(free).subtract(BigInteger.ONE);
    BigInteger base = new BigInteger(1, address).andNot(span);
    return Optional.of(new IpPattern(address.length, base, base.add(span)));
  }

  /// The bytes of a numeric address; never asks a name service.
  private static Optional<byte[]> address(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      dots += c == '.' ? 1 : 0;
      boolean allowed =
          c == '.' || (c >= '0' && c <= '9') || (v6 && (c == ':' || Character.digit(c, 16) >= 0));
      if (!allowed) {
        return Optional.empty();
      }
    }
    if (text.isEmpty() || (!v6 && dots != 3)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
