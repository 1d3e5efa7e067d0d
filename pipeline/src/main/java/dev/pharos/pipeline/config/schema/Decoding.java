package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problems;
import java.util.List;
import java.util.Optional;

/// Where a decoder stands in the tree, and where it reports what is wrong.
///
/// @param path the keys that lead here, joined by `::`
public record Decoding(String path, Problems problems) {
  /// The place of `key` inside this one.
  public Decoding child(String key) {
    return new Decoding(path.isEmpty() ? key : path + "::" + key, problems);
  }

  public void error(Position position, String message) {
    problems.error(position, path, message);
  }

  public void warn(Position position, String message) {
    problems.warn(position, path, message);
  }

  /// Reports that `node` is not what was expected; returns empty, which is what a decoder then returns.
  public <T> Optional<T> expected(ConfigNode node, String expectation) {
    error(
        node.position(),
        node.display() + " (expected: " + expectation + ")" + emptyVariables(node));
    return Optional.empty();
  }

  /// `; the environment variable X is not set or empty`, if that is why the value is as it is.
  static String emptyVariables(ConfigNode node) {
    List<String> names = node.origin().emptyVariables();
    if (names.isEmpty()) {
      return "";
    }
    boolean one = names.size() == 1;
    return "; environment variable"
        + (one ? " " : "s ")
        + String.join(", ", names)
        + (one ? " is" : " are")
        + " not set or empty";
  }
}
