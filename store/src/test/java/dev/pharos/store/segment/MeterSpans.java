package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.SplittableRandom;

/// Makes spans of a web shop: whole traces of 5 to 30 spans in five services, 8 to 12 attributes each, random ids. The
/// same seed gives the same spans.
public final class MeterSpans {
  private static final String[] ROUTES = {
    "/api/v1/cart/{id}",
    "/api/v1/products/{id}",
    "/api/v1/checkout",
    "/api/v1/orders/{id}/items",
    "/api/v1/users/{id}/profile",
    "/api/v1/payments",
    "/api/v1/catalog/search",
    "/api/v1/recommendations"
  };
  private static final String[] CALLS = {
    "CartService/GetCart",
    "ProductCatalog/ListProducts",
    "PaymentService/Charge",
    "ShippingService/GetQuote",
    "CurrencyService/Convert"
  };
  private static final String[] FUNCTIONS = {
    "computeTotals",
    "renderTemplate",
    "applyDiscounts",
    "validateAddress",
    "serializeResponse",
    "lookupSession"
  };
  private static final int DATABASE = 6;

  private final SplittableRandom random;
  private long now;
  private final long stepNanos;

  /// @param now Unix nanoseconds of the first batch
  /// @param stepNanos what each batch is later than the one before it
  public MeterSpans(long seed, long now, long stepNanos) {
    this.random = new SplittableRandom(seed);
    this.now = now;
    this.stepNanos = stepNanos;
  }

  /// A batch of whole traces with together `count` spans.
  public SpanBatch next(int count) {
    var batch = new SpanBatch(count);
    Symbols symbols = batch.symbols();
    for (String service : MeterShape.SERVICES) {
      for (int instance = 0; instance < 4; instance++) {
        MeterShape.resource(symbols, batch.resources(), service, instance);
      }
    }
    MeterShape.scope(symbols, batch.scopes(), "io.opentelemetry.spring-webmvc-6.0", "2.20.0-alpha");
    while (batch.rows() < count) {
      trace(batch, Math.min(5 + random.nextInt(26), count - batch.rows()));
    }
    now += stepNanos;
    return batch;
  }

  private void trace(SpanBatch batch, int count) {
    long hi = random.nextLong();
    long lo = random.nextLong() | 1;
    var ids = new long[count];
    var start = new long[count];
    var duration = new long[count];
    var kind = new int[count];
    var service = new int[count];
    long total =
        (long) (20e6 + random.nextDouble() * random.nextDouble() * random.nextDouble() * 1.5e9);
    int instance = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ids[i] = random.nextLong() | 1;
      int parent = i == 0 ? -1 : Math.max(0, i - 1 - random.nextInt(Math.min(i, 4)));
      if (i == 0) {
        start[0] = now - total - random.nextInt(200_000_000);
        duration[0] = total;
        kind[0] = 2;
      } else {
        start[i] = start[parent] + (long) (random.nextDouble() * 0.3 * duration[parent]);
        duration[i] =
            (long)
                ((start[parent] + duration[parent] - start[i]) * (0.2 + 0.7 * random.nextDouble()));
        service[i] = service[parent];
        int x = random.nextInt(10);
        if (kind[parent] == 3) {
          kind[i] = 2;
          service[i] = random.nextInt(MeterShape.SERVICES.length);
        } else {
          kind[i] = x < 4 ? 3 : x < 7 ? DATABASE : 1;
        }
      }
      int row = batch.addRow();
      batch.traceHi()[row] = hi;
      batch.traceLo()[row] = lo;
      batch.spanId()[row] = ids[i];
      batch.parentSpanId()[row] = parent < 0 ? 0 : ids[parent];
      batch.startNanos()[row] = start[i];
      batch.endNanos()[row] = start[i] + duration[i];
      batch.resource()[row] = service[i] * 4 + instance;
      span(batch, row, kind[i], service[i], parent < 0);
    }
  }

  private void span(SpanBatch batch, int row, int kind, int service, boolean root) {
    Symbols symbols = batch.symbols();
    AttributeRows to = batch.attributes();
    boolean fail = random.nextInt(100) < 2;
    int route = random.nextInt(ROUTES.length);
    String method = MeterShape.pick(random, MeterShape.METHODS);
    String table = MeterShape.pick(random, MeterShape.TABLES);
    String call = MeterShape.pick(random, CALLS);
    boolean rpc = (kind == 2 || kind == 3) && !root && random.nextInt(3) == 0;
    String name =
        kind == DATABASE
            ? "SELECT shop." + table
            : kind == 1
                ? MeterShape.pick(random, FUNCTIONS)
                : rpc ? "shop." + call : kind == 3 ? method : method + " " + ROUTES[route];
    batch.name()[row] = symbols.intern(name);
    batch.kind()[row] = (byte) (kind == DATABASE ? 3 : kind);
    if (kind == DATABASE) {
      database(symbols, to, table);
    } else if (kind == 1) {
      internal(symbols, to, name, service);
    } else if (rpc) {
      call(symbols, to, call, fail);
    } else {
      http(symbols, to, method, route, kind == 2, fail);
    }
    MeterShape.number(symbols, to, "thread.id", 20 + random.nextInt(180));
    MeterShape.text(symbols, to, "thread.name", "http-nio-8080-exec-" + random.nextInt(40));
    to.endParent();
    if (fail || random.nextInt(1000) < 30) {
      exception(batch, row);
    }
    batch.eventEnds()[row] = batch.events().rows();
    batch.linkEnds()[row] = batch.links().rows();
    if (fail) {
      batch.statusCode()[row] = 2;
      batch.statusMessage()[row] = symbols.intern("timeout");
    }
  }

  private void peer(Symbols symbols, AttributeRows to) {
    MeterShape.text(
        symbols, to, "net.peer.name", MeterShape.pick(random, MeterShape.SERVICES) + ".prod.svc");
    MeterShape.number(symbols, to, "net.peer.port", 30000 + random.nextInt(30000));
  }

  private void database(Symbols symbols, AttributeRows to, String table) {
    MeterShape.text(symbols, to, "db.system", "postgresql");
    MeterShape.text(symbols, to, "db.name", "shop");
    MeterShape.text(symbols, to, "db.user", "shop_app");
    MeterShape.text(symbols, to, "db.operation", "SELECT");
    MeterShape.text(symbols, to, "db.sql.table", table);
    MeterShape.text(
        symbols,
        to,
        "db.statement",
        "SELECT id, name, price, updated_at FROM " + table + " WHERE id = ? AND tenant = ?");
    MeterShape.text(symbols, to, "net.peer.name", "pg-primary.prod.svc");
    MeterShape.number(symbols, to, "net.peer.port", 5432);
    MeterShape.number(symbols, to, "db.rows", random.nextInt(200));
  }

  private void internal(Symbols symbols, AttributeRows to, String name, int service) {
    MeterShape.text(
        symbols,
        to,
        "code.namespace",
        "com.example.shop." + MeterShape.SERVICES[service].substring(5) + ".Service");
    MeterShape.text(symbols, to, "code.function", name);
    MeterShape.number(symbols, to, "items.count", random.nextInt(40));
    to.add(symbols.intern("cache.hit"), ValueType.BOOL, random.nextInt(3) > 0 ? 1 : 0);
    MeterShape.text(symbols, to, "user.id", "user-" + MeterShape.digits(random, 6));
    MeterShape.text(symbols, to, "session.id", MeterShape.hex(random, 16));
    MeterShape.text(symbols, to, "feature.flag", "checkout-v" + (1 + random.nextInt(3)));
  }

  private void call(Symbols symbols, AttributeRows to, String call, boolean fail) {
    int slash = call.indexOf('/');
    MeterShape.text(symbols, to, "rpc.system", "grpc");
    MeterShape.text(symbols, to, "rpc.service", "shop." + call.substring(0, slash));
    MeterShape.text(symbols, to, "rpc.method", call.substring(slash + 1));
    MeterShape.number(symbols, to, "rpc.grpc.status_code", fail ? 13 : 0);
    MeterShape.text(symbols, to, "user.id", "user-" + MeterShape.digits(random, 6));
    MeterShape.number(symbols, to, "message.size", 80 + random.nextInt(4000));
    peer(symbols, to);
  }

  private void http(
      Symbols symbols, AttributeRows to, String method, int route, boolean server, boolean fail) {
    MeterShape.text(symbols, to, "http.method", method);
    MeterShape.text(
        symbols,
        to,
        "http.url",
        "https://shop.example.com" + MeterShape.PATHS[route] + MeterShape.digits(random, 6));
    MeterShape.text(
        symbols, to, "http.target", MeterShape.PATHS[route] + MeterShape.digits(random, 6));
    MeterShape.number(
        symbols, to, "http.status_code", fail ? 500 : random.nextInt(30) == 0 ? 404 : 200);
    if (server) {
      MeterShape.text(symbols, to, "http.route", ROUTES[route]);
      MeterShape.text(
          symbols, to, "user_agent.original", MeterShape.pick(random, MeterShape.AGENTS));
      MeterShape.text(symbols, to, "user.id", "user-" + MeterShape.digits(random, 6));
      MeterShape.text(
          symbols,
          to,
          "net.sock.peer.addr",
          "10."
              + random.nextInt(4)
              + "."
              + random.nextInt(250)
              + ".1"
              + MeterShape.digits(random, 1));
    } else {
      MeterShape.number(symbols, to, "http.response_content_length", 200 + random.nextInt(9000));
    }
    peer(symbols, to);
  }

  private void exception(SpanBatch batch, int row) {
    Symbols symbols = batch.symbols();
    int event = batch.events().addRow();
    AttributeRows to = batch.events().attributes();
    batch.events().timeNanos()[event] =
        batch.startNanos()[row] + (batch.endNanos()[row] - batch.startNanos()[row]) * 9 / 10;
    batch.events().name()[event] = symbols.intern("exception");
    MeterShape.text(symbols, to, "exception.type", "java.net.SocketTimeoutException");
    MeterShape.text(
        symbols,
        to,
        "exception.message",
        "timeout after "
            + MeterShape.digits(random, 4)
            + " ms calling "
            + MeterShape.pick(random, MeterShape.SERVICES));
    MeterShape.text(
        symbols,
        to,
        "exception.stacktrace",
        "java.net.SocketTimeoutException: Read timed out\n"
            + "\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)\n"
            + "\tat com.example.shop.client.HttpClient.execute(HttpClient.java:214)\n"
            + "\tat com.example.shop.api.Controller.handle(Controller.java:97)\n");
    to.endParent();
  }
}
