package dev.pharos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataTest {
  private static Metadata of(String... namesAndValues) {
    return Metadata.of(
        each -> {
          for (int i = 0; i < namesAndValues.length; i += 2) {
            each.accept(namesAndValues[i], namesAndValues[i + 1]);
          }
        });
  }

  @Test
  void findsEveryValueOfANameInAnyCase() {
    Metadata metadata = of("X-Shop", "a", "other", "o", "x-shop", "b");
    assertThat(metadata.values("X-SHOP")).containsExactly("a", "b");
    assertThat(metadata.values("absent")).isEmpty();
  }

  @Test
  void keepsOnlyWhatIsNamed() {
    Metadata metadata = of("X-Shop", "a", "authorization", "secret");
    assertThat(metadata.only(List.of("x-SHOP", "absent"))).isEqualTo(of("x-shop", "a"));
    assertThat(metadata.only(List.of("absent"))).isSameAs(Metadata.NONE);
    assertThat(metadata.only(List.of())).isSameAs(Metadata.NONE);
  }

  @Test
  void tellsEmptyValuesFromAbsentOnesAndOrders() {
    assertThat(of("a", "")).isNotEqualTo(Metadata.NONE).isNotEqualTo(of("a", "", "a", ""));
    assertThat(of("a", "1", "a", "2")).isNotEqualTo(of("a", "2", "a", "1"));
    assertThat(of("a", "1", "b", "2")).isEqualTo(of("B", "2", "A", "1"));
  }

  @Test
  void givesBackWhatItWasMadeOf() {
    List<String> seen = new ArrayList<>();
    of("A", "1", "a", "2").forEach((name, value) -> seen.add(name + "=" + value));
    assertThat(seen).containsExactly("a=1", "a=2");
    assertThat(of().isEmpty()).isTrue();
  }
}
