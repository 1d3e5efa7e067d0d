package dev.pharos.store.engine;

import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Part;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.BatchBuffer;
import dev.pharos.model.binary.BatchCodec;
import dev.pharos.model.binary.Batches;
import dev.pharos.observe.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.LongFunction;

/// Makes pieces of requests: tells resends, checks rows, joins the small requests of one tenant into one batch and
/// encodes it. One thread, except [#recycle].
final class GroupBuilder<B extends Batch> {
  /// A buffer that has grown beyond this is not kept.
  private static final int MAX_KEPT_BYTES = 8 << 20;

  /// A request with so many rows becomes a frame and a batch of its own.
  private static final int ALONE_ROWS = 256;

  private final RowRules<B> rules;
  private final Claims claims;
  private final LongFunction<RowLimits> limits;
  private final EngineCounters counters;
  private final ArrayBlockingQueue<BatchBuffer> buffers = new ArrayBlockingQueue<>(64);

  /// @param limits by time of arrival
  GroupBuilder(
      RowRules<B> rules, Claims claims, LongFunction<RowLimits> limits, EngineCounters counters) {
    this.rules = rules;
    this.claims = claims;
    this.limits = limits;
    this.counters = counters;
  }

  /// The pieces of these requests that have rows to be stored. Requests that leave no row are answered here, or with
  /// the piece that holds theirs.
  ///
  /// A fault while building fails all of them, after which it is thrown.
  List<Piece<B>> build(List<Member<B>> requests, long nowNanos) {
    List<Piece<B>> pieces = divide(requests);
    var open = new ArrayList<>(pieces);
    try {
      return build(pieces, open, limits.apply(nowNanos));
    } catch (RuntimeException | Error e) {
      var failure = Optional.of(Failure.retryable(Cause.INTERNAL, "a fault in the store: " + e));
      for (Piece<B> piece : open) {
        claims.settle(piece, false, 0);
        piece.complete(failure, counters);
      }
      throw e;
    }
  }

  /// Small requests of one tenant together, large ones alone: joining those costs more than it saves.
  private List<Piece<B>> divide(List<Member<B>> requests) {
    var pieces = new ArrayList<Piece<B>>();
    Map<Tenant, Piece<B>> joined = new HashMap<>();
    for (Member<B> member : requests) {
      Tenant tenant = member.parcel().tenant();
      boolean alone = member.parcel().batch().items() >= ALONE_ROWS;
      Piece<B> piece = alone ? new Piece<>(tenant) : joined.computeIfAbsent(tenant, Piece::new);
      if (piece.members().isEmpty()) {
        pieces.add(piece);
      }
      piece.members().add(member);
    }
    return pieces;
  }

  private List<Piece<B>> build(List<Piece<B>> pieces, List<Piece<B>> open, RowLimits now) {
    var made = new ArrayList<Piece<B>>(pieces.size());
    for (Piece<B> piece : pieces) {
      for (Member<B> member : piece.members()) {
        rules.check(member.parcel().batch(), now, member.rejections());
        tellResends(member, piece);
      }
      B batch = join(piece, now.nowNanos());
      if (batch.items() == 0) {
        open.remove(piece);
        claims.settle(piece, false, 0);
        piece.complete(Optional.empty(), counters);
        continue;
      }
      B arranged = rules.arrange(batch);
      BatchBuffer buffer = buffer();
      BatchCodec.encode(arranged, buffer);
      piece.content(arranged, buffer);
      made.add(piece);
    }
    return made;
  }

  private void tellResends(Member<B> member, Piece<B> piece) {
    Parcel<B> parcel = member.parcel();
    List<Piece<?>> others = new ArrayList<>(0);
    for (int source = 0; source < parcel.keys().size(); source++) {
      RequestKey key = parcel.keys().get(source);
      switch (claims.claim(key, piece)) {
        case Claims.State.Fresh ignored -> {
          if (!key.isNone()) {
            piece.addKey(key.hi(), key.lo());
          }
        }
        case Claims.State.Stored ignored -> member.resent(source);
        case Claims.State.UnderWay(Piece<?> by) -> {
          member.resent(source);
          note(by, piece, others);
        }
        case Claims.State.InParts ignored ->
            tellResentRows(
                member, new Part(source, key, new int[] {0, member.rowsOf(source)}), piece, others);
      }
    }
    for (Part part : parcel.parts()) {
      tellResentRows(member, part, piece, others);
    }
    if (!others.isEmpty()) {
      List<Acknowledgement> parts = parcel.acknowledgement().split(others.size() + 1);
      member.answerBy(parts.get(0));
      for (int i = 0; i < others.size(); i++) {
        others.get(i).attach(parts.get(i + 1));
      }
    }
  }

  private void tellResentRows(Member<B> member, Part part, Piece<B> piece, List<Piece<?>> others) {
    if (part.rows() == 0) {
      return;
    }
    Claims.Rows rows = claims.claim(part, piece);
    if (!rows.known().isEmpty()) {
      member.resent(part.source(), rows.known());
      rows.by().forEach(by -> note(by, piece, others));
    }
  }

  private static void note(Piece<?> by, Piece<?> own, List<Piece<?>> others) {
    if (by != own && !others.contains(by)) {
      others.add(by);
    }
  }

  /// The rows to be stored, as one batch: the request's own where there is one and it is whole.
  private B join(Piece<B> piece, long nowNanos) {
    List<Member<B>> members = piece.members();
    B first = members.get(0).parcel().batch();
    if (members.size() == 1 && members.get(0).isWhole() && !ArrivalTime.isMissing(first)) {
      return first;
    }
    BatchAppender<B> appender =
        Batches.appender(
            Batches.room(members.stream().map(member -> member.parcel().batch()).toList()));
    for (Member<B> member : members) {
      append(member, appender);
    }
    ArrivalTime.fill(appender.target(), nowNanos);
    return appender.target();
  }

  private void append(Member<B> member, BatchAppender<B> appender) {
    B batch = member.parcel().batch();
    int items = batch.items();
    if (member.isWhole()) {
      appender.append(batch, 0, items);
      return;
    }
    long resent = 0;
    int from = 0;
    for (int row = 0; row < items; row++) {
      if (!member.keeps(row)) {
        resent += member.isResent(row) ? 1 : 0;
        appendRange(appender, batch, from, row);
        from = row + 1;
      }
    }
    appendRange(appender, batch, from, items);
    counters.duplicates.add(resent);
  }

  private void appendRange(BatchAppender<B> appender, B batch, int from, int to) {
    if (from < to) {
      appender.append(batch, from, to);
    }
  }

  private BatchBuffer buffer() {
    BatchBuffer kept = buffers.poll();
    return kept != null ? kept : new BatchBuffer(64 << 10);
  }

  /// Takes back the buffer of a piece whose bytes are written or given up.
  void recycle(Piece<B> piece) {
    BatchBuffer buffer = piece.encoded();
    if (buffer.sizeBytes() <= MAX_KEPT_BYTES) {
      buffer.clear();
      buffers.offer(buffer);
    }
  }
}
