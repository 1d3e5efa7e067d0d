package dev.pharos.demo.service;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What the demo tells a service, a line on its standard input.
public sealed interface Control {
  /// Which addresses to call from now on.
  record Peers(List<URI> addresses) implements Control {}

  /// A fault switched on or off.
  record Turn(Fault fault, boolean on) implements Control {}

  default String line() {
    return switch (this) {
      case Peers peers ->
          peers.addresses().stream()
              .map(URI::toString)
              .collect(Collectors.joining(" ", "peers ", ""));
      case Turn turn -> turn.fault().word() + (turn.on() ? " on" : " off");
    };
  }

  /// @throws IllegalArgumentException if the line is none of [#line]
  static Control parse(String line) {
    String[] words = line.strip().split(" +");
    if (words.length > 1 && words[0].equals("peers")) {
      return new Peers(Arrays.stream(words).skip(1).map(URI::create).toList());
    }
    if (words.length == 2 && (words[1].equals("on") || words[1].equals("off"))) {
      return new Turn(
          Fault.of(words[0])
              .orElseThrow(() -> new IllegalArgumentException("no fault \"" + words[0] + "\"")),
          words[1].equals("on"));
    }
    throw new IllegalArgumentException(
        "\"" + line + "\" (expected: a fault and on or off, or peers and their addresses)");
  }
}
