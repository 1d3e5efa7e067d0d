package dev.pharos.demo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void losesAllItsConnectionsOneByOneAndGetsThemBack() throws Exception {
    try (var database = Database.open("orders", 1)) {
      database.leak(true);

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  database.number("SELECT COUNT(*) FROM carrier");
                }
              })
          .isInstanceOf(SQLTransientConnectionException.class)
          .hasMessage("no free connection: all 4 are in use, waited 1 ms");

      database.leak(false);
      assertThat(database.number("SELECT COUNT(*) FROM carrier"))
          .isEqualTo(Catalogue.REGIONS.size());
    }
  }

  @Test
  void hasACarrierForEachRegionAndAStockOfEachProduct() throws Exception {
    try (var orders = Database.open("orders", 1);
        var inventory = Database.open("inventory", 1)) {
      for (String region : Catalogue.REGIONS) {
        assertThat(orders.number("SELECT COUNT(*) FROM carrier WHERE region = ?", region))
            .as(region)
            .isOne();
      }
      for (String product : Catalogue.PRODUCTS) {
        assertThat(inventory.number("SELECT SUM(quantity) FROM shelf WHERE product = ?", product))
            .as(product)
            .isEqualTo(1_000);
      }
    }
  }
}
