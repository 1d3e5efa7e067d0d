package dev.pharos.components;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Outcome;
import dev.pharos.model.Pending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The answer to one parcel, to be waited for.
public final class Answer {
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Acknowledgement acknowledgement = new Pending(outcome::complete);

  public Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  public boolean isThere() {
    return outcome.isDone();
  }

  /// Waits for it.
  public Outcome get() throws Exception {
    return outcome.get(20, TimeUnit.SECONDS);
  }
}
