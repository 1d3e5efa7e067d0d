package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// gRPC's words on HTTP/2: headers, trailers and the message prefix (grpc/grpc: doc/PROTOCOL-HTTP2.md).
final class GrpcWords {
  static final int PREFIX_BYTES = 5;
  static final AsciiString TYPE = AsciiString.cached("application/grpc");
  static final AsciiString STATUS = AsciiString.cached("grpc-status");
  static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
  static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");
  static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
  static final AsciiString ACCEPT_ENCODING = AsciiString.cached("grpc-accept-encoding");
  static final AsciiString ACCEPTED = AsciiString.cached("identity,gzip,zstd,snappy,deflate");
  static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
  static final AsciiString[] HEADERS = {Fields.CONTENT_TYPE, TYPE, ACCEPT_ENCODING, ACCEPTED};
  static final AsciiString[] OK = {STATUS, AsciiString.cached("0")};

  private static final String[] UNITS = {"n", "u", "m", "S", "M", "H"};
  private static final long[] UNIT_NANOS = {
    1, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L
  };

  private GrpcWords() {}

  /// An uncompressed message behind its prefix.
  static Body frame(Body message) {
    byte[] frame = new byte[PREFIX_BYTES + message.length()];
    int length = message.length();
    frame[1] = (byte) (length >>> 24);
    frame[2] = (byte) (length >>> 16);
    frame[3] = (byte) (length >>> 8);
    frame[4] = (byte) length;
    System.arraycopy(message.array(), message.offset(), frame, PREFIX_BYTES, length);
    return Body.of(frame);
  }

  /// The fields that tell a status.
  static List<AsciiString> status(GrpcStatus status, String message, Body details) {
    List<AsciiString> fields = new ArrayList<>(6);
    fields.add(STATUS);
    fields.add(new AsciiString(Integer.toString(status.code())));
    if (!message.isEmpty()) {
      fields.add(MESSAGE);
      fields.add(new AsciiString(percentEncode(message)));
    }
    if (!details.isEmpty()) {
      fields.add(DETAILS);
      fields.add(
          new AsciiString(Base64.getEncoder().withoutPadding().encode(details.bytes()), false));
    }
    return fields;
  }

  static String percentEncode(String message) {
    var out = new StringBuilder(message.length());
    for (byte each : message.getBytes(StandardCharsets.UTF_8)) {
      if (each >= ' ' && each < 0x7f && each != '%') {
        out.append((char) each);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit((each >> 4) & 15, 16)));
        out.append(Character.toUpperCase(Character.forDigit(each & 15, 16)));
      }
    }
    return out.toString();
  }

  static String percentDecode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int made = 0;
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
      if (low >= 0) {
        out[made++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[made++] = in[i];
      }
    }
    return new String(out, 0, made, StandardCharsets.UTF_8);
  }

  /// A `grpc-timeout` in nanoseconds; empty if it is not one.
  static Optional<Long> timeoutNanos(String text) {
    if (text.length() < 2 || text.length() > 9) {
      return Optional.empty();
    }
    for (int i = 0; i < UNITS.length; i++) {
      if (text.endsWith(UNITS[i])) {
        try {
          long count = Long.parseLong(text.substring(0, text.length() - 1));
          return Optional.of(
              count > Long.MAX_VALUE / UNIT_NANOS[i] ? Long.MAX_VALUE : count * UNIT_NANOS[i]);
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /// The `grpc-timeout` of a time, in the finest unit that its eight digits allow.
  static String timeout(long nanos) {
    if (nanos < 100_000_000) {
      return nanos + "n";
    }
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    if (micros < 100_000_000) {
      return micros + "u";
    }
    long millis = micros / 1000;
    return millis < 100_000_000 ? millis + "m" : Math.min(99_999_999, millis / 1000) + "S";
  }
}
