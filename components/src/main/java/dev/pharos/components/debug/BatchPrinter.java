package dev.pharos.components.debug;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Batch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Writes one batch in the Collector's text form, which people compare. One use, one thread.
abstract class BatchPrinter {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  final Symbols symbols;
  final StringBuilder out;
  private final Batch batch;
  private final String plural;
  private final String singular;

  /// @param plural `Spans`, `Metrics` or `Logs`, as in `ResourceSpans`
  /// @param singular what a heading of the one-line form says: `Traces`, `Metrics` or `Logs`
  BatchPrinter(Batch batch, String plural, String singular, StringBuilder out) {
    this.batch = batch;
    this.symbols = batch.symbols();
    this.plural = plural;
    this.singular = singular;
    this.out = out;
  }

  abstract Grouping grouping();

  /// `"spans": 2` and the like.
  abstract String counts(int resources);

  /// One line with an item's name and values.
  abstract void brief(int row);

  /// All fields of an item.
  abstract void full(int row, int index);

  /// What the detailed form calls a group of one Resource; `ResourceLog` is without s in the Collector.
  String resourceHeading() {
    return "Resource" + plural;
  }

  void print(DebugConfig.Verbosity verbosity) {
    Grouping grouping = grouping();
    out.append(singular).append(" {").append(counts(grouping.resources().size())).append('}');
    switch (verbosity) {
      case BASIC -> {}
      case NORMAL -> {
        out.append('\n');
        normal(grouping);
      }
      case DETAILED -> {
        out.append('\n');
        detailed(grouping);
      }
    }
    while (!out.isEmpty() && out.charAt(out.length() - 1) == '\n') {
      out.setLength(out.length() - 1);
    }
  }

  private void normal(Grouping grouping) {
    int r = 0;
    for (var resource : grouping.resources().entrySet()) {
      out.append("Resource").append(singular).append(" #").append(r);
      schema(batch.resources().schemaUrl(resource.getKey()));
      pairs(" ", batch.resources().attributes(), resource.getKey());
      out.append('\n');
      int s = 0;
      for (var scope : resource.getValue().entrySet()) {
        out.append("Scope").append(singular).append(" #").append(s++);
        String name = text(batch.scopes().name(scope.getKey()));
        String version = text(batch.scopes().version(scope.getKey()));
        if (!name.isEmpty()) {
          out.append(' ').append(name);
        }
        if (!version.isEmpty()) {
          out.append('@').append(version);
        }
        schema(batch.scopes().schemaUrl(scope.getKey()));
        pairs(" ", batch.scopes().attributes(), scope.getKey());
        out.append('\n');
        scope.getValue().forEach(this::brief);
      }
      r++;
    }
  }

  private void schema(int url) {
    if (url != 0) {
      out.append(" [").append(text(url)).append(']');
    }
  }

  private void detailed(Grouping grouping) {
    int r = 0;
    for (var resource : grouping.resources().entrySet()) {
      line(resourceHeading() + " #" + r++);
      line("Resource SchemaURL: " + text(batch.resources().schemaUrl(resource.getKey())));
      attributes(
          "Resource attributes:", batch.resources().attributes(), resource.getKey(), "     ");
      int s = 0;
      for (var scope : resource.getValue().entrySet()) {
        line("Scope" + plural + " #" + s++);
        scope(scope.getKey());
        List<Integer> rows = scope.getValue();
        for (int i = 0; i < rows.size(); i++) {
          full(rows.get(i), i);
        }
      }
    }
  }

  private void scope(int row) {
    line("Scope" + plural + " SchemaURL: " + text(batch.scopes().schemaUrl(row)));
    line(
        "InstrumentationScope "
            + text(batch.scopes().name(row))
            + " "
            + text(batch.scopes().version(row)));
    attributes("InstrumentationScope attributes:", batch.scopes().attributes(), row, "     ");
  }

  final void line(String text) {
    out.append(text).append('\n');
  }

  final String text(int symbol) {
    return symbols.text(symbol);
  }

  /// A heading and a line for each attribute; nothing if there is none.
  final void attributes(String heading, AttributeRows rows, int parent, String indent) {
    if (rows.from(parent) == rows.to(parent)) {
      return;
    }
    line(heading);
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      line(indent + "-> " + text(rows.key(i)) + ": " + typed(rows.type(i), rows.value(i)));
    }
  }

  /// ` key=value` for each attribute.
  final void pairs(String before, AttributeRows rows, int parent) {
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      out.append(before)
          .append(text(rows.key(i)))
          .append('=')
          .append(ValueText.of(symbols, rows.type(i), rows.value(i)));
    }
  }

  /// `Str(abc)`.
  final String typed(byte type, long value) {
    String kind =
        switch (type) {
          case ValueType.STRING -> "Str";
          case ValueType.BOOL -> "Bool";
          case ValueType.INT -> "Int";
          case ValueType.DOUBLE -> "Double";
          case ValueType.ARRAY -> "Slice";
          case ValueType.MAP -> "Map";
          case ValueType.BYTES -> "Bytes";
          default -> "Empty";
        };
    return kind + "(" + ValueText.of(symbols, type, value) + ")";
  }

  /// `2020-02-11 20:26:13.000000789 +0000 UTC`.
  static String time(long nanos) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    String fraction =
        instant.getNano() == 0 ? "" : ".%09d".formatted(instant.getNano()).replaceAll("0+$", "");
    return SECONDS.format(instant) + fraction + " +0000 UTC";
  }

  /// A trace id in hex; empty for none.
  static String traceId(long hi, long lo) {
    return (hi | lo) == 0 ? "" : dev.pharos.model.Ids.traceHex(hi, lo);
  }

  static String spanId(long id) {
    return id == 0 ? "" : dev.pharos.model.Ids.spanHex(id);
  }
}
