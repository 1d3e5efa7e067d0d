package dev.pharos.wire.otlp;

import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoReader;
import dev.pharos.model.proto.ProtoWriter;
import dev.pharos.wire.json.FieldKind;
import dev.pharos.wire.json.JsonToProto;
import dev.pharos.wire.json.MessageField;
import dev.pharos.wire.json.MessageType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// google.rpc.Status as OTLP answers failures with: the body of a failed HTTP response, and `grpc-status-details-bin`
/// of gRPC. Of the details only RetryInfo is known; others are left out.
///
/// @param code a google.rpc.Code
/// @param retryDelay how long the sender is asked to wait, from a RetryInfo detail
public record RpcStatus(int code, String message, Optional<Duration> retryDelay) {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
  private static final int CODE = 1 << 3;
  private static final int MESSAGE = 2 << 3 | 2;
  private static final int DETAILS = 3 << 3 | 2;
  private static final int TYPE_URL = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;
  private static final int RETRY_DELAY = 1 << 3 | 2;
  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;

  /// In JSON an Any has its fields beside `@type`; the numbers are ours.
  private static final MessageType JSON =
      new MessageType("Status")
          .define(
              new MessageField(1, "code", FieldKind.INT32),
              new MessageField(2, "message", FieldKind.STRING),
              MessageField.many(
                  3,
                  "details",
                  new MessageType("Any")
                      .define(
                          new MessageField(1, "@type", FieldKind.STRING),
                          new MessageField(2, "retryDelay", FieldKind.STRING))));

  public static RpcStatus of(int code, String message) {
    return new RpcStatus(code, message, Optional.empty());
  }

  public byte[] toProto() {
    var out = new ProtoWriter(128);
    retryDelay.ifPresent(
        delay -> {
          if (delay.getNano() != 0) {
            out.varint(NANOS, delay.getNano());
          }
          if (delay.getSeconds() != 0) {
            out.varint(SECONDS, delay.getSeconds());
          }
          out.message(RETRY_DELAY, 0);
          out.message(VALUE, 0);
          text(out, TYPE_URL, RETRY_INFO);
          out.message(DETAILS, 0);
        });
    if (!message.isEmpty()) {
      text(out, MESSAGE, message);
    }
    if (code != 0) {
      out.varint(CODE, code);
    }
    return out.toByteArray();
  }

  private static void text(ProtoWriter out, int tag, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.bytes(tag, utf8, 0, utf8.length);
  }

  public byte[] toJson() {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("code", code);
      out.writeStringProperty("message", message);
      if (retryDelay.isPresent()) {
        Duration delay = retryDelay.get();
        BigDecimal seconds =
            BigDecimal.valueOf(delay.getSeconds()).add(BigDecimal.valueOf(delay.getNano(), 9));
        out.writeName("details").writeStartArray().writeStartObject();
        out.writeStringProperty("@type", RETRY_INFO);
        out.writeStringProperty("retryDelay", seconds.stripTrailingZeros().toPlainString() + "s");
        out.writeEndObject().writeEndArray();
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /// @throws DecodeException if the bytes are no Status
  public static RpcStatus parse(byte[] proto) {
    var in = new ProtoReader().reset(proto, 0, proto.length);
    int code = 0;
    String message = "";
    Optional<Duration> delay = Optional.empty();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case CODE -> code = (int) in.varint();
        case MESSAGE -> message = text(in);
        case DETAILS -> {
          Optional<Duration> found = detail(in);
          delay = delay.isPresent() ? delay : found;
        }
        default -> in.skip(tag);
      }
    }
    return new RpcStatus(code, message, delay);
  }

  private static Optional<Duration> detail(ProtoReader in) {
    int outer = in.enter();
    String type = "";
    int from = in.position();
    int to = from;
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag == TYPE_URL) {
        type = text(in);
      } else if (tag == VALUE) {
        int length = in.length();
        from = in.position();
        to = from + length;
        in.advance(length);
      } else {
        in.skip(tag);
      }
    }
    in.leave(outer);
    return type.equals(RETRY_INFO)
        ? retryInfo(new ProtoReader().reset(in.bytes(), from, to))
        : Optional.empty();
  }

  private static Optional<Duration> retryInfo(ProtoReader in) {
    Optional<Duration> delay = Optional.empty();
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag != RETRY_DELAY) {
        in.skip(tag);
        continue;
      }
      int outer = in.enter();
      long seconds = 0;
      long nanos = 0;
      while (!in.atEnd()) {
        int inner = in.tag();
        switch (inner) {
          case SECONDS -> seconds = in.varint();
          case NANOS -> nanos = (int) in.varint();
          default -> in.skip(inner);
        }
      }
      in.leave(outer);
      delay = Optional.of(duration(seconds, nanos));
    }
    return delay;
  }

  /// Within what google.protobuf.Duration allows, 10,000 years.
  private static Duration duration(long seconds, long nanos) {
    return Duration.ofSeconds(Math.clamp(seconds, -315_576_000_000L, 315_576_000_000L), nanos);
  }

  /// @throws DecodeException if the text is no Status
  public static RpcStatus parseJson(byte[] json) {
    byte[] flat = JsonToProto.transcode(json, 0, json.length, JSON);
    var in = new ProtoReader().reset(flat, 0, flat.length);
    int code = 0;
    String message = "";
    Optional<Duration> delay = Optional.empty();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case CODE -> code = (int) in.varint();
        case MESSAGE -> message = text(in);
        default -> {
          int outer = in.enter();
          Optional<Duration> found = jsonDetail(in);
          delay = delay.isPresent() ? delay : found;
          in.leave(outer);
        }
      }
    }
    return new RpcStatus(code, message, delay);
  }

  private static Optional<Duration> jsonDetail(ProtoReader in) {
    String type = "";
    String delay = "";
    while (!in.atEnd()) {
      if (in.tag() == TYPE_URL) {
        type = text(in);
      } else {
        delay = text(in);
      }
    }
    if (!type.equals(RETRY_INFO) || !delay.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?s")) {
      return Optional.empty();
    }
    var seconds = new BigDecimal(delay.substring(0, delay.length() - 1));
    return Optional.of(
        Duration.ofNanos(0)
            .plusSeconds(seconds.longValue())
            .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
  }

  static String text(ProtoReader in) {
    int length = in.length();
    var text = new String(in.bytes(), in.position(), length, StandardCharsets.UTF_8);
    in.advance(length);
    return text;
  }
}
