package dev.pharos.model.edit;

import dev.pharos.model.Batch;

/// The Resource of the row that an editor stands on, or each Resource of the batch in turn ([BatchEditor#resources()]).
/// An edit is seen by all rows that have this Resource. One thread.
public final class ResourceEditor {
  private final BatchEditor<?> editor;
  private final Attributes attributes;
  private int row = -1;

  ResourceEditor(BatchEditor<?> editor, EditedAttributes edited) {
    this.editor = editor;
    this.attributes = new Attributes(editor, edited);
  }

  ResourceEditor at(int resource) {
    row = resource;
    attributes.at(resource);
    return this;
  }

  /// Goes to the next Resource of the batch; false behind the last.
  public boolean next() {
    Batch batch = editor.batch();
    if (row + 1 >= batch.resources().size()) {
      return false;
    }
    at(row + 1);
    return true;
  }

  /// The row of the batch's Resource table; stable while editing.
  public int row() {
    return row;
  }

  public Attributes attributes() {
    return attributes;
  }

  public String schemaUrl() {
    return editor.symbols().text(editor.batch().resources().schemaUrl(row));
  }

  public int droppedAttributes() {
    return editor.batch().resources().droppedAttributes(row);
  }
}
