package dev.pharos.model;

import java.util.Arrays;

/// Metrics as columns (opentelemetry/proto/metrics/v1): a row per metric, points in [PointRows], and one table for each
/// kind of distribution. Items are counted in points.
///
/// Building: [#addRow], set the columns, add points and set `pointEnds`, then `metadata().endParent()`. Thread rule as
/// for [Symbols]: once handed over, a batch is never changed.
public final class MetricBatch extends RowTable implements Batch {
  /// `kind` of a metric without data.
  public static final byte NONE = 0;

  public static final byte GAUGE = 1;
  public static final byte SUM = 2;
  public static final byte HISTOGRAM = 3;
  public static final byte EXPONENTIAL_HISTOGRAM = 4;
  public static final byte SUMMARY = 5;

  private final Symbols symbols;
  private final ResourceTable resources;
  private final ScopeTable scopes;
  private final AttributeRows metadata = new AttributeRows(4, 8);
  private final PointRows points;
  private final HistogramRows histograms = new HistogramRows(4);
  private final ExponentialRows exponentials = new ExponentialRows(4);
  private final SummaryRows summaries = new SummaryRows(4);
  private int[] name;
  private int[] description;
  private int[] unit;
  private byte[] kind;
  private byte[] temporality;
  private byte[] monotonic;
  private int[] resource;
  private int[] scope;
  private int[] pointEnds;

  public MetricBatch() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public MetricBatch(int capacity) {
    this(capacity, new Symbols(Math.max(4, capacity) * 32, Math.max(4, capacity) * 2));
  }

  /// An empty table with a dictionary that is built or decoded elsewhere.
  public MetricBatch(int capacity, Symbols symbols) {
    int room = roomFor(capacity);
    super(room);
    name = new int[room];
    description = new int[room];
    unit = new int[room];
    kind = new byte[room];
    temporality = new byte[room];
    monotonic = new byte[room];
    resource = new int[room];
    scope = new int[room];
    pointEnds = new int[room];
    this.symbols = symbols;
    resources = new ResourceTable();
    scopes = new ScopeTable();
    points = new PointRows(room * 4);
  }

  @Override
  void resize(int room) {
    name = Arrays.copyOf(name, room);
    description = Arrays.copyOf(description, room);
    unit = Arrays.copyOf(unit, room);
    kind = Arrays.copyOf(kind, room);
    temporality = Arrays.copyOf(temporality, room);
    monotonic = Arrays.copyOf(monotonic, room);
    resource = Arrays.copyOf(resource, room);
    scope = Arrays.copyOf(scope, room);
    pointEnds = Arrays.copyOf(pointEnds, room);
  }

  @Override
  public Signal signal() {
    return Signal.METRICS;
  }

  @Override
  public int items() {
    return points.rows();
  }

  /// A symbol.
  public int[] name() {
    return name;
  }

  /// A symbol.
  public int[] description() {
    return description;
  }

  /// A symbol.
  public int[] unit() {
    return unit;
  }

  /// One of the constants above.
  public byte[] kind() {
    return kind;
  }

  /// 0 unspecified, 1 delta, 2 cumulative; of sums and histograms.
  public byte[] temporality() {
    return temporality;
  }

  /// 1 for a monotonic sum.
  public byte[] monotonic() {
    return monotonic;
  }

  /// Row of [#resources()].
  @Override
  public int[] resource() {
    return resource;
  }

  /// Row of [#scopes()].
  @Override
  public int[] scope() {
    return scope;
  }

  /// The points of metric `m` are rows `m == 0 ? 0 : pointEnds[m - 1]` to `pointEnds[m]` of [#points()].
  public int[] pointEnds() {
    return pointEnds;
  }

  /// The dictionary of every symbol in this batch.
  @Override
  public Symbols symbols() {
    return symbols;
  }

  @Override
  public ResourceTable resources() {
    return resources;
  }

  @Override
  public ScopeTable scopes() {
    return scopes;
  }

  /// Metric.metadata; parent = metric row.
  public AttributeRows metadata() {
    return metadata;
  }

  public PointRows points() {
    return points;
  }

  public HistogramRows histograms() {
    return histograms;
  }

  public ExponentialRows exponentials() {
    return exponentials;
  }

  public SummaryRows summaries() {
    return summaries;
  }

  /// Takes back the points from `count` on of the metric being built, with all that hangs on them.
  public void truncatePoints(int count) {
    int[] detail = points.detail();
    // Details are appended in the order of their points, so the first of a kind that goes is where
    // its table ends.
    for (int metric = rows() - 1, end = points.rows(); metric >= 0 && end > count; metric--) {
      int from = Math.max(count, metric == 0 ? 0 : pointEnds[metric - 1]);
      if (from < end && detail[from] >= 0) {
        truncateDetails(kind[metric], detail[from]);
      }
      end = from;
    }
    points.truncate(count);
  }

  private void truncateDetails(byte of, int size) {
    switch (of) {
      case HISTOGRAM -> histograms.truncate(size);
      case EXPONENTIAL_HISTOGRAM -> exponentials.truncate(size);
      case SUMMARY -> summaries.truncate(size);
      default -> {
        // Number points have no details.
      }
    }
  }

  @Override
  public void truncate(int count) {
    truncatePoints(count == 0 ? 0 : pointEnds[count - 1]);
    Arrays.fill(name, count, rows(), 0);
    Arrays.fill(description, count, rows(), 0);
    Arrays.fill(unit, count, rows(), 0);
    Arrays.fill(kind, count, rows(), (byte) 0);
    Arrays.fill(temporality, count, rows(), (byte) 0);
    Arrays.fill(monotonic, count, rows(), (byte) 0);
    Arrays.fill(resource, count, rows(), 0);
    Arrays.fill(scope, count, rows(), 0);
    Arrays.fill(pointEnds, count, rows(), 0);
    cut(count);
    metadata.truncate(Math.min(count, metadata.parents()));
  }

  /// Heap bytes held, within some percent.
  @Override
  public long sizeBytes() {
    return 27L * name.length
        + 64
        + symbols.sizeBytes()
        + resources.sizeBytes()
        + scopes.sizeBytes()
        + metadata.sizeBytes()
        + points.sizeBytes()
        + histograms.sizeBytes()
        + exponentials.sizeBytes()
        + summaries.sizeBytes();
  }
}
