package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.GrpcRoute;
import dev.pharos.transport.Headers;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Transport;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What senders say in their headers comes out as attributes at an OTLP server behind the whole program, past a batch
/// and a sending queue that join requests.
@Timeout(60)
class ClientMetadataTest {
  private static final String EXPORT = "opentelemetry.proto.collector.logs.v1.LogsService/Export";

  @TempDir Path directory;

  private final InstanceClient client = new InstanceClient();
  private final Transport transport = Transport.open(1);
  private final LinkedBlockingQueue<ExportLogsServiceRequest> exported =
      new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void carriesHeadersToAttributesOverHttpAndGrpc() throws Exception {
    try (Listening backend = transport.listen(Listener.of(Address.loopback(0), List.of(sink())));
        var instance = new Instance(Clock.systemUTC(), directory)) {
      instance.run(configuration(instance, backend.address()));
      Address http = client.otlp(instance);
      Address grpc =
          instance.addresses().stream()
              .filter(address -> !address.equals(http))
              .findFirst()
              .orElseThrow();
      for (int i = 0; i < 3; i++) {
        for (String shop : List.of("north", "south")) {
          call(grpc, "grpc " + shop, Headers.of("X-Shop", shop));
          post(http, "http " + shop, "X-Shop", shop, "X-Shop", "again");
        }
        call(grpc, "grpc", Headers.EMPTY);
      }
      assertThat(shops(15))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "grpc north", "north",
                  "grpc south", "south",
                  "http north", "north;again",
                  "http south", "south;again",
                  "grpc", "none"));
    }
  }

  private GrpcRoute sink() {
    return GrpcRoute.of(
        EXPORT,
        (request, reply) -> {
          try {
            exported.add(ExportLogsServiceRequest.parseFrom(request.message().bytes()));
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
          }
          reply.send(Body.EMPTY);
        });
  }

  private Configuration configuration(Instance instance, Address backend) {
    String yaml =
        """
        receivers:
          otlp:
            protocols:
              grpc: {endpoint: "127.0.0.1:0", include_metadata: true}
              http: {endpoint: "127.0.0.1:0", include_metadata: true}
        processors:
          batch: {timeout: 50ms, metadata_keys: [x-shop]}
          attributes: {actions: [{key: address, from_context: client.address, action: insert}]}
          resource: {attributes: [{key: shop, from_context: metadata.x-shop, default_value: none, action: upsert}]}
        exporters:
          otlp_grpc: {endpoint: "%s", tls: {insecure: true}, sending_queue: {batch: {flush_timeout: 50ms}}}
        service:
          telemetry: {metrics: {level: none}}
          pipelines:
            traces: {receivers: [otlp], exporters: [otlp_grpc]}
            logs: {receivers: [otlp], processors: [attributes, batch, resource], exporters: [otlp_grpc]}
        """
            .formatted(backend);
    return Configuration.load(
        new CommandLine("run", Map.of("config", List.of("yaml:" + yaml))),
        name -> Optional.empty(),
        directory,
        instance.factories());
  }

  private void call(Address address, String line, Headers headers) throws Exception {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request
        .addResourceLogsBuilder()
        .addScopeLogsBuilder()
        .addLogRecordsBuilder()
        .setTimeUnixNano(1)
        .setBody(AnyValue.newBuilder().setStringValueBytes(ByteString.copyFromUtf8(line)));
    Body body = Body.of(request.build().toByteArray());
    try (GrpcClient grpc = transport.grpcClient(GrpcClientSettings.of(address))) {
      grpc.call(new GrpcCall(EXPORT, body, headers, Duration.ofSeconds(20)))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private void post(Address address, String line, String... headers) {
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","body":{"stringValue":"%s"}}]}]}]}"""
            .formatted(line);
    assertThat(client.with(headers).post(address, "/v1/logs", json).statusCode()).isEqualTo(200);
  }

  /// The attribute `shop` of the Resource of each line that arrives, until there are as many lines as are expected.
  private Map<String, String> shops(int lines) throws InterruptedException {
    Map<String, String> shops = new HashMap<>();
    for (int seen = 0; seen < lines; ) {
      ExportLogsServiceRequest request = exported.poll(20, TimeUnit.SECONDS);
      assertThat(request).as("after " + shops).isNotNull();
      for (ResourceLogs resource : request.getResourceLogsList()) {
        String shop = attribute(resource.getResource().getAttributesList(), "shop");
        for (LogRecord record : resource.getScopeLogs(0).getLogRecordsList()) {
          seen++;
          assertThat(attribute(record.getAttributesList(), "address")).isEqualTo("127.0.0.1");
          String before = shops.put(record.getBody().getStringValue(), shop);
          assertThat(before == null || before.equals(shop)).as(before + ", " + shop).isTrue();
        }
      }
    }
    return shops;
  }

  private static String attribute(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }
}
