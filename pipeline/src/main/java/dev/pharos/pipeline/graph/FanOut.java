package dev.pharos.pipeline.graph;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Patience;
import dev.pharos.model.Sink;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Durability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands each parcel to several branches and answers when the ones that count have answered.
///
/// If any branch is durable, the durable and required ones count; a best-effort branch that fails has dropped the data
/// for itself (its edge counts that). Without a durable branch all count, as in the Collector, but one that keeps
/// nothing only where no other is. The first failure of a counting branch is the answer. The batch is shared, since
/// batches never change.
public final class FanOut<B extends Batch> implements Sink<B> {
  private final List<Branch<B>> branches;
  private final boolean anyDurable;
  private final boolean anyKeeps;

  private FanOut(List<Branch<B>> branches) {
    this.branches = branches;
    this.anyDurable =
        branches.stream().anyMatch(branch -> branch.durability() == Durability.DURABLE);
    this.anyKeeps = branches.stream().anyMatch(branch -> branch.durability() != Durability.NONE);
  }

  /// A sink over all branches; a single one is used as it is.
  public static <B extends Batch> Sink<B> of(List<Branch<B>> branches) {
    return switch (branches.size()) {
      case 0 ->
          throw new IllegalArgumentException("fan-out of no branches (expected: at least one)");
      case 1 -> branches.get(0).sink();
      default -> new FanOut<>(List.copyOf(branches));
    };
  }

  @Override
  public void accept(Parcel<B> parcel) {
    var join = new Join(parcel.acknowledgement(), branches.size());
    for (Branch<B> branch : branches) {
      branch.sink().accept(parcel.with(part(join, branch)));
    }
  }

  @Override
  public void accept(Parcel<B> parcel, Patience patience) {
    var join = new Join(parcel.acknowledgement(), branches.size());
    for (Branch<B> branch : branches) {
      branch.sink().accept(parcel.with(part(join, branch)), patience);
    }
  }

  private Part part(Join join, Branch<B> branch) {
    return new Part(join, counts(branch.durability()));
  }

  @Override
  public boolean joins() {
    for (Branch<B> branch : branches) {
      if (!branch.sink().joins()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean looksInside() {
    for (Branch<B> branch : branches) {
      if (branch.sink().looksInside()) {
        return true;
      }
    }
    return false;
  }

  private boolean counts(Durability durability) {
    return switch (durability) {
      case DURABLE, REQUIRED -> true;
      case BEST_EFFORT -> !anyDurable;
      case NONE -> !anyKeeps;
    };
  }

  /// Answers the whole when the last part is answered.
  private static final class Join {
    private final Acknowledgement whole;
    private int open;
    private @Nullable Failure failure;

    Join(Acknowledgement whole, int open) {
      this.whole = whole;
      this.open = open;
    }

    void answer(@Nullable Failure why) {
      Failure first;
      synchronized (this) {
        if (failure == null) {
          failure = why;
        }
        if (--open > 0) {
          return;
        }
        if (open < 0) {
          throw new IllegalStateException("a branch answered twice");
        }
        first = failure;
      }
      if (first == null) {
        whole.done();
      } else {
        whole.fail(first);
      }
    }
  }

  /// One branch's acknowledgement. A branch that does not count answers for itself only, at once: nobody waits for it.
  private static final class Part implements Acknowledgement {
    private final Join join;
    private final boolean counts;

    Part(Join join, boolean counts) {
      this.join = join;
      this.counts = counts;
      if (!counts) {
        join.answer(null);
      }
    }

    @Override
    public void rejected(int source, long items, Cause cause, String reason) {
      if (counts) {
        join.whole.rejected(source, items, cause, reason);
      }
    }

    @Override
    public void done() {
      if (counts) {
        join.answer(null);
      }
    }

    @Override
    public void fail(Failure failure) {
      if (counts) {
        join.answer(failure);
      }
    }
  }
}
