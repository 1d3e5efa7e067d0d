package dev.pharos.components.attributes;

import dev.pharos.model.Client;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;

/// A change of the attributes of one item or Resource. Immutable; any thread.
@FunctionalInterface
interface Action {
  /// @param editor of the batch that the attributes are in
  void apply(BatchEditor<?> editor, Attributes attributes);

  /// The same for the data of one client.
  default Action of(Client client) {
    return this;
  }

  static Action of(ActionConfig config) {
    return switch (config.kind()) {
      case INSERT -> Setting.of(config, true, false);
      case UPDATE -> Setting.of(config, false, true);
      case UPSERT -> Setting.of(config, true, true);
      case DELETE -> new Deletion(config);
      case HASH -> new Hashing(config);
      case EXTRACT -> new Extraction(config);
      case CONVERT -> new Conversion(config);
    };
  }
}
