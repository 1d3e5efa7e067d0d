package dev.pharos.pipeline.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The types of plain YAML scalars as Go's yaml.v3, which the Collector uses, decides them: YAML 1.2 plus octal `017`,
/// `_` inside numbers and dates, but `yes`, `on` and the like stay text.
public final class YamlScalars {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:([Tt]| )(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,9}))?(Z|[-+]\\d\\d:\\d\\d)?)?");

  private YamlScalars() {}

  /// The type of the plain (unquoted) scalar `text`; empty means null.
  static Optional<Scalar> resolve(String text) {
    switch (text) {
      case "", "~", "null", "Null", "NULL" -> {
        return Optional.empty();
      }
      case "true", "True", "TRUE" -> {
        return Optional.of(new Scalar.Bool(true));
      }
      case "false", "False", "FALSE" -> {
        return Optional.of(new Scalar.Bool(false));
      }
      case ".nan", ".NaN", ".NAN" -> {
        return Optional.of(new Scalar.Decimal(Double.NaN));
      }
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> {
        return Optional.of(new Scalar.Decimal(Double.POSITIVE_INFINITY));
      }
      case "-.inf", "-.Inf", "-.INF" -> {
        return Optional.of(new Scalar.Decimal(Double.NEGATIVE_INFINITY));
      }
      default -> {
        return Optional.of(typed(text));
      }
    }
  }

  /// Whether `text` written without quotes is read back as that very text.
  public static boolean isPlainText(String text) {
    return resolve(text).filter(scalar -> scalar.equals(new Scalar.Text(text))).isPresent();
  }

  private static Scalar typed(String text) {
    char first = text.charAt(0);
    if (first == '.') {
      return FLOAT.matcher(text).matches()
          ? new Scalar.Decimal(Double.parseDouble(text))
          : new Scalar.Text(text);
    }
    if (first != '+' && first != '-' && (first < '0' || first > '9')) {
      return new Scalar.Text(text);
    }
    Optional<Scalar> time = timestamp(text);
    if (time.isPresent()) {
      return time.get();
    }
    String plain = text.replace("_", "");
    Optional<Scalar> whole = integer(plain);
    if (whole.isPresent()) {
      return whole.get();
    }
    return FLOAT.matcher(plain).matches()
        ? new Scalar.Decimal(Double.parseDouble(plain))
        : new Scalar.Text(text);
  }

  private static Optional<Scalar> integer(String plain) {
    boolean signed = plain.startsWith("-") || plain.startsWith("+");
    String digits = signed ? plain.substring(1) : plain;
    String lower = digits.toLowerCase(Locale.ROOT);
    int radix = 10;
    int skip = 0;
    if (lower.startsWith("0x")) {
      radix = 16;
      skip = 2;
    } else if (lower.startsWith("0b")) {
      radix = 2;
      skip = 2;
    } else if (lower.startsWith("0o")) {
      radix = 8;
      skip = 2;
    } else if (lower.length() > 1 && lower.startsWith("0")) {
      radix = 8;
      skip = 1;
    }
    String body = lower.substring(skip);
    if (body.isEmpty() || body.startsWith("-") || body.startsWith("+")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Scalar.Int(Long.parseLong(plain.startsWith("-") ? "-" + body : body, radix)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Scalar> timestamp(String text) {
    Matcher m = TIMESTAMP.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    boolean dateOnly = m.group(5) == null;
    boolean spaced = " ".equals(m.group(4));
    // With T a zone must follow, after a blank none may.
    if (!dateOnly && spaced == (m.group(9) != null)) {
      return Optional.empty();
    }
    try {
      ZoneOffset zone = m.group(9) == null ? ZoneOffset.UTC : ZoneOffset.of(m.group(9));
      Instant instant =
          OffsetDateTime.of(
                  number(m, 1),
                  number(m, 2),
                  number(m, 3),
                  dateOnly ? 0 : number(m, 5),
                  dateOnly ? 0 : number(m, 6),
                  dateOnly ? 0 : number(m, 7),
                  m.group(8) == null
                      ? 0
                      : Integer.parseInt((m.group(8) + "000000000").substring(0, 9)),
                  zone)
              .toInstant();
      return Optional.of(new Scalar.Time(instant, text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }
}
