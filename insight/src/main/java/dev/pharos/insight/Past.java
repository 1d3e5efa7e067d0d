package dev.pharos.insight;

import java.util.Optional;

/// The same hours of earlier days of one series: of a service, an operation, an edge or a peer.
@FunctionalInterface
interface Past {
  /// Read when first asked for.
  ///
  /// @param days how many days earlier
  /// @return empty where there were no calls
  Optional<Earlier> on(int days);
}
