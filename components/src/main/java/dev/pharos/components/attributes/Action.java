package dev.pharos.components.attributes;

import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import java.util.List;

/// A change of the attributes of one item or Resource. Immutable; any thread.
@FunctionalInterface
interface Action {
  /// @param editor of the batch that the attributes are in
  void apply(BatchEditor<?> editor, Attributes attributes);

  static List<Action> of(List<ActionConfig> configured) {
    return configured.stream().map(Action::of).toList();
  }

  private static Action of(ActionConfig config) {
    return switch (config.kind()) {
      case INSERT -> new Setting(config, true, false);
      case UPDATE -> new Setting(config, false, true);
      case UPSERT -> new Setting(config, true, true);
      case DELETE -> new Deletion(config);
      case HASH -> new Hashing(config);
      case EXTRACT -> new Extraction(config);
      case CONVERT -> new Conversion(config);
    };
  }
}
