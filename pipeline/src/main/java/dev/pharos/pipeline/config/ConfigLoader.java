package dev.pharos.pipeline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the sources named by `--config` and `--set` into one tree: parsed, merged in order, references replaced.
///
/// A source is a path, `file:path`, `env:NAME`, `yaml:text` or the name of a built-in text. Files are read relative to
/// the working directory. Holds no state between calls.
public final class ConfigLoader {
  /// The gate under which lists of components below `service` are joined instead of replaced.
  public static final String APPEND_GATE = "confmap.enableMergeAppendOption";

  private static final int MAX_SOURCES = 100;

  /// A configuration as loaded.
  ///
  /// @param warnings what the user should be told
  public record Loaded(ConfigNode.MapNode root, List<Problem> warnings) {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  private final Sources sources;
  private final Merge merge;

  /// @param builtIns the texts of sources that are part of the program, by the name they have after `--config`
  /// @param featureGates the gates that are switched on
  public ConfigLoader(
      Environment environment,
      Path workingDirectory,
      Map<String, String> builtIns,
      Set<String> featureGates) {
    this.sources = new Sources(environment, workingDirectory, Map.copyOf(builtIns));
    this.merge = new Merge(featureGates.contains(APPEND_GATE));
  }

  /// Loads `configs`, later ones laid over earlier ones, then `sets` (`a.b=value` or `a::b=value`).
  ///
  /// @throws ConfigException with every error found
  public Loaded load(List<String> configs, List<String> sets) {
    Problems problems = new Problems();
    if (configs.isEmpty()) {
      problems.error(
          new Position("--config", 0, 0), "", "at least one configuration source must be given");
    }
    if (configs.size() + sets.size() > MAX_SOURCES) {
      String given =
          (configs.size() + sets.size()) + " sources (expected: at most " + MAX_SOURCES + ")";
      problems.error(new Position("--config", 0, 0), "", given);
      problems.throwIfErrors();
    }
    List<ConfigNode.MapNode> maps = new ArrayList<>();
    for (String config : configs) {
      read(config, problems, maps);
    }
    for (String set : sets) {
      readSet(set, problems, maps);
    }
    problems.throwIfErrors();
    ConfigNode.MapNode merged = merge.nest(maps.getFirst());
    for (ConfigNode.MapNode map : maps.subList(1, maps.size())) {
      merged = merge.merge(merged, merge.nest(map));
    }
    ConfigNode.MapNode expanded = new Expansion(sources, problems).expand(merged);
    problems.throwIfErrors();
    return new Loaded(expanded, problems.warnings());
  }

  private void read(String config, Problems problems, List<ConfigNode.MapNode> maps) {
    Problems own = new Problems();
    try {
      ConfigNode node = sources.configuration(config, own);
      switch (node) {
        case ConfigNode.MapNode map -> maps.add(map);
        // A source that holds nothing is laid over as an empty map; that nothing at all is
        // configured is told later.
        case ConfigNode.NullNode _ -> maps.add(ConfigNode.MapNode.empty(node.position()));
        case ConfigNode.ListNode _, ConfigNode.ScalarNode _ ->
            own.error(
                node.position(),
                "",
                node.display() + " (expected: a map with receivers, service …)");
      }
    } catch (ConfigException _) {
      // Its errors are in own.
    }
    own.errors().forEach(p -> problems.error(p.position(), p.path(), p.message()));
    own.warnings().forEach(p -> problems.warn(p.position(), p.path(), p.message()));
  }

  private void readSet(String set, Problems problems, List<ConfigNode.MapNode> maps) {
    Position at = new Position("--set " + set, 0, 0);
    int equals = set.indexOf('=');
    String key = equals < 0 ? "" : set.substring(0, equals).strip().replace(".", "::");
    if (key.isEmpty()) {
      problems.error(at, "", "(expected: key.of.the.setting=value)");
      return;
    }
    try {
      ConfigNode value = YamlReader.readAt(at, set.substring(equals + 1).strip(), problems);
      maps.add(ConfigNode.MapNode.empty(at).with(key, new ConfigNode.Entry(at, value)));
    } catch (ConfigException _) {
      // Its errors are in problems.
    }
  }
}
