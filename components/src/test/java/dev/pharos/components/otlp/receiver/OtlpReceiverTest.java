package dev.pharos.components.otlp.receiver;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.eventually;
import static dev.pharos.components.Running.setup;
import static dev.pharos.components.Running.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Samples;
import dev.pharos.components.SelfSigned;
import dev.pharos.components.listener.Listeners;
import dev.pharos.components.otlp.OtlpMethods;
import dev.pharos.model.Batch;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.Metadata;
import dev.pharos.model.Parcel;
import dev.pharos.model.Signal;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Sinks;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.ClientTls;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.GrpcFailure;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.Pem;
import dev.pharos.transport.Transport;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import dev.pharos.wire.otlp.RpcStatus;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The receiver over its sockets: what senders are answered, and what reaches the pipelines.
@Timeout(60)
class OtlpReceiverTest {
  private static final String TRACES = OtlpMethods.grpc(Signal.TRACES);

  private final Transport transport = Transport.open(2);
  private final Listeners listeners = new Listeners(transport);
  private final Registry registry = new Registry();
  private final LinkedBlockingQueue<Batch> taken = new LinkedBlockingQueue<>();
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private volatile Optional<Failure> failure = Optional.empty();
  private volatile long rejected;

  @AfterEach
  void close() {
    listeners.close();
    transport.close();
  }

  private void take(Parcel<? extends Batch> parcel) {
    if (failure.isPresent()) {
      parcel.acknowledgement().fail(failure.get());
      return;
    }
    if (rejected > 0) {
      parcel.acknowledgement().rejected(0, rejected, Cause.PAST_RETENTION, "too old by an hour");
    }
    taken.add(parcel.batch());
    clients.add(parcel.client());
    parcel.acknowledgement().done();
  }

  private Address serve(String protocols) {
    var receiver =
        new OtlpReceiver(
            listeners,
            headers -> {
              String tenant = headers.first("x-scope-orgid").orElse("default");
              if (tenant.contains("/")) {
                throw new IllegalArgumentException("tenant \"" + tenant + "\" is not valid");
              }
              return new Tenant(tenant);
            });
    receiver.create(
        setup("otlp", registry),
        config(OtlpReceiverConfig.SCHEMA, "protocols: " + protocols),
        Sinks.of(this::take, this::take, this::take));
    listeners.open();
    return listeners.addresses().get(0);
  }

  private Address grpc(String more) {
    return serve("{grpc: {endpoint: \"127.0.0.1:0\"" + more + "}}");
  }

  private Body call(GrpcClientSettings settings, GrpcCall call) throws Exception {
    try (GrpcClient client = transport.grpcClient(settings)) {
      return client.call(call).get(30, TimeUnit.SECONDS);
    }
  }

  private GrpcFailure refusal(GrpcClientSettings settings, GrpcCall call) throws Exception {
    try {
      call(settings, call);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GrpcFailure refused) {
        return refused;
      }
      throw e;
    }
    throw new AssertionError("the call was answered");
  }

  private static GrpcCall spans(int count) {
    return GrpcCall.of(TRACES, Body.of(OtlpCodec.TRACES.encode(Samples.spans(0, count))));
  }

  private double refused(String cause) {
    return value(registry, "pharos_receiver_refused_items_total", "grpc", cause);
  }

  @ParameterizedTest
  @EnumSource(
      value = ContentEncoding.class,
      names = {"IDENTITY", "GZIP", "ZSTD", "DEFLATE"})
  void takesEverySignalInEveryEncoding(ContentEncoding encoding) throws Exception {
    var settings = GrpcClientSettings.of(grpc("")).withEncoding(encoding);
    call(settings, spans(40));
    call(
        settings,
        GrpcCall.of(
            OtlpMethods.grpc(Signal.LOGS), Body.of(OtlpCodec.LOGS.encode(Samples.logs(0, 3)))));
    call(
        settings,
        GrpcCall.of(
            OtlpMethods.grpc(Signal.METRICS),
            Body.of(OtlpCodec.METRICS.encode(Samples.gauge(0, 7)))));
    assertThat(taken).extracting(Batch::items).containsExactly(40, 3, 7);
    assertThat(value(registry, "pharos_receiver_accepted_items_total", "grpc")).isEqualTo(50);
  }

  @Test
  void knowsWhenItLastTookSomething() throws Exception {
    String last = "pharos_receiver_last_accepted_timestamp_seconds";
    var settings = GrpcClientSettings.of(grpc(""));
    failure = Optional.of(Failure.retryable(Cause.MEMORY, "too much at once"));
    refusal(settings, spans(4));
    assertThat(value(registry, last, "grpc", "traces")).isZero();
    failure = Optional.empty();
    double before = System.currentTimeMillis() / 1000.0;
    call(settings, spans(4));
    assertThat(value(registry, last, "grpc", "traces"))
        .isBetween(before, System.currentTimeMillis() / 1000.0);
    assertThat(value(registry, last, "grpc", "logs")).isZero();
  }

  @Test
  void refusesBytesThatAreNoRequest() throws Exception {
    var settings = GrpcClientSettings.of(grpc(""));
    GrpcFailure refused = refusal(settings, GrpcCall.of(TRACES, Body.of(new byte[] {10, 50, 1})));
    assertThat(refused.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(refused.getMessage()).contains("length 50");
    assertThat(RpcStatus.parse(refused.details().bytes()).retryDelay()).isEmpty();
    assertThat(value(registry, "pharos_receiver_undecodable_requests_total", "grpc")).isEqualTo(1);
    call(settings, spans(1));
    assertThat(taken).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "MEMORY,UNAVAILABLE,memory",
    "DISK_FULL,UNAVAILABLE,disk_full",
    "TENANT_LIMIT,RESOURCE_EXHAUSTED,tenant_limit"
  })
  void asksOverloadingSendersToComeAgain(Cause cause, GrpcStatus status, String label)
      throws Exception {
    failure = Optional.of(Failure.retryable(cause, "too much at once", Duration.ofMillis(2500)));
    GrpcFailure refused = refusal(GrpcClientSettings.of(grpc("")), spans(4));
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.getMessage()).isEqualTo("too much at once");
    RpcStatus details = RpcStatus.parse(refused.details().bytes());
    assertThat(details.code()).isEqualTo(status.code());
    assertThat(details.retryDelay()).contains(Duration.ofMillis(2500));
    assertThat(refused(label)).isEqualTo(4);
    assertThat(value(registry, "pharos_receiver_received_items_total")).isEqualTo(4);
  }

  @Test
  void doesNotAskForMoreAfterAFailureForGood() throws Exception {
    failure = Optional.of(Failure.permanent(Cause.INTERNAL, "broken"));
    GrpcFailure refused = refusal(GrpcClientSettings.of(grpc("")), spans(2));
    assertThat(refused.status()).isEqualTo(GrpcStatus.INTERNAL);
    assertThat(RpcStatus.parse(refused.details().bytes()).retryDelay()).isEmpty();
  }

  @Test
  void tellsHowManyWereRejectedAndWhy() throws Exception {
    rejected = 3;
    Body answer = call(GrpcClientSettings.of(grpc("")), spans(5));
    assertThat(ExportResponse.parse(answer.bytes()))
        .isEqualTo(new ExportResponse(3, "too old by an hour"));
    assertThat(value(registry, "pharos_receiver_accepted_items_total")).isEqualTo(2);
  }

  @Test
  void refusesMessagesOverTheLimit() throws Exception {
    Address address = grpc(", max_recv_msg_size_mib: 1");
    byte[] large = OtlpCodec.TRACES.encode(Samples.spans(0, 30_000));
    assertThat(large.length).isGreaterThan(1 << 20);
    GrpcCall call = GrpcCall.of(TRACES, Body.of(large));
    for (ContentEncoding encoding :
        new ContentEncoding[] {ContentEncoding.IDENTITY, ContentEncoding.GZIP}) {
      GrpcFailure refused = refusal(GrpcClientSettings.of(address).withEncoding(encoding), call);
      assertThat(refused.status()).as(encoding.token()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
      assertThat(refused.getMessage()).contains("larger than max").contains("1048576");
    }
    assertThat(taken).isEmpty();
    call(GrpcClientSettings.of(address), spans(5));
    assertThat(taken).hasSize(1);
  }

  @Test
  void refusesTenantsAndMethodsThatItDoesNotKnow() throws Exception {
    Address address = grpc("");
    GrpcCall foreign =
        new GrpcCall(
            TRACES,
            spans(1).message(),
            Headers.of("x-scope-orgid", "../etc"),
            Duration.ofSeconds(20));
    GrpcFailure refused = refusal(GrpcClientSettings.of(address), foreign);
    assertThat(refused.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(refused.getMessage()).contains("../etc");
    assertThat(
            refusal(
                    GrpcClientSettings.of(address),
                    GrpcCall.of("opentelemetry.proto.Other/Export", Body.EMPTY))
                .status())
        .isEqualTo(GrpcStatus.UNIMPLEMENTED);
  }

  @Test
  void countsWhatComesToTheWrongPortOrPath() throws Exception {
    String counter = "pharos_receiver_misdirected_requests_total";
    Address grpc = grpc("");
    assertThat(post(grpc, "/v1/traces")).isEqualTo(404);
    assertThat(value(registry, counter, "port=\"grpc\"", "sent=\"http\"", "path=\"\""))
        .isEqualTo(1);
    listeners.close();
    Address http = serve("{http: {endpoint: \"127.0.0.1:0\"}}");
    assertThat(post(http, "/v1/traces/v1/traces")).isEqualTo(404);
    assertThat(post(http, "/secret")).isEqualTo(404);
    assertThat(value(registry, counter, "port=\"http\"", "path=\"/v1/traces/v1/traces\""))
        .isEqualTo(1);
    assertThat(value(registry, counter, "port=\"http\"", "path=\"other\"")).isEqualTo(1);
    assertThat(refusal(GrpcClientSettings.of(http), spans(1)).status())
        .isEqualTo(GrpcStatus.UNIMPLEMENTED);
    assertThat(value(registry, counter, "port=\"http\"", "sent=\"grpc\"")).isEqualTo(1);
  }

  private int post(Address address, String path) throws Exception {
    try (HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT)) {
      URI uri = URI.create("http://" + address + path);
      HttpCall call = HttpCall.post(uri, "application/x-protobuf", Body.EMPTY);
      return client.send(call).get(30, TimeUnit.SECONDS).status();
    }
  }

  @Test
  void takesGrpcAndHttpOverTls(@TempDir Path folder) throws Exception {
    SelfSigned server = SelfSigned.in(folder, "server");
    String tls =
        ", tls: {cert_file: \"%s\", key_file: \"%s\"}"
            .formatted(server.certificate(), server.key());
    serve(
        "{grpc: {endpoint: \"127.0.0.1:0\"%s}, http: {endpoint: \"127.0.0.1:0\"%s}}"
            .formatted(tls, tls));
    ClientTls trusting = ClientTls.DEFAULT.withCa(pem(server.certificate()));
    Address grpc = listeners.addresses().get(0);
    Address http = listeners.addresses().get(1);
    call(GrpcClientSettings.of(grpc).withTls(trusting), spans(2));
    HttpResponse response = post(http, trusting, 3);
    assertThat(response.status()).isEqualTo(200);
    assertThat(taken).extracting(Batch::items).containsExactly(2, 3);
    assertThat(refusal(GrpcClientSettings.of(grpc).withTls(ClientTls.DEFAULT), spans(1)).status())
        .isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(refusal(GrpcClientSettings.of(grpc), spans(1)).status())
        .isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(taken).hasSize(2);
  }

  @Test
  void letsMetadataTravelOnlyWhereItIsToldTo() throws Exception {
    serve(
        """
        {grpc: {endpoint: "127.0.0.1:0", include_metadata: true},
         http: {endpoint: "127.0.0.1:0", include_metadata: true}}""");
    Headers headers =
        Headers.of("content-type", "application/x-protobuf", "X-Shop", "north", "x-shop", "south");
    GrpcCall call =
        new GrpcCall(
            TRACES,
            spans(1).message(),
            Headers.of("X-Shop", "north", "x-shop", "south"),
            Duration.ofSeconds(20));
    call(GrpcClientSettings.of(listeners.addresses().get(0)), call);
    URI uri = URI.create("http://" + listeners.addresses().get(1) + "/v1/traces");
    try (HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT)) {
      HttpCall post = HttpCall.post(uri, "application/x-protobuf", spans(1).message());
      assertThat(client.send(post.withHeaders(headers)).get(30, TimeUnit.SECONDS).status())
          .isEqualTo(200);
    }
    assertThat(clients).hasSize(2);
    for (Client client : clients) {
      assertThat(client.address()).contains(InetAddress.getByName("127.0.0.1"));
      assertThat(client.metadata().values("x-shop")).containsExactly("north", "south");
      assertThat(client.metadata().values("host")).hasSize(1);
    }
  }

  @Test
  void letsNoMetadataTravelUnlessItIsToldTo() throws Exception {
    Headers headers = Headers.of("X-Shop", "north");
    GrpcCall call = new GrpcCall(TRACES, spans(1).message(), headers, Duration.ofSeconds(20));
    call(GrpcClientSettings.of(grpc("")), call);
    assertThat(clients).singleElement().extracting(Client::metadata).isSameAs(Metadata.NONE);
  }

  private HttpResponse post(Address address, ClientTls tls, int count) throws Exception {
    try (HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT.withTls(tls))) {
      URI uri = URI.create("https://" + address + "/v1/traces");
      CompletableFuture<HttpResponse> answer =
          client.send(HttpCall.post(uri, "application/x-protobuf", spans(count).message()));
      return answer.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void asksForACertificateWhereClientsMustHaveOne(@TempDir Path folder) throws Exception {
    SelfSigned server = SelfSigned.in(folder, "server");
    SelfSigned known = SelfSigned.in(folder, "known");
    SelfSigned stranger = SelfSigned.in(folder, "stranger");
    Address address =
        grpc(
            ", tls: {cert_file: \"%s\", key_file: \"%s\", client_ca_file: \"%s\"}"
                .formatted(server.certificate(), server.key(), known.certificate()));
    ClientTls trusting = ClientTls.DEFAULT.withCa(pem(server.certificate()));
    call(GrpcClientSettings.of(address).withTls(as(trusting, known)), spans(2));
    assertThat(taken).hasSize(1);
    assertThat(
            refusal(GrpcClientSettings.of(address).withTls(as(trusting, stranger)), spans(1))
                .status())
        .isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(refusal(GrpcClientSettings.of(address).withTls(trusting), spans(1)).status())
        .isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(taken).hasSize(1);
    eventually(() -> value(registry, "pharos_receiver_requests_total", "grpc") == 1);
  }

  private static ClientTls as(ClientTls tls, SelfSigned who) {
    return tls.withIdentity(pem(who.certificate()), pem(who.key()));
  }

  private static Pem pem(Path file) {
    return Pem.file(file.toString());
  }
}
