package dev.pharos.wire.otlp;

import dev.pharos.model.Signal;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.model.proto.ProtoReader;
import dev.pharos.model.proto.ProtoWriter;
import dev.pharos.wire.json.FieldKind;
import dev.pharos.wire.json.JsonToProto;
import dev.pharos.wire.json.MessageField;
import dev.pharos.wire.json.MessageType;
import dev.pharos.wire.json.ProtoToJson;
import java.nio.charset.StandardCharsets;

/// The answer to an export request (ExportTraceServiceResponse and its like, which differ in JSON names only). With
/// nothing rejected and no message it is the full success, whose `partial_success` is unset.
///
/// @param rejectedItems spans, log records or data points that were not accepted
/// @param message why, or a warning; for people
public record ExportResponse(long rejectedItems, String message) {
  public static final ExportResponse SUCCESS = new ExportResponse(0, "");

  private static final int PARTIAL_SUCCESS = 1 << 3 | 2;
  private static final int REJECTED = 1 << 3;
  private static final int MESSAGE = 2 << 3 | 2;

  private static final MessageType TRACES = type("rejectedSpans");
  private static final MessageType LOGS = type("rejectedLogRecords");
  private static final MessageType METRICS = type("rejectedDataPoints");

  private static MessageType type(String rejected) {
    var partial =
        new MessageType("PartialSuccess")
            .define(
                new MessageField(1, rejected, FieldKind.INT64),
                new MessageField(2, "errorMessage", FieldKind.STRING));
    return new MessageType("ExportResponse").define(MessageField.one(1, "partialSuccess", partial));
  }

  private static MessageType type(Signal signal) {
    return switch (signal) {
      case TRACES -> TRACES;
      case LOGS -> LOGS;
      case METRICS -> METRICS;
    };
  }

  public byte[] toProto() {
    var out = new ProtoWriter(64);
    if (rejectedItems != 0 || !message.isEmpty()) {
      if (!message.isEmpty()) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        out.bytes(MESSAGE, utf8, 0, utf8.length);
      }
      if (rejectedItems != 0) {
        out.varint(REJECTED, rejectedItems);
      }
      out.message(PARTIAL_SUCCESS, 0);
    }
    return out.toByteArray();
  }

  public byte[] toJson(Signal signal) {
    byte[] proto = toProto();
    return ProtoToJson.transcode(proto, 0, proto.length, type(signal), ProtoToJson.Mapping.OTLP);
  }

  /// @throws DecodeException if the bytes are no such response
  public static ExportResponse parse(byte[] proto) {
    var in = new ProtoReader().reset(proto, 0, proto.length);
    long rejected = 0;
    String message = "";
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag != PARTIAL_SUCCESS) {
        in.skip(tag);
        continue;
      }
      int outer = in.enter();
      while (!in.atEnd()) {
        int inner = in.tag();
        switch (inner) {
          case REJECTED -> rejected = in.varint();
          case MESSAGE -> message = RpcStatus.text(in);
          default -> in.skip(inner);
        }
      }
      in.leave(outer);
    }
    return new ExportResponse(rejected, message);
  }

  /// @throws DecodeException if the text is no such response
  public static ExportResponse parseJson(byte[] json, Signal signal) {
    return parse(JsonToProto.transcode(json, 0, json.length, type(signal)));
  }
}
