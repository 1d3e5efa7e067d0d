package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.SplittableRandom;

/// What generated spans and log lines have in common: five services in four instances each.
final class MeterShape {
  static final String[] SERVICES = {
    "shop-frontend", "shop-cart", "shop-checkout", "shop-payment", "shop-catalog"
  };
  static final String[] PATHS = {
    "/api/v1/cart/",
    "/api/v1/products/",
    "/api/v1/checkout?order=",
    "/api/v1/orders/",
    "/api/v1/users/",
    "/api/v1/payments?ref=",
    "/api/v1/catalog/search?q=item-",
    "/api/v1/recommendations?user="
  };
  static final String[] METHODS = {"GET", "GET", "GET", "GET", "POST", "PUT"};
  static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    "okhttp/4.12.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)",
    "python-requests/2.32.3"
  };
  static final String[] TABLES = {
    "orders", "products", "users", "cart_items", "payments", "inventory"
  };
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private MeterShape() {}

  static int resource(Symbols symbols, ResourceTable resources, String service, int instance) {
    AttributeRows to = resources.attributes();
    text(symbols, to, "service.name", service);
    text(symbols, to, "service.version", "2.14." + instance % 3);
    text(
        symbols,
        to,
        "service.instance.id",
        service + "-6c9f7d5b8-" + String.format("%05x", instance * 7919 + 77777));
    text(symbols, to, "deployment.environment", "production");
    text(symbols, to, "host.name", "ip-10-0-" + instance + "-" + (11 + instance * 3));
    text(symbols, to, "telemetry.sdk.language", "java");
    to.endParent();
    return resources.add(0, 0, 0);
  }

  static int scope(Symbols symbols, ScopeTable scopes, String name, String version) {
    scopes.attributes().endParent();
    return scopes.add(symbols.intern(name), symbols.intern(version), 0, 0);
  }

  static void text(Symbols symbols, AttributeRows to, String key, String value) {
    to.add(symbols.intern(key), ValueType.STRING, symbols.intern(value));
  }

  static void number(Symbols symbols, AttributeRows to, String key, long value) {
    to.add(symbols.intern(key), ValueType.INT, value);
  }

  static String digits(SplittableRandom random, int count) {
    var text = new char[count];
    for (int i = 0; i < count; i++) {
      text[i] = (char) ('0' + random.nextInt(10));
    }
    return new String(text);
  }

  static String hex(SplittableRandom random, int count) {
    var text = new char[count];
    for (int i = 0; i < count; i++) {
      text[i] = HEX[random.nextInt(16)];
    }
    return new String(text);
  }

  static <T> T pick(SplittableRandom random, T[] of) {
    return of[random.nextInt(of.length)];
  }
}
