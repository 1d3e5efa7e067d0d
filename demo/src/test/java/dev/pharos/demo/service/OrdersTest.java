package dev.pharos.demo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static Reply ask(Orders orders, String path, String region) throws Exception {
    Map<String, String> parameters =
        Map.of("product", "sextant", "quantity", "1", "region", region);
    return orders.endpoints().get(path).answer(new Request("GET", path, parameters));
  }

  @Test
  void refusesTheRegionThatHasLostItsCarrierAndNoOther() throws Exception {
    try (var inventory = new Inventory(Catalogue.SOUND_INVENTORY);
        var server = Server.start("inventory", inventory.endpoints());
        var orders = new Orders(false)) {
      orders.meet(new Control.Peers(List.of(URI.create("http://localhost:" + server.port()))));
      assertThat(ask(orders, "/quote", "eu-south")).isEqualTo(Reply.of("sextant: 1000 left"));
      assertThat(ask(orders, "/order", "eu-south").status()).isEqualTo(200);

      orders.turn(new Control.Turn(Fault.FAILING_REGION, true));

      assertThatThrownBy(() -> ask(orders, "/quote", "eu-south"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThatThrownBy(() -> ask(orders, "/order", "eu-south"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThat(ask(orders, "/order", "us-east").status()).isEqualTo(200);

      orders.turn(new Control.Turn(Fault.FAILING_REGION, false));
      assertThat(ask(orders, "/order", "eu-south").status()).isEqualTo(200);
    }
  }

  @Test
  void answersThatInventoryDoesNot() throws Exception {
    try (var server = Server.start("inventory", Map.of("/stock", _ -> new Reply(500, "")));
        var orders = new Orders(false)) {
      orders.meet(new Control.Peers(List.of(URI.create("http://localhost:" + server.port()))));

      assertThat(ask(orders, "/quote", "us-east").status()).isEqualTo(502);
    }
  }
}
