package dev.pharos.pipeline.config.schema;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes: a number with an optional unit, `10MiB`, `1.5GB`, `512`.
public final class ByteSize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([a-z]*)");
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1_000L),
          Map.entry("kb", 1_000L),
          Map.entry("m", 1_000_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("g", 1_000_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("t", 1_000_000_000_000L),
          Map.entry("tb", 1_000_000_000_000L),
          Map.entry("ki", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("mi", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("gi", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("ti", 1L << 40),
          Map.entry("tib", 1L << 40));

  private ByteSize() {}

  /// The bytes that `text` means; empty if it means none or more than 2^63 - 1.
  public static OptionalLong parse(String text) {
    Matcher m = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    Long unit = m.matches() ? UNITS.get(m.group(2)) : null;
    if (unit == null) {
      return OptionalLong.empty();
    }
    double bytes = Double.parseDouble(m.group(1)) * unit;
    if (bytes >= 0x1p63) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        m.group(1).contains(".") ? (long) bytes : Long.parseLong(m.group(1)) * unit);
  }
}
