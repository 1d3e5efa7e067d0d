package dev.pharos.demo;

import dev.pharos.demo.service.Control;
import dev.pharos.demo.service.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The lines between the demo and its user: what it says, and commands read as they are typed.
record Console(PrintStream out) {
  void say(String text) {
    text.lines().forEach(line -> out.println("demo: " + line));
    out.flush();
  }

  /// Carries out commands until there are no more; the end of them is not the end of the demo.
  void obey(BufferedReader input, Shop shop) {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        if (!line.isBlank()) {
          obey(line.strip(), shop);
        }
      }
    } catch (IOException e) {
      say("no more commands can be read: " + e.getMessage());
    }
  }

  private void obey(String line, Shop shop) {
    try {
      if (line.equals("faults")) {
        say(list(shop));
      } else if (Control.parse(line) instanceof Control.Turn turn) {
        shop.turn(turn.fault(), turn.on());
        say(turn.line());
      } else {
        say("\"" + line + "\" (expected: faults, or a fault and on or off)");
      }
    } catch (IllegalArgumentException | DemoException e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private static String list(Shop shop) {
    return Arrays.stream(Fault.values())
        .map(
            fault ->
                "%-15s %-4s %s"
                    .formatted(
                        fault.word(),
                        shop.faults().contains(fault) ? "on" : "off",
                        fault.happening()))
        .collect(Collectors.joining("\n"));
  }
}
