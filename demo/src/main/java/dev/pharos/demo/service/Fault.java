package dev.pharos.demo.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be made wrong in the shop.
public enum Fault {
  SLOW_PRODUCT(
      "inventory takes 0.6 to 1 s for one product, whose maker it asks",
      "inventory is slow by itself, where shop.product = " + Catalogue.SLOW_PRODUCT),
  FAILING_REGION(
      "orders has lost the carrier of one region, and refuses everything for it",
      "orders fails, where shop.region = " + Catalogue.FAILING_REGION),
  SLOW_QUERY(
      "inventory is replaced by version "
          + Catalogue.SLOW_INVENTORY
          + ", whose query for the stock finds no index",
      "inventory is slow by its database, where service.version = " + Catalogue.SLOW_INVENTORY),
  DYING_INSTANCE(
      "one of two instances of orders loses its database connections one by one",
      "orders fails, where service.instance.id = " + Catalogue.DYING_INSTANCE);

  private final String happening;
  private final String finding;

  Fault(String happening, String finding) {
    this.happening = happening;
    this.finding = finding;
  }

  /// As it is written on command lines, such as `slow-product`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What goes on while it is on.
  public String happening() {
    return happening;
  }

  /// The service and the attribute that tell what is wrong.
  public String finding() {
    return finding;
  }

  public static Optional<Fault> of(String word) {
    return Arrays.stream(values()).filter(fault -> fault.word().equals(word)).findFirst();
  }
}
