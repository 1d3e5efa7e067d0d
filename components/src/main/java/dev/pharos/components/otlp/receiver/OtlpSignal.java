package dev.pharos.components.otlp.receiver;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.Client;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Metadata;
import dev.pharos.model.Outcome;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.model.proto.DecodeException;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.transport.Body;
import dev.pharos.transport.BodyProblem;
import dev.pharos.transport.Execution;
import dev.pharos.transport.GrpcReply;
import dev.pharos.transport.GrpcRequest;
import dev.pharos.transport.GrpcRoute;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.wire.RequestKeys;
import dev.pharos.wire.otlp.Decoded;
import dev.pharos.wire.otlp.ExportResponse;
import dev.pharos.wire.otlp.OtlpCodec;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One signal of the receiver: its gRPC method and its HTTP path, from the request's bytes to the answer. Any thread.
final class OtlpSignal<B extends Batch> {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final int INLINE_BYTES = 512 << 10;
  private static final Body EMPTY_RESPONSE = Body.EMPTY;

  private final OtlpCodec<B> codec;
  private final Function<Headers, Tenant> tenants;
  private final OtlpIngest<B> grpc;
  private final OtlpIngest<B> http;
  private final Sink<B> next;

  OtlpSignal(OtlpCodec<B> codec, Function<Headers, Tenant> tenants, Setup setup, Sink<B> next) {
    this.codec = codec;
    this.tenants = tenants;
    grpc = ingest(setup, "grpc", codec, next);
    http = ingest(setup, "http", codec, next);
    this.next = next;
  }

  private static <B extends Batch> OtlpIngest<B> ingest(
      Setup setup, String transport, OtlpCodec<B> codec, Sink<B> next) {
    return new OtlpIngest<>(
        setup.registry(), setup.clock(), setup.id().toString(), transport, codec.signal(), next);
  }

  /// @param includesMetadata whether the metadata of calls travels with their data
  GrpcRoute grpcRoute(String method, int maxMessageBytes, boolean includesMetadata) {
    return GrpcRoute.of(
            method,
            (request, reply) -> {
              Client client = client(request.remoteAddress(), request.metadata(), includesMetadata);
              dispatch(request.message(), () -> call(request, client, reply));
            })
        .withExecution(Execution.INLINE)
        .withMaxMessageBytes(maxMessageBytes);
  }

  /// @param includesMetadata whether the headers of requests travel with their data
  HttpRoute httpRoute(String path, long maxBodyBytes, boolean includesMetadata) {
    return HttpRoute.of(
            "POST",
            path,
            (request, reply) -> {
              Client client = client(request.remoteAddress(), request.headers(), includesMetadata);
              dispatch(request.body(), () -> post(request, client, reply));
            })
        .withExecution(Execution.INLINE)
        .withMaxBodyBytes(maxBodyBytes)
        .withProblems(this::bodyProblem);
  }

  private static Client client(InetSocketAddress from, Headers headers, boolean includesMetadata) {
    return new Client(
        Optional.ofNullable(from).map(InetSocketAddress::getAddress),
        includesMetadata ? Metadata.of(headers::forEach) : Metadata.NONE);
  }

  /// Small requests are decoded where they arrive, which saves a hand-over that costs more than they do; large ones
  /// would keep the connection's neighbours waiting. Nothing downstream blocks: queues and the store answer later.
  private static void dispatch(Body body, Runnable work) {
    if (body.length() <= INLINE_BYTES) {
      work.run();
    } else {
      Thread.startVirtualThread(work);
    }
  }

  private void call(GrpcRequest request, Client client, GrpcReply reply) {
    Tenant tenant;
    try {
      tenant = tenants.apply(request.metadata());
    } catch (IllegalArgumentException e) {
      grpc.withoutTenant();
      fail(reply, Refusal.of(GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
      return;
    }
    Body message = request.message();
    Optional<Cargo<B>> whole = undecoded(message);
    if (whole.isPresent()) {
      grpc.take(whole.get(), tenant, client, outcome -> answer(reply, outcome));
      return;
    }
    Decoded<B> decoded;
    try {
      decoded =
          codec.decode(message.array(), message.offset(), message.offset() + message.length());
    } catch (DecodeException e) {
      grpc.undecodable(e);
      fail(reply, Refusal.of(GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
      return;
    }
    RequestKey key = key(tenant, decoded, message);
    grpc.take(decoded, tenant, client, key, outcome -> answer(reply, outcome));
  }

  private static void answer(GrpcReply reply, Outcome outcome) {
    if (outcome.failure().isPresent()) {
      fail(reply, Refusal.of(outcome.failure().get()));
    } else if (outcome.rejectedItems() == 0) {
      reply.send(EMPTY_RESPONSE);
    } else {
      reply.send(Body.of(new ExportResponse(outcome.rejectedItems(), outcome.reason()).toProto()));
    }
  }

  private static void fail(GrpcReply reply, Refusal refusal) {
    reply.fail(refusal.status(), refusal.message(), Body.of(refusal.details().toProto()));
  }

  private void post(HttpRequest request, Client client, HttpReply reply) {
    String type = mediaType(request);
    boolean json = type.equals(JSON);
    if (!json && !type.equals(PROTOBUF)) {
      reply.sendText(
          415, "415 unsupported media type, supported: [" + JSON + ", " + PROTOBUF + "]");
      return;
    }
    Body body = request.body();
    Tenant tenant;
    Decoded<B> decoded;
    try {
      tenant = tenants.apply(request.headers());
    } catch (IllegalArgumentException e) {
      http.withoutTenant();
      fail(reply, json, Refusal.of(GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
      return;
    }
    Optional<Cargo<B>> whole = json ? Optional.empty() : undecoded(body);
    if (whole.isPresent()) {
      http.take(whole.get(), tenant, client, httpAnswer(reply, false));
      return;
    }
    try {
      int end = body.offset() + body.length();
      decoded =
          json
              ? codec.decodeJson(body.array(), body.offset(), end)
              : codec.decode(body.array(), body.offset(), end);
    } catch (DecodeException e) {
      http.undecodable(e);
      fail(reply, json, Refusal.of(GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
      return;
    }
    RequestKey key = key(tenant, decoded, body);
    http.take(decoded, tenant, client, key, httpAnswer(reply, json));
  }

  /// The request as it is, if that is all that anybody behind this receiver asks for.
  private Optional<Cargo<B>> undecoded(Body body) {
    return next.looksInside()
        ? Optional.empty()
        : codec.undecoded(body.array(), body.offset(), body.offset() + body.length());
  }

  private Consumer<Outcome> httpAnswer(HttpReply reply, boolean json) {
    return outcome -> {
      if (outcome.failure().isPresent()) {
        fail(reply, json, Refusal.of(outcome.failure().get()));
        return;
      }
      var response =
          new ExportResponse(
              outcome.rejectedItems(), outcome.rejectedItems() == 0 ? "" : outcome.reason());
      reply.send(
          200,
          json ? JSON : PROTOBUF,
          Body.of(json ? response.toJson(codec.signal()) : response.toProto()));
    };
  }

  private static void fail(HttpReply reply, boolean json, Refusal refusal) {
    refusal.retryAfter().ifPresent(seconds -> reply.header("retry-after", seconds));
    Body status = Body.of(json ? refusal.details().toJson() : refusal.details().toProto());
    reply.send(refusal.httpStatus(), json ? JSON : PROTOBUF, status);
  }

  private void bodyProblem(HttpRequest request, BodyProblem problem, HttpReply reply) {
    http.undecodable(new DecodeException(problem.message()));
    fail(
        reply,
        mediaType(request).equals(JSON),
        Refusal.of(GrpcStatus.INVALID_ARGUMENT, problem.message()));
  }

  private static String mediaType(HttpRequest request) {
    String type = request.headers().first("content-type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
  }

  /// A request with a log record without time is stored with the time of its arrival, so it cannot be told from a
  /// resend.
  private RequestKey key(Tenant tenant, Decoded<B> decoded, Body body) {
    if (decoded.batch() instanceof LogBatch logs && anyWithoutTime(logs)) {
      return RequestKey.NONE;
    }
    return RequestKeys.of(
        tenant, signal(), body.array(), body.offset(), body.offset() + body.length());
  }

  private static boolean anyWithoutTime(LogBatch logs) {
    for (int row = 0; row < logs.rows(); row++) {
      if (logs.timeNanos()[row] == 0) {
        return true;
      }
    }
    return false;
  }

  private Signal signal() {
    return codec.signal();
  }
}
