package dev.pharos.app;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.pharos.model.Signal;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.GrpcFailure;
import dev.pharos.transport.Transport;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A way to send OTLP to a [PharosProcess]. Requests are given as OTLP JSON and turned to protobuf by the generated
/// classes, so that what is invalid arrives as it is.
enum OtlpWay {
  PROTOBUF,
  JSON,
  GRPC;

  /// In requests, five bytes that are no UTF-8.
  static final String BAD = "?BAD?";

  private static final Pattern ID =
      Pattern.compile("\"(traceId|spanId|parentSpanId)\":\"([0-9a-f]*)\"");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// What came back.
  ///
  /// @param code of gRPC, whatever the way: 0 for an export, with or without rejected items
  /// @param httpStatus 0 with gRPC
  /// @param rejected items, of partial success
  /// @param reason of a refusal or of partial success
  record Answer(int code, int httpStatus, long rejected, String reason) {}

  /// Sends a request of whole OTLP JSON.
  Answer send(PharosProcess process, Signal signal, String json) {
    return sendBytes(process, signal, this == JSON ? bytes(json) : proto(signal, json));
  }

  Answer sendBytes(PharosProcess process, Signal signal, byte[] request) {
    try {
      return this == GRPC ? grpc(process, signal, request) : http(process, signal, request);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String json) {
    return withBadBytes(json.getBytes(StandardCharsets.UTF_8));
  }

  /// The marker is as long as what it stands for, so lengths stay right.
  private static byte[] withBadBytes(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.replace(BAD, "\u00ff".repeat(BAD.length())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] proto(Signal signal, String json) {
    Message.Builder message =
        switch (signal) {
          case TRACES -> ExportTraceServiceRequest.newBuilder();
          case LOGS -> ExportLogsServiceRequest.newBuilder();
          case METRICS -> ExportMetricsServiceRequest.newBuilder();
        };
    String mapped =
        ID.matcher(json)
            .replaceAll(
                id ->
                    "\"%s\":\"%s\""
                        .formatted(
                            id.group(1),
                            Base64.getEncoder()
                                .encodeToString(HexFormat.of().parseHex(id.group(2)))));
    try {
      JsonFormat.parser().merge(mapped, message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(mapped, e);
    }
    return withBadBytes(message.build().toByteArray());
  }

  private Answer http(PharosProcess process, Signal signal, byte[] request)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://" + process.address("OTLP over HTTP") + "/v1/" + signal.label());
    HttpResponse<byte[]> answer =
        CLIENT.send(
            HttpRequest.newBuilder(uri)
                .header(
                    "content-type", this == JSON ? "application/json" : "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    int status = answer.statusCode();
    if (this == JSON) {
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      JsonNode partial = body.path("partialSuccess");
      if (status != 200) {
        return new Answer(body.path("code").asInt(), status, 0, body.path("message").asString(""));
      }
      long rejected = 0;
      for (String name :
          new String[] {"rejectedSpans", "rejectedLogRecords", "rejectedDataPoints"}) {
        rejected += Long.parseLong(partial.path(name).asString("0"));
      }
      return new Answer(0, status, rejected, partial.path("errorMessage").asString(""));
    }
    return status == 200 ? partial(answer.body(), status) : status(answer.body(), status);
  }

  private static Answer grpc(PharosProcess process, Signal signal, byte[] request)
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    String service =
        switch (signal) {
          case TRACES -> "trace.v1.TraceService";
          case METRICS -> "metrics.v1.MetricsService";
          case LOGS -> "logs.v1.LogsService";
        };
    try (Transport transport = Transport.open(1);
        GrpcClient client =
            transport.grpcClient(GrpcClientSettings.of(process.address("OTLP over gRPC")))) {
      Body answer =
          client
              .call(
                  GrpcCall.of(
                      "opentelemetry.proto.collector." + service + "/Export", Body.of(request)))
              .get(30, TimeUnit.SECONDS);
      return partial(answer.bytes(), 0);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GrpcFailure failure) {
        return new Answer(failure.status().code(), 0, 0, failure.getMessage());
      }
      throw e;
    }
  }

  /// The three answers differ in their names only.
  private static Answer partial(byte[] body, int status) throws InvalidProtocolBufferException {
    ExportTracePartialSuccess partial =
        ExportTraceServiceResponse.parseFrom(body).getPartialSuccess();
    return new Answer(0, status, partial.getRejectedSpans(), partial.getErrorMessage());
  }

  private static Answer status(byte[] body, int status) {
    var details = dev.pharos.wire.otlp.RpcStatus.parse(body);
    return new Answer(details.code(), status, 0, details.message());
  }
}
