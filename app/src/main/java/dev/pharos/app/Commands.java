package dev.pharos.app;

import dev.pharos.app.doctor.Doctor;
import dev.pharos.app.doctor.Finding;
import dev.pharos.observe.LogTap;
import dev.pharos.pipeline.config.Environment;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.YamlWriter;
import dev.pharos.pipeline.config.service.ComponentListing;
import dev.pharos.pipeline.config.service.ConfigPrinter;
import dev.pharos.transport.Address;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/// The commands of the program.
///
/// @param directory that relative paths start from
/// @param lines of the process's own log
/// @param ready told where the started program listens, by role
record Commands(
    Environment environment,
    Path directory,
    Clock clock,
    LogTap lines,
    PrintStream out,
    PrintStream err,
    Consumer<Map<String, Address>> ready) {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /// Runs the command of the line and returns the exit code.
  int run(CommandLine line) {
    return switch (line.command()) {
      case "help" -> say(CommandLine.USAGE);
      case "version" -> say("pharos " + Version.TEXT + "\n");
      case "validate" -> validate(line);
      case "components" -> components(line);
      case "print-config" -> printConfig(line);
      case "doctor" -> doctor(line);
      case "demo" ->
          throw new UsageException("the demo is a program of its own: ./pharos demo starts it");
      case "train" -> new Training(clock, directory).run();
      case "run" -> start(line);
      default -> throw new UsageException("unknown command \"" + line.command() + "\"");
    };
  }

  private Instance instance(CommandLine line) {
    return new Instance(clock, directory.resolve(line.last("data").orElse("data")), lines);
  }

  private int say(String text) {
    out.print(text);
    return 0;
  }

  private int validate(CommandLine line) {
    try (var process = instance(line)) {
      Configuration configuration =
          Configuration.load(line, environment, directory, process.factories());
      configuration.warnings().forEach(warning -> err.println("warning: " + warning));
      process.build(configuration).notes().forEach(note -> out.println("note: " + note));
      out.println("the configuration is valid");
      return 0;
    }
  }

  private int components(CommandLine line) {
    try (var process = instance(line)) {
      return say(ComponentListing.yaml(process.factories(), Version.TEXT));
    }
  }

  /// 0 if nothing is wrong.
  private int doctor(CommandLine line) {
    var doctor =
        new Doctor(
            clock,
            environment,
            line.last("host").orElse("localhost"),
            directory.resolve(line.last("data").orElse("data")));
    List<Finding> findings = doctor.examine();
    findings.forEach(out::println);
    return findings.stream().anyMatch(found -> found.level() == Finding.Level.WRONG) ? 1 : 0;
  }

  private int printConfig(CommandLine line) {
    String mode = line.last("mode").orElse("redacted");
    if (!mode.equals("redacted") && !mode.equals("unredacted")) {
      throw new UsageException("--mode " + mode + " (expected: redacted or unredacted)");
    }
    try (var process = instance(line)) {
      Configuration configuration =
          Configuration.load(line, environment, directory, process.factories());
      var printer = new ConfigPrinter(process.factories(), mode.equals("redacted"));
      return say(YamlWriter.write(printer.print(configuration.tree())));
    }
  }

  /// SIGHUP reads the configuration again, where the system has that signal and the JVM leaves it to us.
  private static void onHangUp(Instance process) {
    try {
      Signal.handle(
          new Signal("HUP"), _ -> Thread.ofPlatform().name("reload").start(process::reload));
    } catch (IllegalArgumentException e) {
      LOG.debug("SIGHUP is not to be had", e);
    }
  }

  /// Runs until the process is told to end.
  private int start(CommandLine line) {
    var process = instance(line);
    Configuration configuration =
        Configuration.load(line, environment, directory, process.factories());
    for (Problem warning : configuration.warnings()) {
      LOG.warn("{}", warning);
    }
    if (!configuration.keepsData()) {
      LOG.info(
          "no store is configured: data is forwarded and not kept; --config {} before yours adds the store and its APIs",
          Configuration.BUILT_IN);
    }
    Thread stopper = new Thread(process::close, "stop");
    Runtime.getRuntime().addShutdownHook(stopper);
    onHangUp(process);
    try {
      process.run(
          configuration,
          () -> Configuration.load(line, environment, directory, process.factories()));
      ready.accept(process.roles());
    } catch (RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(stopper);
      process.close();
      throw e;
    }
    process.awaitClosed();
    return 0;
  }
}
