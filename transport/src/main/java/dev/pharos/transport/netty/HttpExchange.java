package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.BodyProblem;
import dev.pharos.transport.Compressor;
import dev.pharos.transport.ContentEncoding;
import dev.pharos.transport.Cors;
import dev.pharos.transport.Decompressor;
import dev.pharos.transport.Execution;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.HttpStream;
import dev.pharos.transport.Parameters;
import dev.pharos.transport.RouteTable.Match;
import dev.pharos.transport.Strays;
import dev.pharos.transport.UnreadableBodyException;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP request on its way to its route's handler and back.
///
/// A request that is refused by its head has its content read and thrown away up to 256 KiB, which keeps the
/// connection; beyond that it is answered at once.
final class HttpExchange extends Exchange implements HttpRequest, HttpReply, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

  /// Content that is still worth reading to keep a connection.
  private static final int MOST_DISCARDED = 256 << 10;

  /// Compressed content that an inline route may inflate on the event loop.
  private static final int MOST_INFLATED_INLINE = 16 << 10;

  private static final Set<String> ALWAYS_ALLOWED =
      Set.of(
          "",
          "accept",
          "accept-language",
          "content-language",
          "content-type",
          "origin",
          "x-requested-with");

  private static final int LEAST_COMPRESSED = 1024;

  private final String method;
  private final String path;
  private final String rawQuery;
  private final List<AsciiString> fields = new ArrayList<>();
  private @Nullable HttpRoute route;
  private Map<String, String> pathParameters = Map.of();
  private ContentEncoding encoding = ContentEncoding.IDENTITY;
  private @Nullable BodyBuffer buffer;
  private @Nullable Runnable refusal;
  private boolean settled;
  private long discarded;
  private volatile Body body = Body.EMPTY;

  HttpExchange(Service service, Outlet outlet, Headers headers, String method, String target) {
    super(service, outlet, headers);
    this.method = method;
    int question = target.indexOf('?');
    this.path = question < 0 ? target : target.substring(0, question);
    this.rawQuery = question < 0 ? "" : target.substring(question + 1);
  }

  @Override
  void begin() {
    fields.addAll(service.replyHeaders());
    Optional<String> origin =
        service.cors().isPresent() ? headers.first("origin") : Optional.empty();
    if (origin.isPresent() && crossOrigin(service.cors().get(), origin.get())) {
      refuse(() -> send(204, "", Body.EMPTY));
      return;
    }
    switch (service.routes().http(method, path)) {
      case Match.Unknown() -> {
        service.routes().tell(new Strays.Stray(false, method, path));
        refuse(() -> sendText(404, "404 page not found\n"));
      }
      case Match.WrongMethod(String allow) ->
          refuse(
              () ->
                  header("allow", allow)
                      .sendText(405, "405 method not allowed, supported: [" + allow + "]\n"));
      case Match.Found(HttpRoute found, Map<String, String> parameters) -> {
        route = found;
        pathParameters = parameters;
        expectBody(found);
      }
    }
    if (refusal != null && contentLength() > MOST_DISCARDED) {
      settleRefusal();
    }
  }

  /// Adds the CORS fields; true for a preflight request, which no route sees.
  private boolean crossOrigin(Cors cors, String origin) {
    header("vary", "Origin");
    boolean preflight =
        method.equals("OPTIONS") && headers.contains("access-control-request-method");
    if (!cors.allows(origin)) {
      return preflight;
    }
    header("access-control-allow-origin", origin);
    header("access-control-allow-credentials", "true");
    if (!preflight) {
      if (!cors.exposedHeaders().isEmpty()) {
        header("access-control-expose-headers", String.join(", ", cors.exposedHeaders()));
      }
      return false;
    }
    header(
        "access-control-allow-methods", headers.first("access-control-request-method").orElse(""));
    headers
        .first("access-control-request-headers")
        .filter(wanted -> allowed(cors, wanted))
        .ifPresent(wanted -> header("access-control-allow-headers", wanted));
    if (cors.maxAge().isPositive()) {
      header("access-control-max-age", Long.toString(cors.maxAge().toSeconds()));
    }
    return true;
  }

  private static boolean allowed(Cors cors, String wanted) {
    for (String name : wanted.split(",")) {
      String bare = name.strip().toLowerCase(Locale.ROOT);
      boolean listed =
          cors.allowedHeaders().stream()
              .anyMatch(each -> each.equals("*") || each.equalsIgnoreCase(bare));
      if (!listed && !ALWAYS_ALLOWED.contains(bare)) {
        return false;
      }
    }
    return true;
  }

  private void expectBody(HttpRoute found) {
    if (found.encodings().contains(ContentEncoding.IDENTITY)) {
      String claimed = headers.first("content-encoding").orElse("");
      Optional<ContentEncoding> known =
          ContentEncoding.of(claimed).filter(found.encodings()::contains);
      if (known.isEmpty()) {
        refuse(found, new BodyProblem.UnsupportedEncoding(claimed));
        return;
      }
      encoding = known.get();
    }
    long length = contentLength();
    if (length > found.maxBodyBytes()) {
      refuse(found, new BodyProblem.TooLarge(found.maxBodyBytes()));
      return;
    }
    buffer = new BodyBuffer(length, found.maxBodyBytes());
  }

  private long contentLength() {
    try {
      return Long.parseLong(headers.first("content-length").orElse("-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void refuse(HttpRoute found, BodyProblem problem) {
    refuse(() -> found.problems().handle(this, problem, this));
  }

  private void refuse(Runnable answer) {
    buffer = null;
    refusal = answer;
  }

  @Override
  boolean refused() {
    return refusal != null;
  }

  /// Answers a refused request now, whatever of it is still to come.
  void settleRefusal() {
    Runnable answer = refusal;
    if (answer != null && !settled) {
      settled = true;
      guarded(answer);
    }
  }

  @Override
  void data(ByteBuf in) {
    if (buffer != null) {
      HttpRoute found = route;
      if (found != null && !buffer.append(in)) {
        refuse(found, new BodyProblem.TooLarge(found.maxBodyBytes()));
      }
    }
    if (refusal != null) {
      discarded += in.readableBytes();
      in.skipBytes(in.readableBytes());
      if (discarded > MOST_DISCARDED) {
        settleRefusal();
      }
    }
  }

  @Override
  void end() {
    HttpRoute found = route;
    if (refusal != null || found == null) {
      settleRefusal();
      return;
    }
    int size = buffer == null ? 0 : buffer.size();
    boolean inflatesLong = encoding != ContentEncoding.IDENTITY && size > MOST_INFLATED_INLINE;
    if (found.execution() == Execution.INLINE && !inflatesLong) {
      run();
    } else {
      service.threads().execute(this);
    }
  }

  /// Decompresses and calls the handler.
  @Override
  public void run() {
    HttpRoute found = route;
    BodyBuffer read = buffer;
    if (found == null || read == null) {
      throw new IllegalStateException(
          method + " " + path + " has no route or no content to run with");
    }
    buffer = null;
    guarded(
        () -> {
          try {
            body = Decompressor.decompress(encoding, read.body(), found.maxBodyBytes());
          } catch (UnreadableBodyException e) {
            found.problems().handle(this, e.problem(), this);
            return;
          }
          found.handler().handle(this, this);
        });
  }

  private void guarded(Runnable answer) {
    try {
      answer.run();
    } catch (RuntimeException | Error e) {
      LOG.error("the handler of {} {} failed", method, path, e);
      if (!answered()) {
        fields.clear();
        sendText(500, "Internal Server Error\n");
      }
    }
  }

  @Override
  public HttpReply header(String name, String value) {
    if (answered()) {
      throw new IllegalStateException("header " + name + " after the answer (expected: before)");
    }
    fields.add(Fields.name(name));
    fields.add(Fields.value(name, value));
    return this;
  }

  @Override
  public void send(int status, String contentType, Body content) {
    claim();
    type(contentType);
    Body sent = content;
    if (route != null && route.compressReplies() && content.length() >= LEAST_COMPRESSED) {
      fields.add(AsciiString.cached("vary"));
      fields.add(AsciiString.cached("Accept-Encoding"));
      if (takesGzip()) {
        sent = Compressor.compress(ContentEncoding.GZIP, Compressor.DEFAULT_LEVEL, content);
        fields.add(Fields.CONTENT_ENCODING);
        fields.add(AsciiString.cached("gzip"));
      }
    }
    outlet.send(status, fields.toArray(AsciiString[]::new), sent, Outlet.NONE);
  }

  private boolean takesGzip() {
    for (String token : headers.first("accept-encoding").orElse("").split(",")) {
      String[] parts = token.split(";");
      if (parts[0].strip().equalsIgnoreCase("gzip")) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private void type(String contentType) {
    if (!contentType.isEmpty()) {
      fields.add(Fields.CONTENT_TYPE);
      fields.add(Fields.value("content-type", contentType));
    }
  }

  @Override
  public HttpStream stream(int status, String contentType) {
    claim();
    type(contentType);
    outlet.start(status, fields.toArray(AsciiString[]::new));
    return new HttpStream() {
      @Override
      public CompletableFuture<Void> write(Body chunk) {
        return outlet.write(chunk);
      }

      @Override
      public void close() {
        outlet.finish(Outlet.NONE);
      }

      @Override
      public void abort() {
        outlet.abort();
      }
    };
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawQuery() {
    return rawQuery;
  }

  @Override
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "path parameter " + name + " (expected: one of " + pathParameters.keySet() + ")");
    }
    return value;
  }

  @Override
  public Parameters query() {
    return Parameters.parse(rawQuery);
  }

  @Override
  public Parameters parameters() {
    String type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/x-www-form-urlencoded")
        ? Parameters.parse(body.text()).then(query())
        : query();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public Body body() {
    return body;
  }
}
