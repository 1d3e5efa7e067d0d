package dev.pharos.app;

import dev.pharos.pipeline.component.Factories;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Environment;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.service.FeatureGates;
import dev.pharos.pipeline.config.service.ServiceConfig;
import dev.pharos.pipeline.config.service.ServiceConfigDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a command line's configuration comes to.
///
/// @param sources what it was read of, in order
/// @param tree merged, references replaced
/// @param warnings what the user should be told
record Configuration(
    List<String> sources, ConfigNode.MapNode tree, ServiceConfig service, List<Problem> warnings) {
  /// The name of the built-in configuration among `--config` sources.
  static final String BUILT_IN = "pharos:default";

  /// Loads and checks the configuration of a command line.
  ///
  /// @throws dev.pharos.pipeline.config.ConfigException with every error found
  static Configuration load(
      CommandLine line, Environment environment, Path directory, Factories factories) {
    FeatureGates gates = FeatureGates.parse(line.all("feature-gates"));
    String host = line.last("listen").orElse("localhost");
    var loader =
        new ConfigLoader(environment, directory, Map.of(BUILT_IN, builtIn(host)), gates.enabled());
    List<String> sources = line.all("config").isEmpty() ? List.of(BUILT_IN) : line.all("config");
    ConfigLoader.Loaded loaded = loader.load(sources, line.all("set"));
    ServiceConfigDecoder.Decoded decoded =
        ServiceConfigDecoder.decode(loaded.root(), factories, gates.enabled());
    List<Problem> warnings = new ArrayList<>(gates.warnings());
    warnings.addAll(loaded.warnings());
    warnings.addAll(decoded.warnings());
    return new Configuration(
        sources, loaded.root(), BuiltInPipelines.fed(decoded.config()), List.copyOf(warnings));
  }

  /// Whether some pipeline ends in the store.
  boolean keepsData() {
    return service.pipelines().values().stream()
        .flatMap(pipeline -> pipeline.exporters().stream())
        .anyMatch(exporter -> exporter.id().type().equals("store"));
  }

  /// The built-in configuration, listening on `host`.
  static String builtIn(String host) {
    try (InputStream text = Configuration.class.getResourceAsStream("default.yaml")) {
      if (text == null) {
        throw new IllegalStateException("default.yaml is not in the package");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .replace("localhost:", host + ":");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
