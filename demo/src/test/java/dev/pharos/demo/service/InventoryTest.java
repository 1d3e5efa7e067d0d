package dev.pharos.demo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static Request request(String path, String product) {
    return new Request("GET", path, Map.of("product", product, "quantity", "3"));
  }

  @Test
  void tellsTheSameStockInBothVersions() throws Exception {
    for (String version : List.of(Catalogue.SOUND_INVENTORY, Catalogue.SLOW_INVENTORY)) {
      try (var inventory = new Inventory(version)) {
        assertThat(inventory.endpoints().get("/stock").answer(request("/stock", "spyglass")))
            .as(version)
            .isEqualTo(Reply.of("spyglass: 1000 left"));
      }
    }
  }

  @Test
  void fillsAShelfAgainWhenNothingIsLeftToReserve() throws Exception {
    try (var inventory = new Inventory(Catalogue.SOUND_INVENTORY)) {
      Endpoint reserve = inventory.endpoints().get("/reserve");
      for (int i = 0; i < 400; i++) {
        assertThat(reserve.answer(request("/reserve", "sextant")).status()).isEqualTo(200);
      }

      String left = inventory.endpoints().get("/stock").answer(request("/stock", "sextant")).body();
      assertThat(Integer.parseInt(left.replaceAll("\\D", ""))).isBetween(0, 1_000);
    }
  }

  @Test
  void waitsForTheMakerOfOneProductOnly() throws Exception {
    try (var inventory = new Inventory(Catalogue.SOUND_INVENTORY)) {
      Endpoint stock = inventory.endpoints().get("/stock");
      inventory.turn(new Control.Turn(Fault.SLOW_PRODUCT, true));

      assertThat(millis(stock, Catalogue.SLOW_PRODUCT)).isGreaterThanOrEqualTo(600);
      inventory.turn(new Control.Turn(Fault.SLOW_PRODUCT, false));
      // The least of some: one alone may have to wait for a busy machine.
      long least = Long.MAX_VALUE;
      for (int call = 0; call < 5; call++) {
        least = Math.min(least, millis(stock, Catalogue.SLOW_PRODUCT));
      }
      assertThat(least).isLessThan(600);
    }
  }

  private static long millis(Endpoint stock, String product) throws Exception {
    long began = System.nanoTime();
    stock.answer(request("/stock", product));
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }
}
