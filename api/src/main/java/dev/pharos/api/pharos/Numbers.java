package dev.pharos.api.pharos;

import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// Writes numbers, times and texts, and `null` for what is not there. One thread.
///
/// @param json where to
record Numbers(JsonGenerator json) {
  private static final long MILLI = 1_000_000L;

  /// Whole numbers below are written without a fraction.
  private static final double EXACT = 1e15;

  void text(String name, String text) {
    if (text.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  void millis(String name, long nanos) {
    json.writeNumberProperty(name, nanos / MILLI);
  }

  void millis(String name, OptionalLong nanos) {
    if (nanos.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      millis(name, nanos.getAsLong());
    }
  }

  void number(String name, double value) {
    json.writeName(name);
    number(value);
  }

  private void number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }

  void numbers(String name, double[] values) {
    json.writeArrayPropertyStart(name);
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  void longs(String name, long[] values) {
    json.writeArrayPropertyStart(name);
    for (long value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}
