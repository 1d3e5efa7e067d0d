package dev.pharos.demo.service;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes quotes and takes orders. Both are kept in a database that knows a carrier for each region, and both need
/// something from inventory.
final class Orders implements Trade, AutoCloseable {
  private static final double PRICING_MILLIS = 2;
  private static final long PATIENCE_MILLIS = 1_000;

  /// Orders that stay in the database.
  private static final int KEPT = 2_000;

  private final Peers inventory = new Peers();
  private final Database database;
  private final boolean mortal;
  private final AtomicInteger taken = new AtomicInteger();

  /// @param mortal whether this is the instance that can lose its connections
  Orders(boolean mortal) throws SQLException {
    this.database = Database.open("orders", PATIENCE_MILLIS);
    this.mortal = mortal;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("/quote", this::quote, "/order", this::order);
  }

  private Reply quote(Request request) throws SQLException, IOException, InterruptedException {
    Reply stock = inventory.call(request.to("GET", "/stock"));
    if (!stock.isGood()) {
      return new Reply(502, "");
    }
    Pace.work(PRICING_MILLIS);
    database.update(
        "MERGE INTO quote (product, region) KEY (product, region) VALUES (?, ?)",
        request.parameter("product"),
        request.parameter("region"));
    return Reply.of(stock.body());
  }

  private Reply order(Request request) throws SQLException, IOException, InterruptedException {
    Reply reserved = inventory.call(request.to("POST", "/reserve"));
    if (!reserved.isGood()) {
      return new Reply(502, "");
    }
    Pace.work(PRICING_MILLIS);
    database.update(
        "INSERT INTO purchase (product, quantity, region) VALUES (?, ?, ?)",
        request.parameter("product"),
        request.number("quantity"),
        request.parameter("region"));
    if (taken.incrementAndGet() % KEPT == 0) {
      database.update("DELETE FROM purchase WHERE id <= (SELECT MAX(id) FROM purchase) - ?", KEPT);
    }
    return Reply.of(reserved.body());
  }

  @Override
  public void meet(Control.Peers peers) {
    inventory.become(peers.addresses());
  }

  @Override
  public void turn(Control.Turn turn) throws SQLException, InterruptedException {
    switch (turn.fault()) {
      case FAILING_REGION ->
          database.update(
              turn.on()
                  ? "DELETE FROM carrier WHERE region = ?"
                  : "MERGE INTO carrier (region) VALUES (?)",
              Catalogue.FAILING_REGION);
      case DYING_INSTANCE -> database.leak(turn.on() && mortal);
      case SLOW_PRODUCT, SLOW_QUERY -> {}
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
