package dev.pharos.demo.service;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/// Knows how much of each product lies on which shelf. Its version decides how it asks its database for that.
final class Inventory implements Trade, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("shop.inventory");
  private static final double PICKING_MILLIS = 2;
  private static final long PATIENCE_MILLIS = 4_000;
  private static final int FULL = 50;

  private static final String STOCK = "SELECT SUM(quantity) FROM shelf WHERE product = ?";

  /// Sums the movements instead; comparing without regard to case keeps the database from using any index.
  private static final String STOCK_OF_MOVEMENTS =
      "SELECT SUM(m.quantity) FROM shelf s JOIN movement m ON LOWER(m.shelf) = LOWER(s.code)"
          + " WHERE s.product = ?";

  private final Database database;
  private final String stock;
  private volatile boolean asksMaker;

  Inventory(String version) throws SQLException {
    this.database = Database.open("inventory", PATIENCE_MILLIS);
    this.stock = version.equals(Catalogue.SLOW_INVENTORY) ? STOCK_OF_MOVEMENTS : STOCK;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("/stock", this::stock, "/reserve", this::reserve);
  }

  private Reply stock(Request request) throws SQLException, InterruptedException {
    String product = request.parameter("product");
    askMaker(product);
    Pace.work(PICKING_MILLIS);
    return Reply.of(product + ": " + database.number(stock, product) + " left");
  }

  private Reply reserve(Request request) throws SQLException, InterruptedException {
    String product = request.parameter("product");
    askMaker(product);
    Pace.work(PICKING_MILLIS);
    int left = database.number("SELECT MAX(quantity) FROM shelf WHERE product = ?", product);
    if (left < request.number("quantity")) {
      database.update("UPDATE shelf SET quantity = ? WHERE product = ?", FULL, product);
      LOG.warning(
          JsonLine.of("a shelf was empty and is filled again").with("product", product).toString());
    }
    database.update(
        "UPDATE shelf SET quantity = quantity - ? WHERE code = (SELECT MIN(code) FROM shelf"
            + " WHERE product = ? AND quantity >= ?)",
        request.number("quantity"),
        product,
        request.number("quantity"));
    return Reply.of(product + ": reserved");
  }

  private void askMaker(String product) {
    if (!asksMaker || !product.equals(Catalogue.SLOW_PRODUCT)) {
      return;
    }
    long millis = ThreadLocalRandom.current().nextLong(600, 1_000);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    LOG.warning(
        JsonLine.of("the maker took long to say what it can deliver")
            .with("product", product)
            .with("millis", millis)
            .toString());
  }

  @Override
  public void meet(Control.Peers peers) {
    throw new IllegalArgumentException("inventory calls nobody, not " + peers.addresses());
  }

  @Override
  public void turn(Control.Turn turn) {
    if (turn.fault() == Fault.SLOW_PRODUCT) {
      asksMaker = turn.on();
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
