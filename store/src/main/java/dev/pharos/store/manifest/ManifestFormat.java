package dev.pharos.store.manifest;

import dev.pharos.model.Tenant;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.DeletionFormat;
import dev.pharos.store.segment.SegmentMeta;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The bytes of a manifest's snapshot and edits: both are an edit, the snapshot one to an empty manifest.
final class ManifestFormat {
  private static final int VERSION = 2;

  /// The version without tombstones, which is read too.
  private static final int WITHOUT_TOMBSTONES = 1;

  private static final int FEATURES = 0;

  /// Fixed bytes of an entry, beside its two texts.
  private static final int ENTRY_BYTES = 2 + 2 + 4 + 4 + 4 * 8;

  private ManifestFormat() {}

  static ByteBuffer encode(
      long covered,
      Collection<SegmentEntry> added,
      List<String> removed,
      Collection<Tombstone> tombstones) {
    int bytes = 4 + 4 + 8 + 4 + 4 + 4;
    for (SegmentEntry entry : added) {
      bytes += ENTRY_BYTES + entry.name().length() * 3 + entry.tenant().name().length() * 3;
    }
    for (String name : removed) {
      bytes += 2 + name.length() * 3;
    }
    var deletions = new ArrayList<byte[]>();
    for (Tombstone tombstone : tombstones) {
      byte[] deletion = DeletionFormat.encode(tombstone.deletion());
      deletions.add(deletion);
      bytes += 4 + deletion.length + 4;
      for (String name : tombstone.segments()) {
        bytes += 2 + name.length() * 3;
      }
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(VERSION).putInt(FEATURES).putLong(covered).putInt(added.size());
    for (SegmentEntry entry : added) {
      putText(out, entry.tenant().name());
      putText(out, entry.name());
      SegmentMeta meta = entry.meta();
      out.putInt(entry.day()).putInt(entry.level());
      out.putLong(meta.sizeBytes())
          .putLong(meta.rows())
          .putLong(meta.minNanos())
          .putLong(meta.maxNanos());
    }
    out.putInt(removed.size());
    putTexts(out, removed);
    out.putInt(tombstones.size());
    int i = 0;
    for (Tombstone tombstone : tombstones) {
      byte[] deletion = deletions.get(i++);
      out.putInt(deletion.length).put(deletion);
      out.putInt(tombstone.segments().size());
      putTexts(out, tombstone.segments());
    }
    return out.flip();
  }

  static ManifestEdit decode(ByteBuffer in) {
    try {
      int version = in.getInt();
      int features = in.getInt();
      if (version != VERSION && version != WITHOUT_TOMBSTONES || features != FEATURES) {
        throw new IllegalStateException(
            "manifest version "
                + version
                + " with feature bits 0x"
                + Integer.toHexString(features)
                + " (expected: version 1 or "
                + VERSION
                + " without any; a newer Pharos wrote it)");
      }
      long covered = in.getLong();
      var added = new ArrayList<SegmentEntry>();
      for (int i = in.getInt(); i > 0; i--) {
        var tenant = new Tenant(text(in));
        String name = text(in);
        int day = in.getInt();
        int level = in.getInt();
        added.add(
            new SegmentEntry(
                tenant,
                day,
                level,
                new SegmentMeta(name, in.getLong(), in.getLong(), in.getLong(), in.getLong())));
      }
      List<String> removed = texts(in);
      var tombstones = new ArrayList<Tombstone>();
      for (int i = version == WITHOUT_TOMBSTONES ? 0 : in.getInt(); i > 0; i--) {
        int length = in.getInt();
        Deletion deletion = DeletionFormat.decode(in.slice(in.position(), length));
        in.position(in.position() + length);
        tombstones.add(new Tombstone(deletion, texts(in)));
      }
      return new ManifestEdit(covered, added, removed, tombstones);
    } catch (BufferUnderflowException e) {
      throw new IllegalStateException("manifest edit ends too early, at byte " + in.position(), e);
    }
  }

  private static void putText(ByteBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) utf8.length).put(utf8);
  }

  private static void putTexts(ByteBuffer out, List<String> texts) {
    texts.forEach(text -> putText(out, text));
  }

  private static List<String> texts(ByteBuffer in) {
    var texts = new ArrayList<String>();
    for (int i = in.getInt(); i > 0; i--) {
      texts.add(text(in));
    }
    return texts;
  }

  private static String text(ByteBuffer in) {
    var utf8 = new byte[in.getShort() & 0xffff];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
