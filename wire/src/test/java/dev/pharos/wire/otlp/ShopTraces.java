package dev.pharos.wire.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.Random;
import java.util.function.Consumer;

/// Realistic requests for measuring: spans of a shop's five services as an instrumented Java application sends them,
/// with HTTP, RPC, database and internal spans in the proportions of the load tool that measured the peers, about 460
/// bytes a span.
public final class ShopTraces {
  private static final String[] SERVICES = {
    "shop-frontend", "shop-cart", "shop-checkout", "shop-payment", "shop-catalog"
  };
  private static final String[] ROUTES = {
    "/api/v1/cart/{id}",
    "/api/v1/products/{id}",
    "/api/v1/checkout",
    "/api/v1/orders/{id}/items",
    "/api/v1/users/{id}/profile"
  };
  private static final String[] PATHS = {
    "/api/v1/cart/",
    "/api/v1/products/",
    "/api/v1/checkout?order=",
    "/api/v1/orders/",
    "/api/v1/users/"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "GET", "POST", "PUT"};
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "okhttp/4.12.0", "python-requests/2.32.3"
  };
  private static final String[] TABLES = {
    "orders", "cart_items", "products", "users", "payments", "inventory"
  };
  private static final String[] CALLS = {
    "CartService/GetCart", "PaymentService/Charge", "ShippingService/GetQuote"
  };
  private static final String[] FUNCTIONS = {
    "computeTotals", "renderTemplate", "applyDiscounts", "validateAddress"
  };
  private static final String TRACE =
      "java.net.SocketTimeoutException: Read timed out\n\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)\n"
          + "\tat com.example.shop.client.HttpClient.execute(HttpClient.java:214)\n";

  private final Random random;

  public ShopTraces(long seed) {
    random = new Random(seed);
  }

  /// A request of so many spans, by service.
  public byte[] request(int spans) {
    var data = TracesData.newBuilder();
    for (int s = 0; s < SERVICES.length; s++) {
      var resource = Resource.newBuilder();
      int instance = random.nextInt(4);
      text(resource::addAttributes, "service.name", SERVICES[s]);
      text(resource::addAttributes, "service.version", "2.14." + instance);
      text(
          resource::addAttributes,
          "service.instance.id",
          SERVICES[s] + "-6c9f7d5b8-" + (instance * 7919 + 77777));
      text(resource::addAttributes, "deployment.environment", "production");
      text(resource::addAttributes, "host.name", "ip-10-0-" + instance + "-11");
      text(resource::addAttributes, "telemetry.sdk.language", "java");
      var scope =
          ScopeSpans.newBuilder()
              .setScope(
                  InstrumentationScope.newBuilder()
                      .setName("io.opentelemetry.spring-webmvc-6.0")
                      .setVersion("2.20.0-alpha"));
      for (int i = s; i < spans; i += SERVICES.length) {
        scope.addSpans(span(SERVICES[s]));
      }
      if (scope.getSpansCount() > 0) {
        data.addResourceSpans(
            ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope));
      }
    }
    return data.build().toByteArray();
  }

  private Span span(String service) {
    long start = 1_763_700_000_000_000_000L + random.nextInt(1_000_000_000);
    var span = Span.newBuilder().setTraceId(id(16)).setSpanId(id(8)).setParentSpanId(id(8));
    span.setStartTimeUnixNano(start).setEndTimeUnixNano(start + random.nextInt(100_000_000));
    switch (random.nextInt(10)) {
      case 0, 1 -> database(span);
      case 2 -> internal(span, service);
      case 3, 4 -> rpc(span);
      default -> http(span);
    }
    number(span::addAttributes, "thread.id", 20 + random.nextInt(180));
    text(span::addAttributes, "thread.name", "http-nio-8080-exec-" + random.nextInt(40));
    if (random.nextInt(100) < 5) {
      var event = Span.Event.newBuilder().setTimeUnixNano(start + 5).setName("exception");
      text(event::addAttributes, "exception.type", "java.net.SocketTimeoutException");
      text(
          event::addAttributes,
          "exception.message",
          "timeout after " + random.nextInt(9999) + " ms calling " + service);
      text(event::addAttributes, "exception.stacktrace", TRACE);
      span.addEvents(event).setStatus(Status.newBuilder().setMessage("timeout").setCodeValue(2));
    }
    return span.build();
  }

  private void database(Span.Builder span) {
    String table = pick(TABLES);
    span.setName("SELECT shop." + table).setKindValue(3);
    text(span::addAttributes, "db.system", "postgresql");
    text(span::addAttributes, "db.name", "shop");
    text(span::addAttributes, "db.user", "shop_app");
    text(span::addAttributes, "db.operation", "SELECT");
    text(span::addAttributes, "db.sql.table", table);
    text(
        span::addAttributes,
        "db.statement",
        "SELECT id, name, price FROM " + table + " WHERE id = ? AND tenant = ?");
    text(span::addAttributes, "net.peer.name", "pg-primary.prod.svc");
    number(span::addAttributes, "net.peer.port", 5432);
    number(span::addAttributes, "db.rows", random.nextInt(200));
  }

  private void internal(Span.Builder span, String service) {
    String function = pick(FUNCTIONS);
    span.setName(function).setKindValue(1);
    text(span::addAttributes, "code.namespace", "com.example.shop." + service + ".Service");
    text(span::addAttributes, "code.function", function);
    number(span::addAttributes, "items.count", random.nextInt(40));
    span.addAttributes(
        KeyValue.newBuilder()
            .setKey("cache.hit")
            .setValue(AnyValue.newBuilder().setBoolValue(random.nextBoolean())));
    text(span::addAttributes, "user.id", "user-" + random.nextInt(1_000_000));
    text(span::addAttributes, "session.id", Long.toHexString(random.nextLong()));
    text(span::addAttributes, "feature.flag", "checkout-v" + random.nextInt(3));
  }

  private void rpc(Span.Builder span) {
    String[] call = pick(CALLS).split("/");
    span.setName("shop." + call[0] + "/" + call[1]).setKindValue(2 + random.nextInt(2));
    text(span::addAttributes, "rpc.system", "grpc");
    text(span::addAttributes, "rpc.service", "shop." + call[0]);
    text(span::addAttributes, "rpc.method", call[1]);
    number(span::addAttributes, "rpc.grpc.status_code", 0);
    text(span::addAttributes, "user.id", "user-" + random.nextInt(1_000_000));
    number(span::addAttributes, "message.size", 80 + random.nextInt(4000));
    peer(span);
  }

  private void http(Span.Builder span) {
    int route = random.nextInt(ROUTES.length);
    String method = pick(METHODS);
    boolean server = random.nextBoolean();
    span.setName(method + " " + ROUTES[route]).setKindValue(server ? 2 : 3);
    int number = random.nextInt(1_000_000);
    text(span::addAttributes, "http.method", method);
    text(span::addAttributes, "http.url", "https://shop.example.com" + PATHS[route] + number);
    text(span::addAttributes, "http.target", PATHS[route] + number);
    number(span::addAttributes, "http.status_code", 200);
    if (server) {
      text(span::addAttributes, "http.route", ROUTES[route]);
      text(span::addAttributes, "user_agent.original", pick(AGENTS));
      text(span::addAttributes, "user.id", "user-" + random.nextInt(1_000_000));
      text(
          span::addAttributes,
          "net.sock.peer.addr",
          "10." + random.nextInt(4) + "." + random.nextInt(250) + ".1");
    } else {
      number(span::addAttributes, "http.response_content_length", 200 + random.nextInt(9000));
    }
    peer(span);
  }

  private void peer(Span.Builder span) {
    text(span::addAttributes, "net.peer.name", pick(SERVICES) + ".prod.svc");
    number(span::addAttributes, "net.peer.port", 30_000 + random.nextInt(30_000));
  }

  private static void text(Consumer<KeyValue> add, String key, String value) {
    add.accept(
        KeyValue.newBuilder()
            .setKey(key)
            .setValue(AnyValue.newBuilder().setStringValue(value))
            .build());
  }

  private static void number(Consumer<KeyValue> add, String key, long value) {
    add.accept(
        KeyValue.newBuilder()
            .setKey(key)
            .setValue(AnyValue.newBuilder().setIntValue(value))
            .build());
  }

  private ByteString id(int size) {
    byte[] id = new byte[size];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }

  private String pick(String[] choice) {
    return choice[random.nextInt(choice.length)];
  }
}
