package dev.pharos.log;

/// Decides what becomes of each force on a `PowerCutDisk`. It may block, which delays the force.
@FunctionalInterface
public interface ForceHook {
  Outcome before(ForceSite site, String name);

  /// What a force does.
  enum Outcome {
    PROCEED,
    /// Returns as if all were well, and makes nothing durable.
    IGNORE,
    /// Throws; an unknown part is durable, and the rest never will be, whatever is forced later.
    FAIL
  }
}
