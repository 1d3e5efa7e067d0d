package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;

/// Where a schema's check of a decoded record reports what is wrong.
public final class Check {
  private final ConfigNode.MapNode node;
  private final Decoding at;

  Check(ConfigNode.MapNode node, Decoding at) {
    this.node = node;
    this.at = at;
  }

  /// Refuses the value of `key`; the position is the value's, or the section's if the key is absent.
  public void error(String key, String message) {
    at.child(key)
        .error(
            node.get(key).map(ConfigNode::position).orElse(node.position()),
            message + emptyVariables(key));
  }

  /// Refuses the section as a whole.
  public void error(String message) {
    at.error(node.position(), message);
  }

  /// Tells the user something about the value of `key`.
  public void warn(String key, String message) {
    at.child(key).warn(node.get(key).map(ConfigNode::position).orElse(node.position()), message);
  }

  /// Whether the user wrote `key`.
  public boolean has(String key) {
    return node.get(key).isPresent();
  }

  private String emptyVariables(String key) {
    return node.get(key).map(Decoding::emptyVariables).orElse("");
  }
}
