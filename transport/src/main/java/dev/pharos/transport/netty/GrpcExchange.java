package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.BodyProblem;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.Execution;
import dev.pharos.transport.GrpcReply;
import dev.pharos.transport.GrpcRequest;
import dev.pharos.transport.GrpcRoute;
import dev.pharos.transport.GrpcStatus;
import dev.pharos.transport.GrpcStream;
import dev.pharos.transport.GrpcStreamRoute;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import dev.pharos.transport.Strays;
import dev.pharos.transport.UnreadableBodyException;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One gRPC call on its way to its route's handler and back.
final class GrpcExchange extends Exchange implements GrpcRequest, GrpcReply, GrpcStream, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcExchange.class);

  /// Compressed messages that an inline route may inflate on the event loop.
  private static final int MOST_INFLATED_INLINE = 16 << 10;

  private final String path;
  private final long deadlineNanos;
  private final boolean hasDeadline;
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable Route route;
  private @Nullable MessageReader reader;
  private int maxMessageBytes;
  private boolean refused;
  private boolean streaming;
  private volatile Body message = Body.EMPTY;

  GrpcExchange(Service service, Outlet outlet, Headers headers, String path) {
    super(service, outlet, headers);
    this.path = path;
    var timeout = headers.first("grpc-timeout").flatMap(GrpcWords::timeoutNanos);
    this.hasDeadline = timeout.isPresent();
    this.deadlineNanos = timeout.map(nanos -> System.nanoTime() + nanos).orElse(0L);
  }

  @Override
  void begin() {
    Route found = service.routes().grpc(path).orElse(null);
    if (found == null) {
      service.routes().tell(new Strays.Stray(true, "POST", path));
      int slash = path.lastIndexOf('/');
      refuse(
          GrpcStatus.UNIMPLEMENTED,
          slash < 1
              ? "malformed method name: \"" + path + "\""
              : "unknown method "
                  + path.substring(slash + 1)
                  + " for service "
                  + path.substring(1, slash));
      return;
    }
    route = found;
    maxMessageBytes =
        switch (found) {
          case GrpcRoute unary -> unary.maxMessageBytes();
          case GrpcStreamRoute stream -> stream.maxMessageBytes();
          case HttpRoute _, Strays _ ->
              throw new IllegalStateException(path + " is no gRPC route, and among them");
        };
    reader = new MessageReader(maxMessageBytes);
  }

  @Override
  void data(ByteBuf in) {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    MessageReader into = reading();
    switch (into.read(in)) {
      case PARTIAL, WHOLE -> {}
      case TOO_LARGE -> refuse(GrpcStatus.RESOURCE_EXHAUSTED, tooLarge(into.length()));
      case SEVERAL -> refuse(GrpcStatus.INTERNAL, "more than one message in a unary request");
    }
  }

  @Override
  void end() {
    if (refused) {
      return;
    }
    MessageReader read = reading();
    if (!read.whole()) {
      refuse(
          GrpcStatus.INTERNAL,
          read.nothing() ? "the request has no message" : "the request's message ends early");
      return;
    }
    boolean inflatesLong = read.compressed() && read.length() > MOST_INFLATED_INLINE;
    if (route instanceof GrpcRoute unary
        && unary.execution() == Execution.INLINE
        && !inflatesLong) {
      run();
    } else {
      service.threads().execute(this);
    }
  }

  private MessageReader reading() {
    MessageReader current = reader;
    if (current == null) {
      throw new IllegalStateException(path + " is not being read");
    }
    return current;
  }

  @Override
  boolean refused() {
    return refused;
  }

  private void refuse(GrpcStatus status, String why) {
    refused = true;
    fail(status, why, Body.EMPTY);
  }

  private String tooLarge(long bytes) {
    return "received message larger than max (" + bytes + " vs. " + maxMessageBytes + ")";
  }

  /// Decompresses and calls the handler.
  @Override
  public void run() {
    MessageReader read = reading();
    reader = null;
    try {
      String claimed = headers.first("grpc-encoding").orElse("identity");
      message = read.message(ContentEncoding.of(claimed), claimed);
      switch (route) {
        case GrpcRoute unary -> unary.handler().call(this, this);
        case GrpcStreamRoute stream -> stream.handler().call(this, this);
        case null, default -> throw new IllegalStateException(path + " has no route to run with");
      }
    } catch (UnreadableBodyException e) {
      switch (e.problem()) {
        case BodyProblem.TooLarge(long limit) ->
            fail(
                GrpcStatus.RESOURCE_EXHAUSTED,
                "received message after decompression larger than max (" + limit + ")");
        case BodyProblem.UnsupportedEncoding(String encoding) ->
            fail(GrpcStatus.UNIMPLEMENTED, "unsupported grpc-encoding: " + encoding);
        case BodyProblem.Malformed malformed -> fail(GrpcStatus.INTERNAL, malformed.message());
      }
    } catch (RuntimeException | Error e) {
      LOG.error("the handler of {} failed", path, e);
      if (!answered()) {
        fail(GrpcStatus.INTERNAL, "internal error");
      }
    }
  }

  @Override
  public void send(Body answer) {
    claim();
    outlet.send(200, GrpcWords.HEADERS, GrpcWords.frame(answer), GrpcWords.OK);
  }

  @Override
  public void fail(GrpcStatus status, String why, Body details) {
    if (streaming) {
      endStream(GrpcWords.status(status, why, details).toArray(AsciiString[]::new));
      return;
    }
    claim();
    List<AsciiString> fields = new ArrayList<>(Arrays.asList(GrpcWords.HEADERS));
    fields.addAll(GrpcWords.status(status, why, details));
    outlet.send(200, fields.toArray(AsciiString[]::new), Body.EMPTY, Outlet.NONE);
  }

  @Override
  public void fail(GrpcStatus status, String why) {
    fail(status, why, Body.EMPTY);
  }

  @Override
  public CompletableFuture<Void> write(Body part) {
    startStream();
    return outlet.write(GrpcWords.frame(part));
  }

  @Override
  public void close() {
    startStream();
    endStream(GrpcWords.OK);
  }

  private void startStream() {
    if (!streaming) {
      claim();
      streaming = true;
      outlet.start(200, GrpcWords.HEADERS);
    }
  }

  private void endStream(AsciiString[] trailers) {
    if (ended.compareAndSet(false, true)) {
      outlet.finish(trailers);
    }
  }

  @Override
  public String method() {
    return path.substring(1);
  }

  @Override
  public Body message() {
    return message;
  }

  @Override
  public Headers metadata() {
    return headers;
  }

  @Override
  public OptionalLong remainingNanos() {
    return hasDeadline ? OptionalLong.of(deadlineNanos - System.nanoTime()) : OptionalLong.empty();
  }
}
