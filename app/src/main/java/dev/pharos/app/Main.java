package dev.pharos.app;

import dev.pharos.observe.LogTap;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.ConfigException;
import dev.pharos.transport.Address;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;

/// The entry point: reads the command line and runs its command. Exit codes: 0 done, 1 failed, 2 wrong command line.
public final class Main {
  private Main() {}

  public static void main(String... words) {
    System.exit(run(listening -> {}, words));
  }

  /// Runs a command line and returns its exit code.
  ///
  /// @param ready told once the command `run` accepts requests: where, by role as in the start log
  public static int run(Consumer<Map<String, Address>> ready, String... words) {
    var lines = new LogTap();
    LogLines.install(Level.INFO, lines);
    return run(words, lines, System.out, System.err, ready);
  }

  static int run(String[] words, LogTap lines, PrintStream out, PrintStream err) {
    return run(words, lines, out, err, listening -> {});
  }

  /// @param lines of the process's own log
  private static int run(
      String[] words,
      LogTap lines,
      PrintStream out,
      PrintStream err,
      Consumer<Map<String, Address>> ready) {
    try {
      CommandLine line = CommandLine.parse(words);
      var commands =
          new Commands(
              name -> Optional.ofNullable(System.getenv(name)),
              Path.of(""),
              Clock.systemUTC(),
              lines,
              out,
              err,
              ready);
      return commands.run(line);
    } catch (UsageException e) {
      err.println("pharos: " + e.getMessage());
      return 2;
    } catch (ConfigException e) {
      e.errors().forEach(problem -> err.println("error: " + problem));
      return 1;
    } catch (ComponentException e) {
      err.println("pharos: " + e.getMessage());
      return 1;
    }
  }
}
