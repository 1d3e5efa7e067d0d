package dev.pharos.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words after `./pharos`: a command and its options, as `--name value` or `--name=value`.
///
/// @param command the first word without `--`, `run` if there is none
/// @param options values by name, in their order
record CommandLine(String command, Map<String, List<String>> options) {
  static final String USAGE =
      """
      Usage: pharos [command] [options]

      Commands
        run           run Pharos (the default)
        demo          run Pharos with a small shop to watch and a fault to find (see pharos demo --help)
        validate      check the configuration and say what is wrong with it
        components    list the components that a configuration can name
        print-config  print the configuration as it is read, with defaults filled in
        doctor        look at a running Pharos and say what is wrong and what to do
        version       print the version

      Options
        --config SOURCE         a configuration: a file, file:path, env:NAME, yaml:text or pharos:default; may be repeated,
                                later ones are merged over earlier ones. Without it: pharos:default
        --set key::path=value   changes one key of the configuration; may be repeated
        --feature-gates LIST    feature gates to switch on (a) or off (-a), separated by commas
        --data DIRECTORY        where the store keeps its data (default: ./data)
        --listen HOST           the host that the built-in configuration listens on (default: localhost)
        --host HOST             of doctor: where Pharos runs (default: localhost)
        --mode MODE             of print-config: redacted (default) or unredacted
        --help                  this text
      """;

  private static final Set<String> COMMANDS =
      Set.of(
          "run",
          "demo",
          "validate",
          "components",
          "print-config",
          "doctor",
          "version",
          "help",
          "train");
  private static final Set<String> OPTIONS =
      Set.of("config", "set", "feature-gates", "data", "listen", "mode", "host");

  /// @throws UsageException for a command or an option that is not known
  static CommandLine parse(String... words) {
    String command = "run";
    int at = 0;
    if (words.length > 0 && !words[0].startsWith("-")) {
      command = words[0];
      at = 1;
      if (!COMMANDS.contains(command)) {
        throw new UsageException(
            "unknown command \""
                + command
                + "\" (expected: run, demo, validate, components, print-config, doctor or version)");
      }
    }
    Map<String, List<String>> options = new HashMap<>();
    while (at < words.length) {
      String word = words[at++];
      if (word.equals("--help") || word.equals("-h")) {
        return new CommandLine("help", Map.of());
      }
      if (word.equals("--version")) {
        return new CommandLine("version", Map.of());
      }
      if (!word.startsWith("--")) {
        throw new UsageException(
            "unexpected word \"" + word + "\" (expected: options such as --config file.yaml)");
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      if (!OPTIONS.contains(name)) {
        throw new UsageException("unknown option --" + name + " (try --help)");
      }
      if (equals < 0 && at == words.length) {
        throw new UsageException("option --" + name + " lacks its value");
      }
      String value = equals < 0 ? words[at++] : word.substring(equals + 1);
      options.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
    }
    return new CommandLine(command, Map.copyOf(options));
  }

  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  /// The last value of an option.
  Optional<String> last(String option) {
    List<String> values = all(option);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }
}
