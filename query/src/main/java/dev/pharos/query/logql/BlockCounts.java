package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How many different records a block has, by Resource, level and time: enough to count lines without reading them.
/// Any thread.
///
/// Times are counted in cells `(end - unit, end]`, as the windows of range queries are.
final class BlockCounts {
  /// Names that a record may have of its own, whatever attributes it has.
  private static final Set<String> OF_RECORDS =
      Set.of(
          "scope_name",
          "scope_version",
          "observed_timestamp",
          "severity_number",
          "severity_text",
          "flags",
          "event_name",
          LabelNames.TRACE_ID,
          LabelNames.SPAN_ID,
          LabelNames.ERROR,
          LabelNames.ERROR_DETAILS);

  private static final int MAX_VERDICTS = 256;

  /// A stream of the block whose memo has a number.
  record Part(long number, Labels stream) {}

  record Group(ResourceLabels resource, String level) {}

  /// When the records of a stream are.
  record StreamTimes(Labels stream, long minNanos, long maxNanos) {}

  /// @param ends the last times of the cells
  /// @param groups numbers of the cells' groups
  record Cells(long unitNanos, long[] ends, int[] groups, int[] records) {}

  private final int rows;
  private final List<Group> groups;
  private final Cells cells;
  private final List<StreamTimes> streams;
  private final Set<String> attributes;

  /// Whether a part of another block has a record of this one.
  private final Map<Part, Boolean> shares = new ConcurrentHashMap<>();

  /// @param attributes names of the records' and scopes' attributes
  BlockCounts(
      int rows,
      List<Group> groups,
      Cells cells,
      List<StreamTimes> streams,
      Set<String> attributes) {
    this.rows = rows;
    this.groups = groups;
    this.cells = cells;
    this.streams = streams;
    this.attributes = attributes;
  }

  /// Rows of the block, repeated ones too.
  int rows() {
    return rows;
  }

  List<Group> groups() {
    return groups;
  }

  Cells cells() {
    return cells;
  }

  List<StreamTimes> streams() {
    return streams;
  }

  /// Whether a label of this name never differs between records of a block's group, if attributes allow it.
  static boolean mayTell(String label) {
    return !isOfRecord(label);
  }

  /// Whether a record may have a label of this name whatever its Resource and attributes are.
  static boolean isOfRecord(String label) {
    return OF_RECORDS.contains(label) || label.endsWith("_extracted");
  }

  /// The value of a label, for which [#mayTell] is true, in all records of a group, empty text if they have none; empty
  /// if records may differ.
  Optional<String> label(Group group, String label) {
    if (label.equals(LabelNames.DETECTED_LEVEL)) {
      return Optional.of(group.level());
    }
    String ofStream = group.resource().stream().get(label);
    String value =
        ofStream.isEmpty() ? group.resource().metadata().getOrDefault(label, "") : ofStream;
    return value.isEmpty() && mayBeAttribute(label) ? Optional.empty() : Optional.of(value);
  }

  private boolean mayBeAttribute(String label) {
    for (String attribute : attributes) {
      if (label.startsWith(attribute)
          && (label.length() == attribute.length() || label.charAt(attribute.length()) == '_')) {
        return true;
      }
    }
    return false;
  }

  /// Whether a part of another block has a record of this one, if that was found out.
  Optional<Boolean> shares(Part other) {
    return Optional.ofNullable(shares.get(other));
  }

  void shares(Part other, boolean any) {
    if (shares.size() >= MAX_VERDICTS) {
      shares.clear();
    }
    shares.put(other, any);
  }
}
