package dev.pharos.pipeline.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Retrieves the text behind `scheme:rest` for the schemes `file`, `env` and `yaml`, and the built-in sources.
final class Sources {
  private static final Pattern URI =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String SCHEMES = "env, file, yaml";

  /// A source's text and the name its positions carry; `lines` tells whether positions inside it mean something.
  private record Source(String name, String text, boolean lines, boolean empty) {}

  private final Environment environment;
  private final Path workingDirectory;
  private final Map<String, String> builtIns;

  Sources(Environment environment, Path workingDirectory, Map<String, String> builtIns) {
    this.environment = environment;
    this.workingDirectory = workingDirectory;
    this.builtIns = builtIns;
  }

  /// Reads a whole configuration: `location` is as after `--config`; a location without scheme is a file.
  ///
  /// @throws ConfigException if it cannot be retrieved or is no valid YAML
  ConfigNode configuration(String location, Problems problems) {
    Source source = source(location, new Position(location, 0, 0), problems);
    return YamlReader.read(source.name(), source.text(), problems);
  }

  /// Retrieves what stands between `${` and `}` at `at`; only if `typed` its text is read as YAML.
  ///
  /// @throws ConfigException if it cannot be retrieved
  Retrieved reference(String uri, Position at, boolean typed, Problems problems) {
    String location = uri.contains(":") ? uri : "env:" + uri;
    if (!URI.matcher(location).matches()) {
      String expected = "${" + uri + "} (expected: ${env:NAME}, ${file:path} or ${yaml:text})";
      throw refuse(problems, at, expected + mend(location));
    }
    if (location.indexOf('$') >= 0) {
      throw refuse(problems, at, "${" + uri + "} contains unsupported characters ('$')");
    }
    Source source = source(location, at, problems);
    ConfigNode text = new ConfigNode.ScalarNode(Origin.at(at), new Scalar.Text(source.text()));
    return new Retrieved(typed ? typed(source, at, text) : text, source.text(), source.empty());
  }

  /// The source read as YAML, or `text` if that is no valid YAML or a text itself, which then keeps its quotes.
  private static ConfigNode typed(Source source, Position at, ConfigNode text) {
    Problems own = new Problems();
    try {
      ConfigNode node =
          source.lines()
              ? YamlReader.read(source.name(), source.text(), own)
              : YamlReader.readAt(at, source.text(), own);
      boolean isText =
          node instanceof ConfigNode.ScalarNode scalar && scalar.value() instanceof Scalar.Text;
      return isText || own.hasErrors() ? text : node;
    } catch (ConfigException _) {
      return text;
    }
  }

  private Source source(String location, Position at, Problems problems) {
    String builtIn = builtIns.get(location);
    if (builtIn != null) {
      return new Source(location, builtIn, true, false);
    }
    Matcher uri = URI.matcher(location);
    if (!uri.matches()) {
      return file(location, at, problems);
    }
    String rest = uri.group(2);
    return switch (uri.group(1)) {
      case "file" -> file(rest, at, problems);
      case "env" -> variable(rest, at, problems);
      case "yaml" -> new Source("yaml", rest, false, false);
      case "http", "https" ->
          throw refuse(
              problems,
              at,
              location + " (configurations are not fetched; expected: " + SCHEMES + ")");
      default -> throw unknownScheme(location, uri.group(1), at, problems);
    };
  }

  private ConfigException unknownScheme(
      String location, String scheme, Position at, Problems problems) {
    String known =
        builtIns.isEmpty() ? SCHEMES : SCHEMES + ", " + String.join(", ", builtIns.keySet());
    String message =
        "scheme \"" + scheme + "\" of \"" + location + "\" is unknown (expected: " + known + ")";
    return refuse(problems, at, message + mend(location));
  }

  /// What the shell's `${NAME:-default}` is called here.
  private static String mend(String location) {
    int split = location.indexOf(":-");
    boolean shell = split > 0 && VARIABLE.matcher(location.substring(0, split)).matches();
    return shell ? "; did you mean \"${env:" + location + "}\"?" : "";
  }

  private Source file(String path, Position at, Problems problems) {
    try {
      return new Source(path, Files.readString(workingDirectory.resolve(path)), true, false);
    } catch (NoSuchFileException _) {
      throw refuse(problems, at, "file \"" + path + "\" does not exist");
    } catch (AccessDeniedException _) {
      throw refuse(problems, at, "file \"" + path + "\" may not be read");
    } catch (MalformedInputException _) {
      throw refuse(problems, at, "file \"" + path + "\" is not UTF-8");
    } catch (IOException e) {
      throw refuse(problems, at, "file \"" + path + "\" cannot be read: " + e.getMessage());
    }
  }

  private Source variable(String rest, Position at, Problems problems) {
    int split = rest.indexOf(":-");
    String name = split < 0 ? rest : rest.substring(0, split);
    Optional<String> fallback =
        split < 0 ? Optional.empty() : Optional.of(rest.substring(split + 2));
    if (!VARIABLE.matcher(name).matches()) {
      throw refuse(
          problems,
          at,
          "environment variable \"" + name + "\" (expected: a name like " + VARIABLE + ")");
    }
    Optional<String> set = environment.lookup(name);
    if (set.isEmpty() && fallback.isEmpty()) {
      problems.warn(at, "", "environment variable " + name + " is not set; it counts as empty");
    }
    String value = set.or(() -> fallback).orElse("");
    return new Source("env:" + name, value, false, value.isEmpty());
  }

  private static ConfigException refuse(Problems problems, Position at, String message) {
    problems.error(at, "", message);
    return new ConfigException(problems.errors(), problems.warnings());
  }
}
