package dev.pharos.app;

import dev.pharos.app.training.TrainingLoad;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A short run of the whole program on free ports, from which the JVM makes its start-up cache: classes loaded and
/// linked, and profiles of the methods that requests and queries run through, so that they are compiled well at once.
///
/// @param directory a scratch folder
record Training(Clock clock, Path directory) {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  /// Settings that move every listener of the built-in configuration to a free port.
  static final List<String> FREE_PORTS =
      List.of(
          "receivers::otlp/pharos::protocols::grpc::endpoint=localhost:0",
          "receivers::otlp/pharos::protocols::http::endpoint=localhost:0",
          "extensions::query/pharos::endpoint=localhost:0",
          "extensions::query/pharos::prometheus_endpoint=localhost:0",
          "extensions::query/pharos::loki_endpoint=localhost:0",
          "extensions::query/pharos::tempo_endpoint=localhost:0",
          "extensions::query/pharos::jaeger_endpoint=localhost:0",
          "extensions::query/pharos::metrics_endpoint=localhost:0",
          "extensions::health_check/pharos::endpoint=localhost:0");

  int run() {
    var line = new CommandLine("train", Map.of("set", FREE_PORTS));
    try (var process = new Instance(clock, directory.resolve("data"))) {
      process.run(
          Configuration.load(line, name -> Optional.empty(), directory, process.factories()));
      int requests = new TrainingLoad(process.roles(), clock).run();
      LOG.info("trained with {} requests", requests);
    }
    return 0;
  }
}
