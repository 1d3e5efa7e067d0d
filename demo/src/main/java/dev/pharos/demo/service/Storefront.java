package dev.pharos.demo.service;

import java.io.IOException;
import java.util.Map;

/// What customers meet: shows products with their price and stock, and takes their orders; for both it asks orders.
final class Storefront implements Trade {
  private static final double RENDERING_MILLIS = 4;

  private final Peers orders = new Peers();

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "/product", request -> serve(request.to("GET", "/quote")),
        "/checkout", request -> serve(request.to("POST", "/order")));
  }

  private Reply serve(Request wanted) throws IOException, InterruptedException {
    Reply found = orders.call(wanted);
    if (!found.isGood()) {
      return new Reply(502, "");
    }
    Pace.work(RENDERING_MILLIS);
    return Reply.of("<p>" + found.body() + "</p>");
  }

  @Override
  public void meet(Control.Peers peers) {
    orders.become(peers.addresses());
  }

  @Override
  public void turn(Control.Turn turn) {}
}
