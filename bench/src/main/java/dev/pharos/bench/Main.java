package dev.pharos.bench;

import dev.pharos.bench.load.LoadRun;
import java.io.IOException;
import java.util.Arrays;

/// The command line of the measuring tools: `load` loads a running server, `jmh` runs the benchmarks of this module.
public final class Main {
  private static final String USAGE =
      """
      usage: pharos-bench load [--key value ...]   loads a server on this machine; `load --help x` lists the keys
             pharos-bench jmh [PATTERN ...]   JMH benchmarks; arguments are JMH's own (-h lists them)
      """;

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String command = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (command) {
      case "load" -> System.exit(LoadRun.main(rest));
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
  }
}
