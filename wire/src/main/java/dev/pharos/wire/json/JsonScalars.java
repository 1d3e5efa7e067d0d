package dev.pharos.wire.json;

import dev.pharos.model.proto.DecodeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the current token of a parser as a value of one protobuf kind, as leniently as protobuf's JSON mapping allows.
final class JsonScalars {
  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /// Longer numbers than this have no use and would be dear to parse.
  private static final int MAX_DIGITS = 400;

  private final JsonParser in;
  private final boolean escaped;

  /// @param escaped whether strings come from [EscapedBytes]
  JsonScalars(JsonParser in, boolean escaped) {
    this.in = in;
    this.escaped = escaped;
  }

  /// The bytes of a string, UTF-8 but for bytes that were escaped; lone surrogates become U+FFFD.
  byte[] text() {
    Shapes.expect(in, JsonToken.VALUE_STRING, "a string");
    String text = in.getString();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return escaped
            ? EscapedBytes.encode(text)
            : wellFormed(text).getBytes(StandardCharsets.UTF_8);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String wellFormed(String text) {
    var mended = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(mended::appendCodePoint);
    return mended.toString();
  }

  byte[] base64() {
    Shapes.expect(in, JsonToken.VALUE_STRING, "base64 text");
    try {
      return Base64.getDecoder().decode(in.getString().replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw Shapes.problem(in, "found " + Shapes.found(in) + " (expected: base64 text)");
    }
  }

  boolean bool() {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token == JsonToken.VALUE_STRING
        && (in.getString().equals("true") || in.getString().equals("false"))) {
      return in.getString().equals("true");
    }
    throw Shapes.problem(in, "found " + Shapes.found(in) + " (expected: true or false)");
  }

  long enumNumber(Map<String, Integer> numbers) {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      Integer number = numbers.get(in.getString());
      if (number != null) {
        return number;
      }
    }
    try {
      return integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } catch (DecodeException e) {
      throw Shapes.problem(
          in, "found " + Shapes.found(in) + " (expected: an enum's number or name)");
    }
  }

  /// A whole number from `least` to `most`.
  long integer(long least, long most) {
    BigInteger number = BigInteger.ZERO;
    if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
        && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = in.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
      number = BigInteger.valueOf(value);
    } else {
      number = whole();
    }
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw Shapes.problem(
          in,
          "found "
              + Shapes.found(in)
              + " (expected: an integer from "
              + least
              + " to "
              + most
              + ")");
    }
    return number.longValue();
  }

  /// A whole number of 64 bits without sign.
  long unsigned() {
    if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
        && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = in.getLongValue();
      if (value >= 0) {
        return value;
      }
    }
    BigInteger number = whole();
    if (number.signum() < 0 || number.compareTo(MAX_UNSIGNED) > 0) {
      throw Shapes.problem(
          in,
          "found " + Shapes.found(in) + " (expected: an integer from 0 to " + MAX_UNSIGNED + ")");
    }
    return number.longValue();
  }

  private BigInteger whole() {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT
        || token == JsonToken.VALUE_NUMBER_FLOAT
        || token == JsonToken.VALUE_STRING) {
      String text = in.getString();
      try {
        if (text.length() <= MAX_DIGITS) {
          var number = new BigDecimal(text);
          // Guards toBigInteger against exponents that would make it huge.
          if (number.precision() - (long) number.scale() <= MAX_DIGITS) {
            return number.toBigIntegerExact();
          }
        }
      } catch (ArithmeticException e) {
        // A fraction, or digits that are none: told below.
      } catch (NumberFormatException e) {
        // As above.
      }
    }
    throw Shapes.problem(in, "found " + Shapes.found(in) + " (expected: an integer)");
  }

  double real() {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = in.getDoubleValue();
      // The integer "-0" is read as 0.
      return value == 0 && in.getString().startsWith("-") ? -0.0 : value;
    }
    if (token == JsonToken.VALUE_STRING) {
      String text = in.getString();
      switch (text) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {
          if (text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            return Double.parseDouble(text);
          }
        }
      }
    }
    throw Shapes.problem(in, "found " + Shapes.found(in) + " (expected: a number)");
  }
}
