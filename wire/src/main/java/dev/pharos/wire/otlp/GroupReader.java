package dev.pharos.wire.otlp;

import dev.pharos.model.Batch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The part of decoding that the three signals share: a request is groups by Resource of groups by scope of items, with
/// the same field numbers everywhere. Resource, scope and schema URL may stand before or behind the items, so they are
/// resolved when their group ends and then filled in for its rows.
abstract class GroupReader<B extends Batch> {
  private static final int GROUPS = 1 << 3 | 2;
  private static final int SUBJECT = 1 << 3 | 2;
  private static final int MEMBERS = 2 << 3 | 2;
  private static final int SCHEMA_URL = 3 << 3 | 2;

  /// A batch may take this many bytes, and [#MOST_PER_BYTE] for each byte of its request.
  private static final long ALLOWANCE = 32 << 20;

  /// Usual requests need 1 to 3. Messages without any field take 2 bytes and make a row of 80, so without a limit a
  /// small request could fill the memory.
  private static final long MOST_PER_BYTE = 12;

  /// How often the size is looked at, in rows.
  private static final int CHECK_EVERY = 1024;

  final B batch;
  final Findings findings = new Findings();
  final TextReader texts;
  final AttributeReader attributes;
  final ProtoReader in;
  private final RangeTable knownResources;
  private final RangeTable knownScopes;
  private final long mostBytes;
  private int added;

  GroupReader(B batch, byte[] bytes, int from, int to) {
    this.batch = batch;
    this.texts = new TextReader(batch.symbols(), findings);
    this.attributes = new AttributeReader(texts);
    this.in = new ProtoReader().reset(bytes, from, to);
    this.knownResources = new RangeTable(bytes);
    this.knownScopes = new RangeTable(bytes);
    this.mostBytes = mostBytes(to - from);
  }

  /// What the batch of a request of so many bytes may take.
  static long mostBytes(int requestBytes) {
    return ALLOWANCE + MOST_PER_BYTE * requestBytes;
  }

  /// How much room to make at first for things of which a request has one in so many bytes.
  static int guess(int from, int to, int bytesEach) {
    return Math.clamp((to - from) / bytesEach, 4, 1 << 20);
  }

  /// Reads the item (Span, LogRecord, Metric) that the reader is limited to and adds it to the batch unless it is
  /// refused.
  abstract void item();

  /// Takes back the rows from `row` on and returns how many items they were.
  final long takeBack(int row) {
    long before = batch.items();
    batch.truncate(row);
    return before - batch.items();
  }

  final Decoded<B> decode() {
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag == GROUPS) {
        int outer = in.enter();
        resourceGroup();
        in.leave(outer);
      } else {
        in.skip(tag);
      }
    }
    return findings.with(batch);
  }

  /// To be called for each row that the request makes, children too.
  final void rowAdded() {
    if (++added % CHECK_EVERY == 0 && batch.sizeBytes() > mostBytes) {
      throw DecodeException.at(
          in.position(),
          "the request takes more than "
              + mostBytes
              + " bytes decoded (expected: fewer messages without content)");
    }
  }

  private void resourceGroup() {
    var subject = new Subject();
    int first = batch.rows();
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag == MEMBERS) {
        int outer = in.enter();
        scopeGroup();
        in.leave(outer);
      } else if (tag == SUBJECT || tag == SCHEMA_URL) {
        subject.note(tag);
      } else {
        in.skip(tag);
      }
    }
    if (batch.rows() > first) {
      fill(batch.resource(), first, subject.resolve(knownResources, true));
    }
  }

  private void scopeGroup() {
    var subject = new Subject();
    int first = batch.rows();
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag == MEMBERS) {
        int outer = in.enter();
        item();
        in.leave(outer);
        rowAdded();
      } else if (tag == SUBJECT || tag == SCHEMA_URL) {
        subject.note(tag);
      } else {
        in.skip(tag);
      }
    }
    if (batch.rows() > first) {
      fill(batch.scope(), first, subject.resolve(knownScopes, false));
    }
  }

  /// Fills in the table row of a group's subject, or refuses the group's items if it has none.
  private void fill(int[] column, int first, int index) {
    if (index < 0) {
      findings.invalidKeys(takeBack(first));
    } else {
      Arrays.fill(column, first, batch.rows(), index);
    }
  }

  /// The Resource or scope of the group being read, as byte ranges, with its schema URL.
  private final class Subject {
    private byte[] source = in.bytes();
    private int from;
    private int to;
    private int urlFrom;
    private int urlTo;

    /// Takes the field at the reader's position.
    void note(int tag) {
      int length = in.length();
      int at = in.position();
      in.advance(length);
      if (tag == SCHEMA_URL) {
        urlFrom = at;
        urlTo = at + length;
      } else if (to == from) {
        from = at;
        to = at + length;
      } else {
        // A message field that comes twice merges, which is what decoding one after the other does.
        byte[] merged = Arrays.copyOfRange(source, from, to + length);
        System.arraycopy(in.bytes(), at, merged, to - from, length);
        source = merged;
        from = 0;
        to = merged.length;
      }
    }

    /// The row of the batch's table, or -1 if an attribute key is not UTF-8.
    int resolve(RangeTable known, boolean resource) {
      boolean whole = source == in.bytes();
      int hash = whole ? known.hash(from, to, urlFrom, urlTo) : 0;
      int found = whole ? known.find(hash, from, to, urlFrom, urlTo) : -1;
      if (found >= 0) {
        return found;
      }
      int url = texts.value(in.bytes(), urlFrom, urlTo - urlFrom);
      var subject = new ProtoReader().reset(source, from, to);
      int index = resource ? resource(subject, url) : scope(subject, url);
      if (whole && index >= 0) {
        known.put(hash, from, to, urlFrom, urlTo, index);
      }
      return index;
    }
  }

  private int resource(ProtoReader in, int url) {
    ResourceTable table = batch.resources();
    int dropped = 0;
    boolean fine = true;
    var refs = new ByteArrayOutputStream(0);
    attributes.startParent();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> fine &= attributes.readRun(in, tag, table.attributes());
        case 2 << 3 -> dropped = (int) in.varint();
        case 3 << 3 | 2 -> {
          int outer = in.enter();
          NestedValues.field(refs, tag, attributes.entityRef(in));
          in.leave(outer);
        }
        default -> in.skip(tag);
      }
    }
    if (!fine) {
      table.attributes().abandonParent();
      return -1;
    }
    return table.add(dropped, url, texts.opaque(refs.toByteArray(), 0, refs.size()));
  }

  private int scope(ProtoReader in, int url) {
    ScopeTable table = batch.scopes();
    int name = 0;
    int version = 0;
    int dropped = 0;
    boolean fine = true;
    attributes.startParent();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> name = text(in);
        case 2 << 3 | 2 -> version = text(in);
        case 3 << 3 | 2 -> fine &= attributes.readRun(in, tag, table.attributes());
        case 4 << 3 -> dropped = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    if (!fine) {
      table.attributes().abandonParent();
      return -1;
    }
    return table.add(name, version, dropped, url);
  }

  /// The symbol of the text at the reader's position.
  final int text(ProtoReader in) {
    int length = in.length();
    int symbol = texts.value(in.bytes(), in.position(), length);
    in.advance(length);
    return symbol;
  }

  /// An enum number as batches hold it: 0 to 127, others as 0.
  static byte enumNumber(long number) {
    return number >= 0 && number <= Byte.MAX_VALUE ? (byte) number : 0;
  }
}
