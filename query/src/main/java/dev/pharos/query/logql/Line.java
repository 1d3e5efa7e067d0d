package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One line on its way through a pipeline: its text and its labels of three kinds. Reused from row to row; one thread.
///
/// Stream labels win over metadata and these over parsed ones of the same name, which then are called
/// `name_extracted`. The labels of a row are built when a stage first asks for one.
final class Line {
  /// Where a label comes from.
  enum Kind {
    STREAM,
    METADATA,
    PARSED
  }

  private @Nullable LogRows rows;
  private int row;
  private byte[] bytes = {};
  private int from;
  private int to;

  private boolean loaded;
  private long loadedBytes;
  private boolean textCounted;
  private boolean built;
  private String[] names = new String[32];
  private String[] values = new String[32];
  private Kind[] kinds = new Kind[32];
  private int size;
  private int base;

  /// Names and values that were read from the line before the labels of the row were built.
  private final List<String> waiting = new ArrayList<>();

  private String error = "";
  private String errorDetails = "";

  /// Begins a row.
  void reset(LogRows newRows, int newRow) {
    reset(newRows, newRow, false);
  }

  /// Begins a row.
  ///
  /// @param counted whether another line has counted its text
  void reset(LogRows newRows, int newRow, boolean counted) {
    textCounted = counted;
    rows = newRows;
    row = newRow;
    loaded = false;
    built = false;
    size = 0;
    waiting.clear();
    error = "";
    errorDetails = "";
  }

  /// Reads the text when it is first asked for: many queries decide by other columns.
  private void load() {
    if (!loaded) {
      loaded = true;
      current().line(row, this);
      loadedBytes += textCounted ? 0 : to - from;
    }
  }

  /// Whether the text of this row was read.
  boolean isLoaded() {
    return loaded;
  }

  /// Bytes of text read since this line was made.
  long loadedBytes() {
    return loadedBytes;
  }

  void text(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
  }

  byte[] bytes() {
    load();
    return bytes;
  }

  int from() {
    load();
    return from;
  }

  int to() {
    load();
    return to;
  }

  String text() {
    load();
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  long timeNanos() {
    return current().timeNanos(row);
  }

  Labels stream() {
    return current().labels(current().resource(row)).stream();
  }

  private LogRows current() {
    if (rows == null) {
      throw new IllegalStateException("a line without a row");
    }
    return rows;
  }

  private void build() {
    if (built) {
      return;
    }
    built = true;
    stream().forEach((name, value) -> append(name, value, Kind.STREAM));
    int streams = size;
    current()
        .metadata(
            row,
            (name, value) -> {
              String free = find(name, 0, streams) >= 0 ? name + "_extracted" : name;
              if (!value.isEmpty() && find(free, 0, size) < 0) {
                append(free, value, Kind.METADATA);
              }
            });
    if (find(LabelNames.DETECTED_LEVEL, 0, size) < 0) {
      append(LabelNames.DETECTED_LEVEL, current().level(row, this), Kind.METADATA);
    }
    base = size;
    for (int i = 0; i < waiting.size(); i += 2) {
      parsed(waiting.get(i), waiting.get(i + 1));
    }
  }

  private void append(String name, String value, Kind kind) {
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      values = Arrays.copyOf(values, size * 2);
      kinds = Arrays.copyOf(kinds, size * 2);
    }
    names[size] = name;
    values[size] = value;
    kinds[size++] = kind;
  }

  private int find(String name, int start, int end) {
    for (int i = start; i < end; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// The value of a label, or the empty text.
  String get(String name) {
    if (name.equals(LabelNames.ERROR)) {
      return error;
    }
    if (name.equals(LabelNames.ERROR_DETAILS)) {
      return errorDetails;
    }
    if (!built && !name.endsWith("_extracted")) {
      return unbuilt(name);
    }
    build();
    int at = find(name, 0, size);
    return at < 0 ? "" : values[at];
  }

  /// One label, while stages have done nothing but read labels from the line, without building the others.
  private String unbuilt(String name) {
    String value = own(name);
    int read = value.isEmpty() ? firstWaiting(name) : -1;
    return read < 0 ? value : waiting.get(read + 1);
  }

  /// A label that the row has before its text is parsed.
  String own(String name) {
    String label = stream().get(name);
    if (!label.isEmpty()) {
      return label;
    }
    String value = current().metadata(row, name);
    return value.isEmpty() && name.equals(LabelNames.DETECTED_LEVEL)
        ? current().level(row, this)
        : value;
  }

  private int firstWaiting(String name) {
    for (int i = 0; i < waiting.size(); i += 2) {
      if (waiting.get(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  boolean has(String name) {
    if (!built && !name.endsWith("_extracted")) {
      return firstWaiting(name) >= 0 || !own(name).isEmpty();
    }
    build();
    return find(name, 0, size) >= 0;
  }

  /// Sets a label read from the line, unless one of that name was read before.
  void parsed(String name, String value) {
    if (!built) {
      waiting.add(name);
      waiting.add(value);
      return;
    }
    String free = find(name, 0, base) >= 0 ? name + "_extracted" : name;
    if (find(free, base, size) < 0 && find(free, 0, base) < 0) {
      append(free, value, Kind.PARSED);
    }
  }

  void remove(String name) {
    if (name.equals(LabelNames.ERROR)) {
      error = "";
    } else if (name.equals(LabelNames.ERROR_DETAILS)) {
      errorDetails = "";
    } else {
      build();
      int at = find(name, 0, size);
      if (at >= 0) {
        removeAt(at);
      }
    }
  }

  private void removeAt(int at) {
    System.arraycopy(names, at + 1, names, at, size - at - 1);
    System.arraycopy(values, at + 1, values, at, size - at - 1);
    System.arraycopy(kinds, at + 1, kinds, at, size - at - 1);
    size--;
    base -= at < base ? 1 : 0;
  }

  void removeEmpty() {
    build();
    for (int i = size - 1; i >= 0; i--) {
      if (values[i].isEmpty()) {
        removeAt(i);
      }
    }
  }

  /// The names of all labels as they are now.
  List<String> labelNames() {
    build();
    return List.of(Arrays.copyOf(names, size));
  }

  void fail(String newError, String details) {
    error = newError;
    errorDetails = details;
  }

  boolean failed() {
    return !error.isEmpty();
  }

  String error() {
    return error;
  }

  /// All labels together, as series and uncategorised streams have them.
  Labels all() {
    build();
    var builder = Labels.EMPTY.toBuilder();
    for (int i = 0; i < size; i++) {
      builder.set(names[i], values[i]);
    }
    return builder.set(LabelNames.ERROR, error).set(LabelNames.ERROR_DETAILS, errorDetails).build();
  }

  Labels streamLabels() {
    build();
    var builder = Labels.EMPTY.toBuilder();
    for (int i = 0; i < size; i++) {
      if (kinds[i] == Kind.STREAM) {
        builder.set(names[i], values[i]);
      }
    }
    return builder.build();
  }

  /// Takes a label.
  interface Visitor {
    void take(Kind kind, String name, String value);
  }

  /// All labels as they are now, in no order.
  void forEach(Visitor visitor) {
    build();
    for (int i = 0; i < size; i++) {
      visitor.take(kinds[i], names[i], values[i]);
    }
  }

  /// Labels of one kind in byte order; empty values of parsed ones stay. Errors are parsed ones.
  Map<String, String> ofKind(Kind kind) {
    build();
    var map = new TreeMap<String, String>(Labels::compareBytes);
    for (int i = 0; i < size; i++) {
      if (kinds[i] == kind) {
        map.put(names[i], values[i]);
      }
    }
    if (kind == Kind.PARSED && failed()) {
      map.put(LabelNames.ERROR, error);
      if (!errorDetails.isEmpty()) {
        map.put(LabelNames.ERROR_DETAILS, errorDetails);
      }
    }
    return map;
  }
}
