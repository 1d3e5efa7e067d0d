package dev.pharos.pipeline.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileYamlTest {
  private static final String SIGNS = "{}[]:,-&*!|>'\"%@`#?~$<\n\t \u0000\ufeffa0";

  @Test
  void answersDamagedConfigurationsWithAConfigExceptionAtMost() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String whole = Files.readString(Conformance.shared("scenarios/collector-gateway.yaml"));
    for (int i = 0; i < 1000; i++) {
      String text = damaged(whole, random);
      try {
        Yaml.load(
            text, Map.of("A", "${env:A}", "B", text.substring(0, Math.min(50, text.length()))));
      } catch (ConfigException e) {
        if (e.errors().isEmpty()) {
          throw new AssertionError(
              "seed " + seed + ", text " + i + ": refused without a reason:\n" + text);
        }
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", text " + i + ":\n" + text, e);
      }
    }
  }

  private static String damaged(String whole, Random random) {
    int start = random.nextInt(whole.length());
    int end = start + random.nextInt(Math.min(600, whole.length() - start));
    StringBuilder text = new StringBuilder(whole.substring(random.nextBoolean() ? 0 : start, end));
    for (int i = random.nextInt(6); i > 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
        case 1 -> text.insert(at, random.nextBoolean() ? "${env:A}" : "'${env:B}x'");
        case 2 -> text.deleteCharAt(at);
        default -> {
          byte[] noise = new byte[4];
          random.nextBytes(noise);
          text.insert(at, new String(noise, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return text.toString();
  }
}
