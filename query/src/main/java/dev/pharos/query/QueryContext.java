package dev.pharos.query;

import dev.pharos.observe.Account;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// What bounds one running query: its tenant, deadline, memory budget and cancellation.
///
/// `cancel` may be called by any thread; `reserve` and `release` by any of the query's threads. Close gives back what
/// is still reserved. Operators call [#check] at least once a block.
public final class QueryContext implements AutoCloseable {
  /// The budget of a query that nobody set one for.
  public static final long DEFAULT_BUDGET_BYTES = 512L << 20;

  private final String tenant;
  private final Clock clock;
  private final Instant deadline;
  private final Account account;
  private final long budgetBytes;
  private final AtomicLong reserved = new AtomicLong();
  private volatile boolean cancelled;

  /// @param account of all queries together
  /// @param budgetBytes of this query
  public QueryContext(
      String tenant, Clock clock, Duration timeout, Account account, long budgetBytes) {
    this.tenant = tenant;
    this.clock = clock;
    this.deadline = clock.instant().plus(timeout);
    this.account = account;
    this.budgetBytes = budgetBytes;
  }

  public String tenant() {
    return tenant;
  }

  public Clock clock() {
    return clock;
  }

  public Instant deadline() {
    return deadline;
  }

  public void cancel() {
    cancelled = true;
  }

  public boolean cancelled() {
    return cancelled;
  }

  /// Returns while the query may go on.
  ///
  /// @throws QueryException when it was cancelled or its deadline has passed
  public void check() {
    if (cancelled) {
      throw new QueryException(new QueryError.Cancelled("query was canceled"));
    }
    if (clock.instant().isAfter(deadline)) {
      throw new QueryException(new QueryError.Timeout("query timed out"));
    }
  }

  /// What the query may hold at most.
  public long budgetBytes() {
    return budgetBytes;
  }

  /// Charges memory that the query is about to hold.
  ///
  /// @throws QueryException when the query's budget, or that of all queries, does not have it
  public void reserve(long bytes) {
    long after = reserved.addAndGet(bytes);
    if (after > budgetBytes) {
      reserved.addAndGet(-bytes);
      throw new QueryException(
          new QueryError.Limit(
              "the query needs more than its memory budget of " + budgetBytes + " bytes"));
    }
    if (!account.tryReserve(bytes)) {
      reserved.addAndGet(-bytes);
      throw new QueryException(
          new QueryError.Limit(
              "all queries together need more than " + account.limitBytes() + " bytes of memory"));
    }
  }

  public void release(long bytes) {
    long left = reserved.addAndGet(-bytes);
    if (left < 0) {
      throw new IllegalStateException(
          "query memory: " + left + " bytes after a release of " + bytes);
    }
    account.release(bytes);
  }

  public long reservedBytes() {
    return reserved.get();
  }

  @Override
  public void close() {
    account.release(reserved.getAndSet(0));
  }
}
