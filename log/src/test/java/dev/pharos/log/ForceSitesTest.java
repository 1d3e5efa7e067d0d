package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every force of this module is left out by a test that must then fail.
class ForceSitesTest {
  @Test
  void eachForceIsProvenByATestThatLeavesItOut() throws Exception {
    List<ForceSite> proven = new ArrayList<>(LogCrashTest.sites());
    proven.addAll(JournalCrashTest.sites());
    proven.addAll(LogDamageTest.sites());
    assertThat(declared()).hasSizeGreaterThan(10).hasSameElementsAs(proven);
  }

  private static List<ForceSite> declared()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    List<ForceSite> sites = new ArrayList<>();
    var source = DurableLog.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    try (Stream<Path> files = Files.list(Path.of(source).resolve("dev/pharos/log"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        for (Field field : Class.forName("dev.pharos.log." + name).getDeclaredFields()) {
          if (field.getType() == ForceSite.class) {
            sites.add((ForceSite) field.get(null));
          }
        }
      }
    }
    return sites;
  }
}
