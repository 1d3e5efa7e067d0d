package dev.pharos.components.attributes;

import dev.pharos.model.Batch;
import dev.pharos.model.Client;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import java.util.ArrayList;
import java.util.List;

/// The actions of a processor in their order. Immutable; any thread.
final class Actions {
  private final List<Action> actions;

  /// What the actions take from who sent a request.
  private final List<ContextValue> contextValues;

  Actions(List<ActionConfig> configured) {
    actions = configured.stream().map(Action::of).toList();
    contextValues =
        configured.stream()
            .map(ActionConfig::fromContext)
            .filter(name -> !name.isEmpty())
            .map(ContextValue::new)
            .toList();
  }

  /// What is to be done with data of this client.
  List<Action> of(Client client) {
    return contextValues.isEmpty()
        ? actions
        : actions.stream().map(action -> action.of(client)).toList();
  }

  /// The parcel under keys that depend on what its client adds to it: another one's may have the same body, and is no
  /// resend then.
  <B extends Batch> Parcel<B> keyed(Parcel<B> parcel) {
    var added = new ArrayList<String>(contextValues.size());
    for (ContextValue value : contextValues) {
      value.of(parcel.client()).ifPresent(added::add);
    }
    return added.isEmpty() ? parcel : parcel.rekeyed(RequestKey.seed(String.join("\0", added)));
  }
}
