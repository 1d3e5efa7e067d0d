package dev.pharos.model.binary;

import dev.pharos.model.ExemplarRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.Symbols;

/// The body of a metric batch, column by column.
final class MetricCodec {
  private static final int NO_TABLE = -1;

  private MetricCodec() {}

  static void put(BatchBuffer out, MetricBatch batch) {
    int rows = batch.rows();
    out.putVarint(rows);
    TableCodec.putSymbols(out, batch.symbols());
    TableCodec.putResources(out, batch.resources());
    TableCodec.putScopes(out, batch.scopes());
    TableCodec.putAttributes(out, batch.metadata());
    out.putEnds(batch.pointEnds(), rows);
    out.putIntColumn(batch.name(), rows);
    out.putIntColumn(batch.description(), rows);
    out.putIntColumn(batch.unit(), rows);
    out.putByteColumn(batch.kind(), rows, true);
    out.putByteColumn(batch.temporality(), rows, true);
    out.putByteColumn(batch.monotonic(), rows, true);
    out.putIntColumn(batch.resource(), rows);
    out.putIntColumn(batch.scope(), rows);
    DistributionCodec.putHistograms(out, batch.histograms());
    DistributionCodec.putExponentials(out, batch.exponentials());
    DistributionCodec.putSummaries(out, batch.summaries());
    putPoints(out, batch.points());
  }

  static MetricBatch get(BatchInput in) {
    int rows = in.getCount("metrics");
    Symbols symbols = TableCodec.getSymbols(in);
    int count = symbols.count();
    var batch = new MetricBatch(rows, symbols);
    TableCodec.getResources(in, batch.resources(), count);
    TableCodec.getScopes(in, batch.scopes(), count);
    batch.addRows(rows);
    TableCodec.getAttributes(in, batch.metadata(), rows, count);
    int points = in.getEnds(batch.pointEnds(), rows, "points");
    TableCodec.symbolColumn(in, batch.name(), rows, count, "name");
    TableCodec.symbolColumn(in, batch.description(), rows, count, "description");
    TableCodec.symbolColumn(in, batch.unit(), rows, count, "unit");
    in.getByteColumn(batch.kind(), rows, true);
    in.getByteColumn(batch.temporality(), rows, true);
    in.getByteColumn(batch.monotonic(), rows, true);
    TableCodec.symbolColumn(in, batch.resource(), rows, batch.resources().size(), "resource");
    TableCodec.symbolColumn(in, batch.scope(), rows, batch.scopes().size(), "scope");
    DistributionCodec.getHistograms(in, batch.histograms());
    DistributionCodec.getExponentials(in, batch.exponentials());
    DistributionCodec.getSummaries(in, batch.summaries());
    getPoints(in, batch.points(), points, count);
    checkDetails(in, batch);
    return batch;
  }

  /// A point of a distribution refers to a row of the table of its metric's kind, any other to none.
  private static void checkDetails(BatchInput in, MetricBatch batch) {
    int point = 0;
    for (int m = 0; m < batch.rows(); m++) {
      int kind = batch.kind()[m];
      int limit =
          switch (kind) {
            case MetricBatch.HISTOGRAM -> batch.histograms().rows();
            case MetricBatch.EXPONENTIAL_HISTOGRAM -> batch.exponentials().rows();
            case MetricBatch.SUMMARY -> batch.summaries().rows();
            case MetricBatch.NONE, MetricBatch.GAUGE, MetricBatch.SUM -> NO_TABLE;
            default -> throw in.malformed("metric kind " + kind + " (expected: 0 to 5)");
          };
      for (; point < batch.pointEnds()[m]; point++) {
        int detail = batch.points().detail()[point];
        if (limit == NO_TABLE ? detail != -1 : detail < 0 || detail >= limit) {
          throw in.malformed(
              "detail "
                  + detail
                  + " of point "
                  + point
                  + ", kind "
                  + kind
                  + ", with "
                  + limit
                  + " rows");
        }
      }
    }
  }

  private static void putPoints(BatchBuffer out, PointRows points) {
    int rows = points.rows();
    TableCodec.putAttributes(out, points.attributes());
    out.putEnds(points.exemplarEnds(), rows);
    out.putLongColumn(points.startNanos(), rows, 0);
    out.putLongColumn(points.timeNanos(), rows, 0);
    out.putIntColumn(points.flags(), rows);
    out.putByteColumn(points.valueType(), rows, true);
    TableCodec.putValues(out, points.valueType(), points.value(), rows);
    out.putIntColumn(points.detail(), rows);
    putExemplars(out, points.exemplars());
  }

  private static void getPoints(BatchInput in, PointRows into, int rows, int symbols) {
    into.addRows(rows);
    TableCodec.getAttributes(in, into.attributes(), rows, symbols);
    int exemplars = in.getEnds(into.exemplarEnds(), rows, "exemplars");
    in.getLongColumn(into.startNanos(), rows, 0);
    in.getLongColumn(into.timeNanos(), rows, 0);
    in.getIntColumn(into.flags(), rows);
    in.getByteColumn(into.valueType(), rows, true);
    TableCodec.getValues(in, into.valueType(), into.value(), rows, symbols);
    in.getIntColumn(into.detail(), rows);
    getExemplars(in, into.exemplars(), exemplars, symbols);
  }

  private static void putExemplars(BatchBuffer out, ExemplarRows exemplars) {
    int rows = exemplars.rows();
    TableCodec.putAttributes(out, exemplars.attributes());
    out.putLongColumn(exemplars.timeNanos(), rows, 0);
    out.putByteColumn(exemplars.valueType(), rows, true);
    TableCodec.putValues(out, exemplars.valueType(), exemplars.value(), rows);
    out.putLongColumn(exemplars.traceHi(), rows, 0);
    out.putLongColumn(exemplars.traceLo(), rows, 0);
    out.putLongColumn(exemplars.spanId(), rows, 0);
  }

  private static void getExemplars(BatchInput in, ExemplarRows into, int rows, int symbols) {
    into.addRows(rows);
    TableCodec.getAttributes(in, into.attributes(), rows, symbols);
    in.getLongColumn(into.timeNanos(), rows, 0);
    in.getByteColumn(into.valueType(), rows, true);
    TableCodec.getValues(in, into.valueType(), into.value(), rows, symbols);
    in.getLongColumn(into.traceHi(), rows, 0);
    in.getLongColumn(into.traceLo(), rows, 0);
    in.getLongColumn(into.spanId(), rows, 0);
  }
}
