package dev.pharos.store.delete;

import dev.pharos.store.read.Field;
import java.util.Map;
import java.util.TreeMap;

/// The fixed fields by which rows can be deleted: names as in OTLP, with the texts of [RowMatcher]. Ids are hexadecimal
/// digits in lower case.
public final class FieldNames {
  /// Of two columns.
  static final String TRACE_ID = "trace_id";

  private static final Map<String, Field> FIELDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("span_id", Field.SPAN_ID),
              Map.entry("parent_span_id", Field.PARENT_SPAN_ID),
              Map.entry("name", Field.NAME),
              Map.entry("kind", Field.KIND),
              Map.entry("status_code", Field.STATUS_CODE),
              Map.entry("status_message", Field.STATUS_MESSAGE),
              Map.entry("trace_state", Field.TRACE_STATE),
              Map.entry("severity_number", Field.SEVERITY_NUMBER),
              Map.entry("severity_text", Field.SEVERITY_TEXT),
              Map.entry("body", Field.BODY),
              Map.entry("event_name", Field.EVENT_NAME),
              Map.entry("scope_name", Field.SCOPE_NAME),
              Map.entry("scope_version", Field.SCOPE_VERSION)));

  private FieldNames() {}

  static void check(String name) {
    if (!name.equals(TRACE_ID) && !FIELDS.containsKey(name)) {
      throw new IllegalArgumentException(
          "field \"" + name + "\" (expected: " + TRACE_ID + " or one of " + FIELDS.keySet() + ")");
    }
  }

  static Field of(String name) {
    Field field = FIELDS.get(name);
    if (field == null) {
      throw new IllegalArgumentException("field \"" + name + "\" is no single column");
    }
    return field;
  }

  static boolean isId(Field field) {
    return field == Field.SPAN_ID || field == Field.PARENT_SPAN_ID;
  }
}
