package dev.pharos.model.edit;

import dev.pharos.model.Batch;

/// The scope of the row that an editor stands on, or each scope of the batch in turn ([BatchEditor#scopes()]). An edit
/// is seen by all rows that have this scope. One thread.
public final class ScopeEditor {
  private final BatchEditor<?> editor;
  private final Attributes attributes;
  private int row = -1;

  ScopeEditor(BatchEditor<?> editor, EditedAttributes edited) {
    this.editor = editor;
    this.attributes = new Attributes(editor, edited);
  }

  ScopeEditor at(int scope) {
    row = scope;
    attributes.at(scope);
    return this;
  }

  /// Goes to the next scope of the batch; false behind the last.
  public boolean next() {
    Batch batch = editor.batch();
    if (row + 1 >= batch.scopes().size()) {
      return false;
    }
    at(row + 1);
    return true;
  }

  /// The row of the batch's scope table; stable while editing.
  public int row() {
    return row;
  }

  public String name() {
    return editor.symbols().text(editor.batch().scopes().name(row));
  }

  public String version() {
    return editor.symbols().text(editor.batch().scopes().version(row));
  }

  public String schemaUrl() {
    return editor.symbols().text(editor.batch().scopes().schemaUrl(row));
  }

  public int droppedAttributes() {
    return editor.batch().scopes().droppedAttributes(row);
  }

  public Attributes attributes() {
    return attributes;
  }

  public void name(String name) {
    int symbol = editor.intern(name);
    editor.batch().scopes().rename(row, symbol, editor.batch().scopes().version(row));
  }

  public void version(String version) {
    int symbol = editor.intern(version);
    editor.batch().scopes().rename(row, editor.batch().scopes().name(row), symbol);
  }
}
