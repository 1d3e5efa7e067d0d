package dev.pharos.pipeline.queue;

import dev.pharos.model.Failure;

/// What a backend made of a batch.
public sealed interface SendResult {
  SendResult ALL = new Sent(0, "");

  /// The backend took the batch.
  ///
  /// @param rejectedItems that it refused alone (OTLP partial success); they are lost
  record Sent(long rejectedItems, String reason) implements SendResult {}

  /// The batch was not taken; [Failure#retryable] tells whether to try again, [Failure#retryAfter] when.
  ///
  /// @param answer of a few words, one of a small number: the status, or what went wrong instead
  record Failed(Failure failure, String answer) implements SendResult {
    public Failed(Failure failure) {
      this(failure, failure.cause().label());
    }
  }
}
