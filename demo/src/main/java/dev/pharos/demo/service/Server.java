package dev.pharos.demo.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Answers a service's endpoints on a free port of the loopback interface, and writes a log line for each request.
final class Server implements AutoCloseable {
  private static final int THREADS = 24;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Logger log;

  private Server(HttpServer server, Logger log) {
    this.server = server;
    this.log = log;
  }

  static Server start(String name, Map<String, Endpoint> endpoints) throws IOException {
    var socket = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var started = new Server(HttpServer.create(socket, 0), Logger.getLogger("shop." + name));
    endpoints.forEach(
        (path, endpoint) ->
            started.server.createContext(path, exchange -> started.handle(exchange, endpoint)));
    started.server.setExecutor(started.threads);
    started.server.start();
    return started;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange, Endpoint endpoint) throws IOException {
    long began = System.nanoTime();
    Request request = Request.of(exchange.getRequestMethod(), exchange.getRequestURI());
    String asked = request.method() + " " + request.path();
    Reply reply;
    try {
      reply = endpoint.answer(request);
      Level level = reply.isGood() ? Level.INFO : Level.SEVERE;
      log.log(level, line(asked, request, reply.status(), began).toString());
    } catch (Exception e) {
      reply = new Reply(e instanceof SQLTransientException ? 503 : 500, "");
      String failed = asked + " failed: " + e.getMessage();
      log.log(Level.SEVERE, line(failed, request, reply.status(), began).toString(), e);
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonLine line(String message, Request request, int status, long began) {
    return JsonLine.of(message)
        .with(request.parameters())
        .with("status", status)
        .with("millis", (System.nanoTime() - began) / 1_000_000);
  }

  /// Lets requests that are under way come to their end.
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
