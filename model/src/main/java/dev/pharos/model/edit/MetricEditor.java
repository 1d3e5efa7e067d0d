package dev.pharos.model.edit;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.binary.Batches;
import java.util.BitSet;

/// A cursor over metrics and their data points; items are points. [#next] goes through all points, [#nextMetric] and
/// [#nextPoint] go metric by metric. What is written to the metric's fields is seen by all its points. A metric whose
/// points are all dropped goes with them; one that came without points stays unless it is dropped itself.
public final class MetricEditor extends BatchEditor<MetricBatch> {
  private final BitSet droppedMetrics = new BitSet();
  private final EditedAttributes metadata;
  private final Attributes metadataView;
  private final EditedAttributes exemplarAttributes;
  private final Attributes exemplarView;
  private MetricBatch metrics;
  private int metric = -1;

  private MetricEditor(MetricBatch batch) {
    super(batch, batch.points().attributes());
    metrics = batch;
    metadata = new EditedAttributes(batch.metadata());
    metadataView = new Attributes(this, metadata);
    exemplarAttributes = new EditedAttributes(batch.points().exemplars().attributes());
    exemplarView = new Attributes(this, exemplarAttributes);
  }

  public static MetricEditor over(MetricBatch batch) {
    return new MetricEditor(batch);
  }

  @Override
  public boolean next() {
    while (metric < 0 || !nextPoint()) {
      if (!nextMetric()) {
        return false;
      }
    }
    return true;
  }

  /// Goes to the next metric that is not dropped, before its first point; false behind the last.
  public boolean nextMetric() {
    if (metric >= metrics.rows()) {
      return false;
    }
    metric = droppedMetrics.nextClearBit(metric + 1);
    if (metric >= metrics.rows()) {
      return false;
    }
    item = firstPoint() - 1;
    return true;
  }

  /// Goes to the next point of this metric that is not dropped; false behind the last.
  public boolean nextPoint() {
    if (metric >= metrics.rows()) {
      return false;
    }
    item = Math.min(dropped.nextClearBit(item + 1), metrics.pointEnds()[metric]);
    return item < metrics.pointEnds()[metric];
  }

  private int firstPoint() {
    return metric == 0 ? 0 : metrics.pointEnds()[metric - 1];
  }

  @Override
  public void rewind() {
    metric = -1;
    super.rewind();
  }

  /// Leaves the metric out of the result, with all its points.
  public void dropMetric() {
    droppedMetrics.set(metric);
    dropped.set(firstPoint(), metrics.pointEnds()[metric]);
  }

  @Override
  boolean anyDropped() {
    return super.anyDropped() || !droppedMetrics.isEmpty();
  }

  @Override
  int resourceRow() {
    return metrics.resource()[metric];
  }

  @Override
  int scopeRow() {
    return metrics.scope()[metric];
  }

  @Override
  AttributeRows attributesOf(MetricBatch batch) {
    return batch.points().attributes();
  }

  @Override
  void drafted(MetricBatch draft) {
    metrics = draft;
    metadata.draft(draft.metadata());
    exemplarAttributes.draft(draft.points().exemplars().attributes());
  }

  @Override
  void pack() {
    attributes.pack(new BitSet());
    metadata.pack(new BitSet());
    exemplarAttributes.pack(new BitSet());
  }

  @Override
  MetricBatch compact(MetricBatch edited) {
    return Batches.kept(edited, droppedMetrics, dropped);
  }

  /// The row of the metric in the batch that was given.
  public int metric() {
    return metric;
  }

  public Attributes metadata() {
    return metadataView.at(metric);
  }

  public String name() {
    return symbols().text(metrics.name()[metric]);
  }

  public void name(String name) {
    int symbol = intern(name);
    metrics.name()[metric] = symbol;
  }

  public String description() {
    return symbols().text(metrics.description()[metric]);
  }

  public void description(String description) {
    int symbol = intern(description);
    metrics.description()[metric] = symbol;
  }

  public String unit() {
    return symbols().text(metrics.unit()[metric]);
  }

  public void unit(String unit) {
    int symbol = intern(unit);
    metrics.unit()[metric] = symbol;
  }

  /// One of the constants of [MetricBatch].
  public byte kind() {
    return metrics.kind()[metric];
  }

  /// Changes a gauge into a sum or the other way round.
  public void kind(byte kind) {
    boolean numbers = kind() == MetricBatch.GAUGE || kind() == MetricBatch.SUM;
    if (!numbers || (kind != MetricBatch.GAUGE && kind != MetricBatch.SUM)) {
      throw new IllegalArgumentException(
          "kind: " + kind() + " to " + kind + " (expected: gauge and sum)");
    }
    edit().kind()[metric] = kind;
  }

  public byte temporality() {
    return metrics.temporality()[metric];
  }

  public void temporality(byte temporality) {
    edit().temporality()[metric] = temporality;
  }

  public boolean isMonotonic() {
    return metrics.monotonic()[metric] != 0;
  }

  public void monotonic(boolean monotonic) {
    edit().monotonic()[metric] = (byte) (monotonic ? 1 : 0);
  }

  private PointRows points() {
    return metrics.points();
  }

  public long startNanos() {
    return points().startNanos()[item];
  }

  public void startNanos(long time) {
    edit().points().startNanos()[item] = time;
  }

  public long timeNanos() {
    return points().timeNanos()[item];
  }

  public void timeNanos(long time) {
    edit().points().timeNanos()[item] = time;
  }

  public int flags() {
    return points().flags()[item];
  }

  public void flags(int flags) {
    edit().points().flags()[item] = flags;
  }

  /// As in [PointRows#valueType()].
  public byte valueType() {
    return points().valueType()[item];
  }

  /// As in [PointRows#value()].
  public long value() {
    return points().value()[item];
  }

  public void value(byte type, long value) {
    edit().points().valueType()[item] = type;
    points().value()[item] = value;
  }

  /// The first exemplar of this point, a row of the batch's exemplars.
  public int firstExemplar() {
    return item == 0 ? 0 : points().exemplarEnds()[item - 1];
  }

  /// The end of this point's exemplars.
  public int endExemplar() {
    return points().exemplarEnds()[item];
  }

  /// The filtered attributes of an exemplar from `firstExemplar` to `endExemplar`.
  public Attributes exemplarAttributes(int exemplar) {
    return exemplarView.at(exemplar);
  }
}
