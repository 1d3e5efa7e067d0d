package dev.pharos.bench.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// `--key value` pairs of a command line. A key that was given and never asked for is an error.
final class Arguments {
  private final Map<String, String> given = new LinkedHashMap<>();

  /// @throws IllegalArgumentException if the arguments are no pairs
  Arguments(String[] args) {
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "argument: \"" + args[i] + "\" (expected: --key value pairs)");
      }
      given.put(args[i].substring(2), args[i + 1]);
    }
  }

  String text(String key, String otherwise) {
    String value = given.remove(key);
    return value == null ? otherwise : value;
  }

  /// One of the values; the first if none is given.
  String choice(String key, String... values) {
    String value = text(key, values[0]);
    if (!Arrays.asList(values).contains(value)) {
      throw new IllegalArgumentException(
          "--" + key + ": \"" + value + "\" (expected: " + String.join(", ", values) + ")");
    }
    return value;
  }

  double number(String key, double otherwise, double least, double most) {
    String text = text(key, Double.toString(otherwise));
    double value;
    try {
      value = Double.parseDouble(text.replace("_", ""));
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "--"
              + key
              + ": \""
              + text
              + "\" (expected: a number from "
              + least
              + " to "
              + most
              + ")");
    }
    return value;
  }

  void requireAllKnown() {
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown: --" + String.join(", --", given.keySet()));
    }
  }
}
