package dev.pharos.store.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.DiskFile;
import dev.pharos.log.LocalDisk;
import dev.pharos.model.Tenant;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredNumbersTest {
  private static final Tenant OTHER = new Tenant("other");

  @TempDir Path directory;

  private StoredNumbers open() {
    return StoredNumbers.open(LocalDisk.open(directory), "services", new SplittableRandom(1));
  }

  @Test
  void numbersServicesAsTheyComeAndKeepsTheNumbers() {
    try (var numbers = open()) {
      assertThat(numbers.of(Tenant.DEFAULT, List.of("shop", "pay")))
          .containsOnlyKeys("shop", "pay");
      assertThat(numbers.of(Tenant.DEFAULT, List.of("pay"))).containsEntry("pay", 0).hasSize(1);
      assertThat(numbers.of(Tenant.DEFAULT, List.of("auth", "shop")))
          .containsEntry("auth", 2)
          .containsEntry("shop", 1);
    }
    try (var again = open()) {
      assertThat(again.of(Tenant.DEFAULT, List.of("büro"))).containsEntry("büro", 3);
    }
    try (var again = open()) {
      assertThat(again.all(Tenant.DEFAULT))
          .containsEntry("pay", 0)
          .containsEntry("shop", 1)
          .containsEntry("auth", 2)
          .containsEntry("büro", 3)
          .hasSize(4);
    }
  }

  @Test
  void tellsNoTenantOfAnother() {
    try (var numbers = open()) {
      numbers.of(Tenant.DEFAULT, List.of("shop"));
      assertThat(numbers.of(OTHER, List.of("pay"))).containsEntry("pay", 0);
      assertThat(numbers.all(OTHER)).containsOnlyKeys("pay");
    }
    try (var again = open()) {
      assertThat(again.all(OTHER)).containsOnlyKeys("pay");
      assertThat(again.all(new Tenant("third"))).isEmpty();
    }
  }

  @Test
  void numbersNoMoreThanAnyoneTellsApart() {
    try (var numbers = open()) {
      List<String> many = IntStream.range(0, 5_000).mapToObj(i -> "s" + i).toList();
      assertThat(numbers.of(Tenant.DEFAULT, many)).hasSize(4_096);
      assertThat(numbers.of(Tenant.DEFAULT, List.of("one more", ""))).isEmpty();
      assertThat(numbers.of(OTHER, List.of("x".repeat(2_000)))).isEmpty();
    }
  }

  @Test
  void beginsAnewWhereTheFileIsDamaged() {
    try (var numbers = open()) {
      numbers.of(Tenant.DEFAULT, List.of("shop"));
      numbers.of(Tenant.DEFAULT, List.of("pay"));
    }
    var disk = LocalDisk.open(directory);
    try (DiskFile file = disk.open(disk.files("").getFirst())) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 10);
    }

    try (var again = open()) {
      assertThat(again.all(Tenant.DEFAULT)).isEmpty();
      assertThat(again.of(Tenant.DEFAULT, List.of("pay"))).containsEntry("pay", 0);
    }
    try (var again = open()) {
      assertThat(again.all(Tenant.DEFAULT)).containsOnlyKeys("pay");
    }
  }
}
