package dev.pharos.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The decoded `name=value` pairs of a query string or form body, in order; a name may occur more than once. Immutable.
///
/// Reads `application/x-www-form-urlencoded`: `+` is a space, a pair without `=` has an empty value, a pair with a
/// broken percent sequence is kept as it stands.
public final class Parameters {
  /// No pairs.
  public static final Parameters EMPTY = new Parameters(List.of());

  private final List<String> pairs;

  private Parameters(List<String> pairs) {
    this.pairs = pairs;
  }

  /// Reads `a=1&b=2`.
  public static Parameters parse(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    List<String> pairs = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int end = text.indexOf('&', at);
      end = end < 0 ? text.length() : end;
      if (end > at) {
        int equals = text.indexOf('=', at);
        boolean bare = equals < 0 || equals >= end;
        pairs.add(decode(text.substring(at, bare ? end : equals)));
        pairs.add(bare ? "" : decode(text.substring(equals + 1, end)));
      }
      at = end + 1;
    }
    return new Parameters(pairs);
  }

  /// These pairs, then those of `other`.
  public Parameters then(Parameters other) {
    if (pairs.isEmpty()) {
      return other;
    }
    List<String> both = new ArrayList<>(pairs);
    both.addAll(other.pairs);
    return new Parameters(both);
  }

  /// The first value of this name.
  public Optional<String> first(String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        return Optional.of(pairs.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /// The first value of this name, or `otherwise` where it is absent.
  public String first(String name, String otherwise) {
    return first(name).orElse(otherwise);
  }

  /// All values of this name, in order.
  public List<String> all(String name) {
    List<String> found = new ArrayList<>(1);
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        found.add(pairs.get(i + 1));
      }
    }
    return found;
  }

  /// Calls `visit` with each name and value, in order.
  public void forEach(BiConsumer<String, String> visit) {
    for (int i = 0; i < pairs.size(); i += 2) {
      visit.accept(pairs.get(i), pairs.get(i + 1));
    }
  }

  public boolean isEmpty() {
    return pairs.isEmpty();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
