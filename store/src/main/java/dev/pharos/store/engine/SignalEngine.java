package dev.pharos.store.engine;

import dev.pharos.log.Disk;
import dev.pharos.log.DiskException;
import dev.pharos.log.DiskFullException;
import dev.pharos.log.DurableLog;
import dev.pharos.log.Frame;
import dev.pharos.log.LogOptions;
import dev.pharos.log.Recovery;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchCodec;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Registry;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.manifest.Manifest;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.segment.SegmentStorage;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One signal's storage at work: its log, its commits, cuts, merges and retention, around its [SignalData].
///
/// The order is append, force, publish to the head, acknowledge. A cut writes the head as segments and names them, with
/// the log position they cover, in one edit of the manifest; recovery replays the log above that position. Any thread.
///
/// @param <B> the batch of the signal
public final class SignalEngine<B extends Batch> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalEngine.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Disk disk;
  private final Clock clock;
  private final EngineConfig config;
  private final SignalData<B> data;
  private final HeadGate<B> gate;
  private final DurableLog log;
  private final Manifest manifest;
  private final ResendWindow window;
  private final Claims claims;
  private final SegmentSet<B> segments;
  private final Committer<B> committer;
  private final EngineCounters counters;
  private final DiskRoom intake;
  private final Optional<Maintenance> maintenance;

  /// A log that is no longer may keep rows that are in segments already.
  private final long smallLogBytes;

  private final Object cutLock = new Object();

  /// Whether rows that were deleted may be in the file that the log is writing. Guarded by [#cutLock].
  private boolean logHoldsDeleted;

  /// Slower senders would not help merges that fail.
  private volatile boolean mergesFail;

  /// What an engine works with.
  ///
  /// @param directory of the signal, below the disk's root; made if it is missing
  /// @param storage of the segments, which are in folder `segments` of the directory
  /// @param inFlight account of requests not committed yet
  /// @param head account whose limit bounds the head
  /// @param resends account of the keys of recent requests
  /// @param log sizes of the log's files
  public record Parts(
      Disk disk,
      String directory,
      SegmentStorage storage,
      Clock clock,
      RandomGenerator random,
      Registry registry,
      Account inFlight,
      Account head,
      Account resends,
      LogOptions log) {}

  /// Opens the signal: reads the manifest, replays the log into the head, and takes requests from then on.
  public static <B extends Batch> SignalEngine<B> open(
      EngineConfig config, Parts parts, SignalData<B> data) {
    var engine = new SignalEngine<>(config, parts, data);
    engine.committer.start();
    engine.maintenance.ifPresent(Maintenance::start);
    return engine;
  }

  private SignalEngine(EngineConfig config, Parts parts, SignalData<B> data) {
    this.config = config;
    this.data = data;
    disk = parts.disk();
    clock = parts.clock();
    smallLogBytes = parts.log().fileBytes() / 16;
    intake = new DiskRoom("taking " + data.signal().label());
    counters = new EngineCounters(parts.registry(), data.signal());
    String directory = parts.directory();
    // The log makes the directory durable before anything depends on it.
    disk.createDirectory(directory);
    manifest = Manifest.open(disk, directory + "/manifest", parts.random());
    window =
        ResendWindow.open(
            disk,
            directory + "/resends",
            parts.random(),
            config.resendWindow().toMillis(),
            parts.resends());
    claims = new Claims(window);
    segments = new SegmentSet<>(data, manifest, parts.storage(), directory + "/segments", counters);
    long covered = manifest.covered();
    gate = new HeadGate<>(data, parts.head(), config, clock, this::mergesBehind, covered);
    log = DurableLog.open(disk, directory + "/log", parts.log(), covered + 1, this::replay);
    gate.passed(log.recovery().lastSequence());
    report(log.recovery());
    data.tidy();
    var builder = new GroupBuilder<>(data.rules(), claims, this::limits, counters);
    committer =
        new Committer<>(
            data.signal().label(),
            parts.inFlight(),
            new CommitQueue<>(config.maxRequests()),
            builder,
            claims,
            this::write,
            counters,
            this::nowNanos);
    maintenance =
        config.background()
            ? Optional.of(new Maintenance(data.signal().label(), this))
            : Optional.empty();
    gauges(parts.registry());
  }

  private void gauges(Registry registry) {
    String signal = data.signal().label();
    registry.gauge("pharos_store_head_rows", "Rows in the head.", data::rows, "signal", signal);
    registry.gauge(
        "pharos_store_head_bytes", "Bytes held by the head.", data::heapBytes, "signal", signal);
    registry.gauge(
        "pharos_store_segments",
        "Segments in the manifest.",
        () -> manifest.segments().size(),
        "signal",
        signal);
    registry.gauge(
        "pharos_store_segments_bytes",
        "Bytes of the segments in the manifest.",
        segments::sizeBytes,
        "signal",
        signal);
    registry.gauge(
        "pharos_store_log_size_bytes", "Bytes of the log.", log::sizeBytes, "signal", signal);
  }

  private void report(Recovery recovery) {
    if (recovery.frames() > 0) {
      LOG.info(
          "Recovered {} rows of {} from {} frames of the log",
          data.rows(),
          data.signal().label(),
          recovery.frames());
    }
    for (Recovery.Damage damage : recovery.damage()) {
      LOG.error("The log of {} is damaged: {}", data.signal().label(), damage);
    }
  }

  @SuppressWarnings("unchecked") // a signal's log holds batches of that signal
  private void replay(long sequence, String tenant, long[] keys, ByteBuffer payload) {
    FrameHeader header = FrameHeader.decode(payload);
    Batch batch = BatchCodec.decode(payload);
    if (batch.signal() != data.signal()) {
      throw new IllegalStateException(
          "frame "
              + sequence
              + " of the log of "
              + data.signal().label()
              + " holds "
              + batch.signal().label());
    }
    window.add(keys, header.commitMillis());
    window.add(header.parts(), header.commitMillis());
    gate.publish(new Tenant(tenant), (B) batch, sequence);
  }

  /// Where requests go in.
  public Sink<B> sink() {
    return committer;
  }

  private RowLimits limits(long nowNanos) {
    return RowLimits.at(nowNanos, config.retention().toNanos(), config.maxItemBytes());
  }

  private long nowNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /// Rows before are past retention.
  public long earliestNanos() {
    return limits(nowNanos()).earliestNanos();
  }

  private Optional<Failure> write(List<Piece<B>> group) {
    Optional<Failure> refusal = append(group);
    if (refusal.isEmpty()) {
      intake.suffices();
    } else if (refusal.get().cause() == Cause.DISK_FULL) {
      intake.lacks(refusal.get().message());
    }
    return refusal;
  }

  private Optional<Failure> append(List<Piece<B>> group) {
    Optional<Failure> refusal = room(group);
    if (refusal.isPresent()) {
      return refusal;
    }
    long began = System.nanoTime();
    long millis = clock.millis();
    var frames = new ArrayList<Frame>(group.size());
    long bytes = 0;
    for (Piece<B> piece : group) {
      var header = new FrameHeader(millis, piece.parts());
      frames.add(
          new Frame(piece.tenant().name(), piece.keys(), header.encode(), piece.encoded().view()));
      bytes += piece.encoded().sizeBytes();
    }
    long sequence;
    try {
      sequence = log.append(frames);
      log.force();
    } catch (DiskFullException e) {
      return Optional.of(
          Failure.retryable(Cause.DISK_FULL, "the disk is full: " + e.getMessage(), RETRY));
    } catch (DiskException e) {
      LOG.error("The log of {} cannot be written", data.signal().label(), e);
      return Optional.of(
          Failure.retryable(Cause.STORAGE, "the log cannot be written: " + e.getMessage(), RETRY));
    }
    gate.together(() -> publish(group, sequence, millis));
    counters.commits.increment();
    counters.logBytes.add(bytes);
    counters.commitSeconds.recordSince(began);
    if (isCutDue()) {
      maintenance.ifPresent(Maintenance::wake);
    }
    if (log.wantsNextFile()) {
      maintenance.ifPresent(Maintenance::wakeLog);
    }
    return Optional.empty();
  }

  private void publish(List<Piece<B>> group, long first, long millis) {
    long sequence = first;
    for (Piece<B> piece : group) {
      claims.settle(piece, true, millis);
      gate.publish(piece.tenant(), piece.batch(), sequence++);
      counters.appended.add(piece.items());
    }
  }

  /// Says why there is no room on the disk or in the head.
  private Optional<Failure> room(List<Piece<B>> group) {
    long free = disk.usableBytes();
    if (free < config.minFreeBytes()) {
      return Optional.of(
          Failure.retryable(
              Cause.DISK_FULL,
              "the disk is full: "
                  + free
                  + " bytes are free (expected: at least "
                  + config.minFreeBytes()
                  + ")",
              RETRY));
    }
    long bytes = 0;
    for (Piece<B> piece : group) {
      bytes += piece.batch().sizeBytes();
    }
    return gate.admit(bytes, maintenance);
  }

  /// Merges that are due and that slower senders would help.
  private double mergesBehind() {
    return mergesFail ? 0 : segments.mergesBehind();
  }

  /// Whether the head is large or old enough to be cut.
  boolean isCutDue() {
    return gate.isCutDue();
  }

  /// Writes all rows of the head as segments, and gives up the log below.
  ///
  /// @return whether there were any
  public boolean cut() {
    synchronized (cutLock) {
      Optional<HeadGate.Cut> rows = gate.seal();
      if (rows.isEmpty()) {
        return false;
      }
      long covered = rows.get().covered();
      try {
        // Before the frames that hold these keys are given up.
        window.persist(clock.millis());
        segments.cut(rows.get().sealed(), covered);
        giveUpLog(covered);
        gate.cutEnded(Optional.empty());
      } catch (RuntimeException e) {
        counters.cutFailures.increment();
        gate.cutEnded(Optional.of(e));
        throw e;
      }
      return true;
    }
  }

  /// Deletes the rows stored so far that satisfy the deletion. They are cut first, so that it is durable as one edit of
  /// the manifest, about segments; the log gives their frames up, at the latest when it has none before that are
  /// needed.
  ///
  /// @throws IllegalArgumentException if rows of the signal do not have what it looks at
  public void delete(Deletion deletion) {
    deletion.check(data.signal());
    synchronized (cutLock) {
      logHoldsDeleted = true;
      cut();
      segments.delete(deletion);
      giveUpLog(manifest.covered());
    }
    maintenance.ifPresent(Maintenance::wake);
  }

  /// Gives up the log's files below, also the newest one if nothing came since and it is worth it, or if deleted rows
  /// may be in it.
  private void giveUpLog(long covered) {
    try {
      boolean resting = data.rows() == 0;
      if (logHoldsDeleted || resting) {
        log.dropSpares();
      }
      if (logHoldsDeleted || resting && log.sizeBytes() > smallLogBytes) {
        logHoldsDeleted &= !log.startNewFile();
      }
      log.truncateBelow(covered + 1);
    } catch (DiskException e) {
      LOG.warn(
          "Files of the log of {} that are not needed any more stay until the next cut: {}",
          data.signal().label(),
          e.getMessage());
    }
  }

  /// Merges a few segments, if some deserve it.
  ///
  /// @return whether there were any
  public boolean merge() {
    try {
      boolean merged = segments.merge(earliestNanos());
      mergesFail = false;
      return merged;
    } catch (RuntimeException e) {
      mergesFail = true;
      counters.mergeFailures.increment();
      throw e;
    }
  }

  /// Drops what is past retention, deletes what nobody needs, and joins small batches of the head.
  public void tidy() {
    data.tidy();
    long earliest = earliestNanos();
    List<SegmentEntry> expired =
        segments.segments().stream()
            .filter(segment -> segment.meta().maxNanos() < earliest)
            .toList();
    if (!expired.isEmpty()) {
      segments.drop(expired);
    }
    segments.deleteUnused();
    synchronized (cutLock) {
      if (logHoldsDeleted) {
        giveUpLog(manifest.covered());
      }
    }
  }

  /// Deletes objects that nothing has named for an hour.
  public void sweepOrphans() {
    segments.sweepOrphans(clock.millis());
  }

  void tidyHead() {
    data.tidy();
  }

  /// Makes the log's next file ahead of the commit that needs it.
  void prepareLog() {
    log.prepareNextFile();
  }

  public List<SegmentEntry> segments() {
    return segments.segments();
  }

  /// Gives segments up whatever their age, for a limit of total size.
  public void drop(List<SegmentEntry> unwanted) {
    segments.drop(unwanted);
    segments.deleteUnused();
  }

  /// Bytes on disk of segments and log.
  public long sizeBytes() {
    return segments.sizeBytes() + log.sizeBytes();
  }

  /// What opening the log found.
  public Recovery recovery() {
    return log.recovery();
  }

  /// Commits what was taken, and ends all threads. Rows of the head stay in the log.
  @Override
  public void close() {
    try (data;
        window;
        manifest;
        log) {
      committer.close();
      maintenance.ifPresent(Maintenance::close);
    }
  }
}
