package dev.pharos.store.engine;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One or more requests of one tenant that become one frame of the log and one batch of the head, and those who wait
/// for the outcome.
///
/// [#attach] and [#complete] may be called by any thread, the rest by one at a time.
final class Piece<B extends Batch> {
  private final Tenant tenant;
  private final List<Member<B>> members = new ArrayList<>();
  private long[] keys = new long[8];
  private int keyLongs;
  private final List<RequestRows> parts = new ArrayList<>(0);
  private @Nullable B batch;
  private @Nullable BatchBuffer encoded;
  private final List<Acknowledgement> attached = new ArrayList<>();
  private boolean completed;
  private Optional<Failure> failure = Optional.empty();

  Piece(Tenant tenant) {
    this.tenant = tenant;
  }

  Tenant tenant() {
    return tenant;
  }

  List<Member<B>> members() {
    return members;
  }

  void addKey(long hi, long lo) {
    if (keyLongs == keys.length) {
      keys = Arrays.copyOf(keys, keyLongs * 2);
    }
    keys[keyLongs++] = hi;
    keys[keyLongs++] = lo;
  }

  /// The keys of the requests that this piece completes, two longs each.
  long[] keys() {
    return Arrays.copyOf(keys, keyLongs);
  }

  void addPart(RequestRows rows) {
    parts.add(rows);
  }

  /// The rows that this piece stores of requests that came in parts.
  List<RequestRows> parts() {
    return parts;
  }

  void content(B made, BatchBuffer bytes) {
    batch = made;
    encoded = bytes;
  }

  B batch() {
    if (batch == null) {
      throw new IllegalStateException(
          "a piece of " + members.size() + " requests has no batch yet");
    }
    return batch;
  }

  BatchBuffer encoded() {
    if (encoded == null) {
      throw new IllegalStateException(
          "a piece of " + members.size() + " requests is not encoded yet");
    }
    return encoded;
  }

  int items() {
    return batch == null ? 0 : batch.items();
  }

  /// Answers a resend together with the request that came first: at once if that is decided.
  void attach(Acknowledgement resend) {
    synchronized (this) {
      if (!completed) {
        attached.add(resend);
        return;
      }
    }
    answer(resend, failure);
  }

  /// Decides the outcome and answers everybody.
  void complete(Optional<Failure> outcome, EngineCounters counters) {
    synchronized (this) {
      completed = true;
      failure = outcome;
    }
    for (Member<B> member : members) {
      if (outcome.isPresent()) {
        counters.refused(outcome.get().cause(), member.parcel().batch().items());
        member.fail(outcome.get());
      } else {
        member.done(counters);
      }
    }
    for (Acknowledgement resend : attached) {
      answer(resend, outcome);
    }
  }

  private static void answer(Acknowledgement to, Optional<Failure> outcome) {
    if (outcome.isPresent()) {
      to.fail(outcome.get());
    } else {
      to.done();
    }
  }
}
