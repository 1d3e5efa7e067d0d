package dev.pharos.components;

import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.Position;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.Decoding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What components need around them in tests.
public final class Running {
  private static final Setup.Extensions NONE =
      new Setup.Extensions() {
        @Override
        public <E extends Extension> E find(Class<E> type, Optional<ComponentId> id) {
          throw new ComponentException("no extensions here");
        }
      };

  private Running() {}

  public static Setup setup(String id, Registry registry, Clock clock) {
    return new Setup(ComponentId.parse(id), new Position("test.yaml", 1, 1), registry, clock, NONE);
  }

  public static Setup setup(String id, Registry registry) {
    return setup(id, registry, Clock.systemUTC());
  }

  /// The record of a configuration without errors.
  public static <C> C config(ConfigSchema<C> schema, String yaml) {
    Problems problems = new Problems();
    C config = decode(schema, yaml, problems);
    if (!problems.errors().isEmpty()) {
      throw new AssertionError(problems.errors().toString());
    }
    return config;
  }

  /// The errors of a configuration.
  public static List<String> errors(ConfigSchema<?> schema, String yaml) {
    Problems problems = new Problems();
    decode(schema, yaml, problems);
    return problems.errors().stream().map(Problem::toString).toList();
  }

  /// The warnings of a configuration.
  public static List<String> warnings(ConfigSchema<?> schema, String yaml) {
    Problems problems = new Problems();
    decode(schema, yaml, problems);
    return problems.warnings().stream().map(Problem::toString).toList();
  }

  private static <C> C decode(ConfigSchema<C> schema, String yaml, Problems problems) {
    var loader =
        new ConfigLoader(name -> Optional.empty(), Path.of(""), Map.of("test:x", yaml), Set.of());
    return schema
        .decode(loader.load(List.of("test:x"), List.of()).root(), new Decoding("x", problems))
        .orElseThrow();
  }

  /// The value of a counter or gauge in the registry's text; 0 if it is not there.
  public static double value(Registry registry, String name, String... labelParts) {
    return registry
        .text()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> List.of(labelParts).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// Waits until something holds.
  public static void eventually(BooleanSupplier holds) {
    long until = System.nanoTime() + 20_000_000_000L;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("did not come to hold within 20 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Stops a component at the end of a `try`.
  public interface Stopping extends AutoCloseable {
    @Override
    void close();
  }

  public static Stopping start(Component component) {
    component.start();
    return component::stop;
  }
}
