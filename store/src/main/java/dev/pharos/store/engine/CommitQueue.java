package dev.pharos.store.engine;

import dev.pharos.model.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Brings requests to the thread that prepares groups, and groups to the thread that writes them. Any thread may
/// [#offer].
///
/// While the writer waits for a force, requests gather; once enough rows have, they are prepared ahead. When the writer
/// is free, whatever there is goes at once, so that a lone request never waits for company.
final class CommitQueue<B extends Batch> {
  /// Rows that are worth preparing while the writer is busy.
  private static final int AHEAD_ROWS = 1024;

  private static final int MAX_PIECE_ROWS = 32 << 10;
  private static final int MAX_GROUP_ROWS = 256 << 10;

  private final int maxRequests;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition ready = lock.newCondition();
  private final Deque<Member<B>> waiting = new ArrayDeque<>();
  private long waitingRows;
  private List<Piece<B>> group = new ArrayList<>();
  private long groupRows;
  private Optional<List<Piece<B>>> handedOver = Optional.empty();
  private boolean writerFree = true;
  private boolean closing;
  private boolean drained;

  CommitQueue(int maxRequests) {
    this.maxRequests = maxRequests;
  }

  enum Offered {
    TAKEN,
    FULL,
    CLOSED
  }

  Offered offer(Member<B> member) {
    lock.lock();
    try {
      if (closing) {
        return Offered.CLOSED;
      }
      if (waiting.size() >= maxRequests) {
        return Offered.FULL;
      }
      waiting.addLast(member);
      waitingRows += member.parcel().batch().items();
      if (writerFree || waitingRows >= AHEAD_ROWS) {
        work.signal();
      }
      return Offered.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /// Requests to be prepared next; waits for them. Empty when the queue is closed and everything was handed over.
  List<Member<B>> take() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (!waiting.isEmpty()
            && groupRows < MAX_GROUP_ROWS
            && (writerFree || waitingRows >= AHEAD_ROWS || closing)) {
          return takeWaiting();
        }
        handOver();
        if (closing && waiting.isEmpty() && group.isEmpty()) {
          drained = true;
          ready.signalAll();
          return List.of();
        }
        work.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Member<B>> takeWaiting() {
    var taken = new ArrayList<Member<B>>();
    long rows = 0;
    while (!waiting.isEmpty() && rows < MAX_PIECE_ROWS) {
      Member<B> member = waiting.removeFirst();
      rows += member.parcel().batch().items();
      taken.add(member);
    }
    waitingRows -= rows;
    return taken;
  }

  /// Adds what was prepared to the next group.
  void prepared(List<Piece<B>> pieces) {
    lock.lock();
    try {
      for (Piece<B> piece : pieces) {
        group.add(piece);
        groupRows += piece.items();
      }
      handOver();
    } finally {
      lock.unlock();
    }
  }

  private void handOver() {
    if (writerFree && !group.isEmpty()) {
      writerFree = false;
      handedOver = Optional.of(group);
      group = new ArrayList<>();
      groupRows = 0;
      ready.signal();
    }
  }

  /// The next group for the writer; empty when there will be none.
  List<Piece<B>> nextGroup() throws InterruptedException {
    lock.lock();
    try {
      while (handedOver.isEmpty()) {
        if (drained) {
          return List.of();
        }
        ready.await();
      }
      List<Piece<B>> next = handedOver.get();
      handedOver = Optional.empty();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// The writer has written its group and will come for another.
  void writerFree() {
    lock.lock();
    try {
      writerFree = true;
      if (waiting.isEmpty() || groupRows >= MAX_GROUP_ROWS) {
        handOver();
      }
      // Otherwise those that wait are prepared first, which is little, and go by the same force.
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more requests; those waiting are still committed.
  void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }
}
