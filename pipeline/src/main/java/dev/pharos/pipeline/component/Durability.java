package dev.pharos.pipeline.component;

/// What the acknowledgement of an exporter means, which decides who waits for it.
public enum Durability {
  /// Answers once the data would survive a power cut: the store, a persistent queue. The sender waits for it.
  DURABLE,
  /// Answers once it holds the data in memory. What it cannot take is dropped for this branch alone if a durable branch
  /// of the same source took it.
  BEST_EFFORT,
  /// The sender waits for it and is refused with it, whatever it is (`required: true`).
  REQUIRED,
  /// Keeps nothing of what it gets. Beside any other branch nobody waits for it; alone it refuses.
  NONE
}
