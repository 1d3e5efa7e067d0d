package dev.pharos.model;

import dev.pharos.observe.Cause;
import java.util.List;

/// The acknowledgement of a batch merged from several requests: what happens to the batch happens to each.
record Merged(List<Acknowledgement> sources) implements Acknowledgement {
  @Override
  public void rejected(int source, long items, Cause cause, String reason) {
    sources.get(source).rejected(0, items, cause, reason);
  }

  @Override
  public void done() {
    sources.forEach(Acknowledgement::done);
  }

  @Override
  public void fail(Failure failure) {
    sources.forEach(source -> source.fail(failure));
  }
}
