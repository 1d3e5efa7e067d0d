package dev.pharos.components.otlp.exporter;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.schema.Check;
import java.util.Set;

/// Refuses what the Collector's clients can do and these cannot, where it is written, instead of sending otherwise than
/// asked.
final class ClientChecks {
  private static final Set<String> COMPRESSIONS =
      Set.of("", "none", "gzip", "zstd", "zlib", "deflate");

  private ClientChecks() {}

  static void compression(String compression, Check check) {
    if (!COMPRESSIONS.contains(compression)) {
      check.error(
          "compression",
          "\"" + compression + "\" is not supported (expected: none, gzip, zstd, zlib or deflate)");
    }
  }

  /// Authentication and the like need extensions that this version does not have.
  ///
  /// @throws ComponentException naming the owner
  static void refuseExtensions(String owner, boolean auth, boolean middlewares) {
    if (auth) {
      throw new ComponentException(
          owner + ": auth is not supported yet: no extension of this version proves who calls");
    }
    if (middlewares) {
      throw new ComponentException(owner + ": middlewares are not supported yet");
    }
  }
}
