package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.demo.service.Catalogue;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VisitTest {
  @Test
  void saysTheSameInItsParametersAndItsBaggage() {
    var visit = new Visit("sextant", "us-east", "pro", "c-007", 2, true);

    assertThat(visit.request().at(URI.create("http://localhost:1")))
        .hasToString("http://localhost:1/checkout?product=sextant&quantity=2&region=us-east");
    assertThat(visit.request().method()).isEqualTo("POST");
    assertThat(visit.baggage())
        .isEqualTo("shop.product=sextant,shop.region=us-east,shop.plan=pro,shop.customer=c-007");
    assertThat(Stream.of(visit.baggage().split(",")).map(pair -> pair.split("=")[0]))
        .containsExactlyElementsOf(Visit.BAGGAGE);
  }

  @Test
  void wantsEachProductAndRegionAndTheFaultyOnesOftenEnough() {
    var random = new Random(11);
    List<Visit> visits = Stream.generate(() -> Visit.random(random)).limit(5_000).toList();
    Set<String> products = new HashSet<>();
    Set<String> regions = new HashSet<>();
    visits.forEach(visit -> products.add(visit.product()));
    visits.forEach(visit -> regions.add(visit.region()));

    assertThat(products).containsExactlyInAnyOrderElementsOf(Catalogue.PRODUCTS);
    assertThat(regions).containsExactlyInAnyOrderElementsOf(Catalogue.REGIONS);
    assertThat(visits.stream().filter(one -> one.product().equals(Catalogue.SLOW_PRODUCT)).count())
        .isBetween(350L, 850L);
    assertThat(visits.stream().filter(one -> one.region().equals(Catalogue.FAILING_REGION)).count())
        .isBetween(500L, 1_200L);
  }
}
