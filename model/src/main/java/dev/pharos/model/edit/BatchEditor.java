package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Batch;
import dev.pharos.model.Parcel;
import dev.pharos.model.Symbols;
import dev.pharos.model.binary.Batches;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// A cursor over the items of a batch that reads and edits them. The batch given is never changed: the first edit makes
/// a draft of it, a drop marks a bit, and [#finish] builds the result with a dictionary and tables of its own, so that
/// nothing that was deleted or replaced is left in it.
///
/// Symbols and row numbers stay valid while editing. One thread.
public abstract sealed class BatchEditor<B extends Batch>
    permits SpanEditor, LogEditor, MetricEditor {
  /// The dropped items.
  final BitSet dropped = new BitSet();

  final EditedAttributes attributes;
  private final EditedAttributes resourceAttributes;
  private final EditedAttributes scopeAttributes;
  private final ResourceEditor resource;
  private final ScopeEditor scope;
  private final Attributes rowAttributes;
  private final B original;
  private final int items;

  /// The number of the item; -1 before the first, the number of items behind the last.
  int item = -1;

  private B batch;
  private boolean edited;

  /// Ids by text, so that a key is encoded and hashed once; -1 is known to be absent.
  private final Map<String, Integer> ids = new HashMap<>();

  BatchEditor(B original, AttributeRows attributes) {
    this.original = original;
    this.items = original.items();
    this.batch = original;
    this.attributes = new EditedAttributes(attributes);
    this.resourceAttributes = new EditedAttributes(original.resources().attributes());
    this.scopeAttributes = new EditedAttributes(original.scopes().attributes());
    this.resource = new ResourceEditor(this, resourceAttributes);
    this.scope = new ScopeEditor(this, scopeAttributes);
    this.rowAttributes = new Attributes(this, this.attributes);
  }

  /// Goes to the next item that is not dropped; false behind the last. Begins before the first.
  public boolean next() {
    if (item < items) {
      item = Math.min(dropped.nextClearBit(item + 1), items);
    }
    return item < items;
  }

  /// Goes back before the first item.
  public void rewind() {
    item = -1;
  }

  /// The number of the item: its row in the batch that was given.
  public final int item() {
    return item;
  }

  /// Leaves the item out of the result.
  public final void drop() {
    dropped.set(item);
  }

  /// The row of the Resource and scope tables for the item.
  abstract int resourceRow();

  abstract int scopeRow();

  /// Goes over to a draft of the batch.
  abstract void drafted(B draft);

  /// Brings what is edited outside the draft's arrays back into them.
  abstract void pack();

  /// The result without the dropped items.
  abstract B compact(B edited);

  /// The item's attributes.
  public final Attributes attributes() {
    return rowAttributes.at(item);
  }

  public final ResourceEditor resource() {
    return resource.at(resourceRow());
  }

  public final ScopeEditor scope() {
    return scope.at(scopeRow());
  }

  /// A cursor over the Resources of the batch, each once.
  public final ResourceEditor resources() {
    return new ResourceEditor(this, resourceAttributes);
  }

  /// A cursor over the scopes of the batch, each once.
  public final ScopeEditor scopes() {
    return new ScopeEditor(this, scopeAttributes);
  }

  /// The batch as it stands; not for writing, and attributes under edit are not up to date in it.
  final B batch() {
    return batch;
  }

  /// The draft, made if there is none yet.
  final B edit() {
    if (!edited) {
      edited = true;
      batch = Batches.draft(original);
      attributes.draft(attributesOf(batch));
      resourceAttributes.draft(batch.resources().attributes());
      scopeAttributes.draft(batch.scopes().attributes());
      drafted(batch);
    }
    return batch;
  }

  abstract AttributeRows attributesOf(B batch);

  /// The dictionary of the batch as it stands.
  public final Symbols symbols() {
    return batch.symbols();
  }

  /// The symbol of a text, or -1 if the batch has none.
  public final int find(String text) {
    Integer known = ids.get(text);
    if (known == null) {
      known = symbols().find(text);
      ids.put(text, known);
    }
    return known;
  }

  /// The symbol of a text, added if it is new.
  public final int intern(String text) {
    int symbol = edit().symbols().intern(text);
    // A text looked for in vain before is there now.
    ids.replace(text, symbol);
    return symbol;
  }

  /// As [#intern], for texts that come again and again: it is remembered without encoding it.
  final int internKey(String key) {
    Integer known = ids.get(key);
    if (known == null || known < 0) {
      known = edit().symbols().intern(key);
      ids.put(key, known);
    }
    edit();
    return known;
  }

  /// The symbol of bytes (a nested value, a long text), added without looking for equal ones.
  public final int add(byte[] bytes, int offset, int length) {
    return edit().symbols().add(bytes, offset, length);
  }

  final int addText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return add(utf8, 0, utf8.length);
  }

  /// Items dropped so far.
  public final int droppedItems() {
    return dropped.cardinality();
  }

  public final boolean isChanged() {
    return edited || anyDropped();
  }

  boolean anyDropped() {
    return !dropped.isEmpty();
  }

  /// The edited batch; the batch that was given if nothing changed. The editor is not to be used after this, but for
  /// [#survivors].
  public final B finish() {
    if (!isChanged()) {
      return original;
    }
    if (edited) {
      pack();
      resourceAttributes.pack(new BitSet());
      scopeAttributes.pack(new BitSet());
    }
    return compact(batch);
  }

  /// For each item of the result, its number in the batch that was given.
  public final int[] survivors() {
    var survivors = new int[items - dropped.cardinality()];
    int count = 0;
    for (int item = dropped.nextClearBit(0); item < items; item = dropped.nextClearBit(item + 1)) {
      survivors[count++] = item;
    }
    return survivors;
  }

  /// The parcel with the edited batch in place of the one given, each item still assigned to its source request.
  public final Parcel<B> finish(Parcel<B> parcel) {
    if (!isChanged()) {
      return parcel;
    }
    return anyDropped() ? parcel.with(finish(), survivors()) : parcel.with(finish());
  }
}
