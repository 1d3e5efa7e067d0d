package dev.pharos.demo;

import dev.pharos.demo.service.Catalogue;
import dev.pharos.demo.service.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What one customer does once: looks at a product, or buys it.
///
/// @param customer such as `c-017`
record Visit(
    String product, String region, String plan, String customer, int quantity, boolean buys) {
  /// What a visit's request carries as baggage, besides its parameters.
  static final List<String> BAGGAGE =
      List.of("shop.product", "shop.region", "shop.plan", "shop.customer");

  private static final List<String> PLANS = List.of("free", "pro", "business");
  private static final int CUSTOMERS = 150;
  private static final double BUYING_SHARE = 0.3;

  /// A visit of anybody; the first of the products, regions and plans are the most wanted.
  static Visit random(RandomGenerator random) {
    return new Visit(
        early(Catalogue.PRODUCTS, random),
        early(Catalogue.REGIONS, random),
        early(PLANS, random),
        String.format(Locale.ROOT, "c-%03d", random.nextInt(CUSTOMERS)),
        random.nextInt(1, 4),
        random.nextDouble() < BUYING_SHARE);
  }

  private static String early(List<String> all, RandomGenerator random) {
    return all.get((int) (all.size() * Math.pow(random.nextDouble(), 1.5)));
  }

  Request request() {
    return new Request(
        buys ? "POST" : "GET",
        buys ? "/checkout" : "/product",
        Map.of("product", product, "region", region, "quantity", Integer.toString(quantity)));
  }

  /// The value of header `baggage`.
  String baggage() {
    return "shop.product="
        + product
        + ",shop.region="
        + region
        + ",shop.plan="
        + plan
        + ",shop.customer="
        + customer;
  }
}
