package dev.pharos.query.value;

import dev.pharos.query.matrix.Numbers;
import java.util.Base64;

/// Writes what a [NestedReader] tells as compact JSON.
final class JsonText implements NestedReader.Visitor {
  private final StringBuilder out = new StringBuilder();

  private void separate() {
    if (!out.isEmpty()) {
      char last = out.charAt(out.length() - 1);
      if (last != '[' && last != '{' && last != ':') {
        out.append(',');
      }
    }
  }

  private void quoted(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  @Override
  public void key(String name) {
    separate();
    quoted(name);
    out.append(':');
  }

  @Override
  public void text(String value) {
    separate();
    quoted(value);
  }

  @Override
  public void bool(boolean value) {
    separate();
    out.append(value);
  }

  @Override
  public void number(long value) {
    separate();
    out.append(value);
  }

  @Override
  public void real(double value) {
    separate();
    if (Double.isFinite(value)) {
      out.append(Numbers.format(value));
    } else {
      quoted(Numbers.format(value));
    }
  }

  @Override
  public void bytes(byte[] value) {
    text(Base64.getEncoder().encodeToString(value));
  }

  @Override
  public void empty() {
    separate();
    out.append("null");
  }

  @Override
  public void begin(boolean map) {
    separate();
    out.append(map ? '{' : '[');
  }

  @Override
  public void end(boolean map) {
    out.append(map ? '}' : ']');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
