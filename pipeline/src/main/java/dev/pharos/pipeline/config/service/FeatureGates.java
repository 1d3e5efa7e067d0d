package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The gates that `--feature-gates` switched on. The flag is the Collector's; a gate that means nothing here is
/// accepted with a warning, so that a command line carries over.
///
/// @param enabled the gates that have an effect here and are on
public record FeatureGates(Set<String> enabled, List<Problem> warnings) {
  private static final Set<String> KNOWN =
      Set.of(ConfigLoader.APPEND_GATE, ServiceConfigDecoder.NO_PIPELINES_GATE);

  public FeatureGates {
    enabled = Set.copyOf(enabled);
    warnings = List.copyOf(warnings);
  }

  /// Reads the values of the flag, each a list such as `a,-b,+c`.
  public static FeatureGates parse(List<String> flags) {
    Set<String> enabled = new LinkedHashSet<>();
    Problems problems = new Problems();
    for (String flag : flags) {
      for (String part : flag.split(",", -1)) {
        String gate = part.strip();
        boolean off = gate.startsWith("-");
        String name = off || gate.startsWith("+") ? gate.substring(1) : gate;
        if (name.isEmpty()) {
          continue;
        }
        if (!KNOWN.contains(name)) {
          String message =
              "feature gate \"" + name + "\" has no effect here (gates with one: " + sorted() + ")";
          problems.warn(new Position("--feature-gates", 0, 0), "", message);
        } else if (off) {
          enabled.remove(name);
        } else {
          enabled.add(name);
        }
      }
    }
    return new FeatureGates(enabled, problems.warnings());
  }

  private static List<String> sorted() {
    return KNOWN.stream().sorted().toList();
  }
}
