package dev.pharos.components.attributes;

import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Sink;
import dev.pharos.model.edit.BatchEditor;
import dev.pharos.pipeline.component.Processor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Applies actions to the attributes of the items that are meant: spans, log records, data points. Any thread.
final class ItemAttributes<B extends Batch> implements Processor<B> {
  private final Optional<Criteria> include;
  private final Optional<Criteria> exclude;
  private final Actions actions;
  private final Function<B, BatchEditor<B>> editors;
  private final Sink<B> next;

  ItemAttributes(AttributesConfig config, Function<B, BatchEditor<B>> editors, Sink<B> next) {
    this.include = config.include().map(Criteria::new);
    this.exclude = config.exclude().map(Criteria::new);
    this.actions = new Actions(config.actions());
    this.editors = editors;
    this.next = next;
  }

  @Override
  public void accept(Parcel<B> parcel) {
    BatchEditor<B> editor = editors.apply(parcel.batch());
    List<Action> todo = actions.of(parcel.client());
    while (editor.next()) {
      boolean meant =
          (include.isEmpty() || include.get().match(editor))
              && (exclude.isEmpty() || !exclude.get().match(editor));
      if (meant) {
        for (Action action : todo) {
          action.apply(editor, editor.attributes());
        }
      }
    }
    next.accept(actions.keyed(editor.finish(parcel)));
  }
}
