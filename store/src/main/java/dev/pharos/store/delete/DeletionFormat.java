package dev.pharos.store.delete;

import dev.pharos.model.Tenant;
import dev.pharos.store.read.Matcher;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a deletion in the manifest (docs/format/directory.md).
public final class DeletionFormat {
  private DeletionFormat() {}

  public static byte[] encode(Deletion deletion) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      putText(out, deletion.tenant().name());
      out.writeLong(Long.reverseBytes(deletion.fromNanos()));
      out.writeLong(Long.reverseBytes(deletion.toNanos()));
      out.writeByte(deletion.matchers().size());
      for (RowMatcher matcher : deletion.matchers()) {
        out.writeByte(number(matcher.subject()));
        out.writeByte(number(matcher.kind()));
        putText(out, matcher.name());
        putText(out, matcher.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// @throws java.nio.BufferUnderflowException if it ends too early
  /// @throws IllegalStateException if it holds what this version does not know
  public static Deletion decode(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    var tenant = new Tenant(text(in));
    long from = in.getLong();
    long to = in.getLong();
    List<RowMatcher> matchers = new ArrayList<>();
    for (int i = in.get(); i > 0; i--) {
      RowMatcher.Subject subject = subject(in.get());
      Matcher.Kind kind = kind(in.get());
      matchers.add(new RowMatcher(subject, text(in), kind, text(in)));
    }
    return new Deletion(tenant, matchers, from, to);
  }

  private static int number(RowMatcher.Subject subject) {
    return switch (subject) {
      case LABEL -> 1;
      case RESOURCE -> 2;
      case SCOPE -> 3;
      case ATTRIBUTE -> 4;
      case FIELD -> 5;
    };
  }

  private static RowMatcher.Subject subject(int number) {
    return switch (number) {
      case 1 -> RowMatcher.Subject.LABEL;
      case 2 -> RowMatcher.Subject.RESOURCE;
      case 3 -> RowMatcher.Subject.SCOPE;
      case 4 -> RowMatcher.Subject.ATTRIBUTE;
      case 5 -> RowMatcher.Subject.FIELD;
      default -> throw unknown("subject", number);
    };
  }

  private static int number(Matcher.Kind kind) {
    return switch (kind) {
      case EQUAL -> 1;
      case NOT_EQUAL -> 2;
      case REGEX -> 3;
      case NOT_REGEX -> 4;
    };
  }

  private static Matcher.Kind kind(int number) {
    return switch (number) {
      case 1 -> Matcher.Kind.EQUAL;
      case 2 -> Matcher.Kind.NOT_EQUAL;
      case 3 -> Matcher.Kind.REGEX;
      case 4 -> Matcher.Kind.NOT_REGEX;
      default -> throw unknown("kind", number);
    };
  }

  private static IllegalStateException unknown(String what, int number) {
    return new IllegalStateException(
        what + " " + number + " in a deletion of the manifest (a newer Pharos wrote it)");
  }

  private static void putText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(Short.reverseBytes((short) utf8.length));
    out.write(utf8);
  }

  private static String text(ByteBuffer in) {
    var utf8 = new byte[in.getShort() & 0xffff];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
