package dev.pharos.components.attributes;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Sink;
import dev.pharos.model.edit.BatchEditor;
import dev.pharos.model.edit.ResourceEditor;
import dev.pharos.pipeline.component.Processor;
import java.util.List;
import java.util.function.Function;

/// Applies actions to the attributes of every Resource, once each. Any thread.
final class ResourceAttributes<B extends Batch> implements Processor<B> {
  private final Actions actions;
  private final Function<B, BatchEditor<B>> editors;
  private final Sink<B> next;

  ResourceAttributes(ResourceConfig config, Function<B, BatchEditor<B>> editors, Sink<B> next) {
    this.actions = new Actions(config.actions());
    this.editors = editors;
    this.next = next;
  }

  @Override
  public void accept(Parcel<B> parcel) {
    BatchEditor<B> editor = editors.apply(parcel.batch());
    ResourceEditor resources = editor.resources();
    List<Action> todo = actions.of(parcel.client());
    while (resources.next()) {
      for (Action action : todo) {
        action.apply(editor, resources.attributes());
      }
    }
    next.accept(actions.keyed(editor.finish(parcel)));
  }
}
