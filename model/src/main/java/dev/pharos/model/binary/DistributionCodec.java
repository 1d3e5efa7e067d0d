package dev.pharos.model.binary;

import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.SummaryRows;

/// The tables of histogram, exponential histogram and summary points.
final class DistributionCodec {
  private DistributionCodec() {}

  static void putHistograms(BatchBuffer out, HistogramRows table) {
    int rows = table.rows();
    out.putVarint(rows);
    out.putEnds(table.bucketEnds(), rows);
    TableCodec.putLongs(out, table.buckets());
    out.putEnds(table.boundEnds(), rows);
    TableCodec.putLongs(out, table.bounds());
    out.putLongColumn(table.count(), rows, 0);
    out.putDoubleColumn(table.sum(), rows);
    out.putDoubleColumn(table.min(), rows);
    out.putDoubleColumn(table.max(), rows);
    out.putByteColumn(table.has(), rows, true);
  }

  static void getHistograms(BatchInput in, HistogramRows into) {
    int rows = in.getCount("histograms");
    into.addRows(rows);
    TableCodec.getLongs(in, into.buckets(), in.getEnds(into.bucketEnds(), rows, "buckets"));
    TableCodec.getLongs(in, into.bounds(), in.getEnds(into.boundEnds(), rows, "bounds"));
    in.getLongColumn(into.count(), rows, 0);
    in.getDoubleColumn(into.sum(), rows);
    in.getDoubleColumn(into.min(), rows);
    in.getDoubleColumn(into.max(), rows);
    in.getByteColumn(into.has(), rows, true);
  }

  static void putExponentials(BatchBuffer out, ExponentialRows table) {
    int rows = table.rows();
    out.putVarint(rows);
    out.putEnds(table.positiveEnds(), rows);
    TableCodec.putLongs(out, table.positive());
    out.putEnds(table.negativeEnds(), rows);
    TableCodec.putLongs(out, table.negative());
    out.putLongColumn(table.count(), rows, 0);
    out.putDoubleColumn(table.sum(), rows);
    out.putDoubleColumn(table.min(), rows);
    out.putDoubleColumn(table.max(), rows);
    out.putByteColumn(table.has(), rows, true);
    out.putIntColumn(table.scale(), rows);
    out.putLongColumn(table.zeroCount(), rows, 0);
    out.putDoubleColumn(table.zeroThreshold(), rows);
    out.putIntColumn(table.positiveOffset(), rows);
    out.putIntColumn(table.negativeOffset(), rows);
  }

  static void getExponentials(BatchInput in, ExponentialRows into) {
    int rows = in.getCount("exponential histograms");
    into.addRows(rows);
    TableCodec.getLongs(
        in, into.positive(), in.getEnds(into.positiveEnds(), rows, "positive buckets"));
    TableCodec.getLongs(
        in, into.negative(), in.getEnds(into.negativeEnds(), rows, "negative buckets"));
    in.getLongColumn(into.count(), rows, 0);
    in.getDoubleColumn(into.sum(), rows);
    in.getDoubleColumn(into.min(), rows);
    in.getDoubleColumn(into.max(), rows);
    in.getByteColumn(into.has(), rows, true);
    in.getIntColumn(into.scale(), rows);
    in.getLongColumn(into.zeroCount(), rows, 0);
    in.getDoubleColumn(into.zeroThreshold(), rows);
    in.getIntColumn(into.positiveOffset(), rows);
    in.getIntColumn(into.negativeOffset(), rows);
  }

  static void putSummaries(BatchBuffer out, SummaryRows table) {
    int rows = table.rows();
    out.putVarint(rows);
    out.putEnds(table.quantileEnds(), rows);
    TableCodec.putLongs(out, table.quantiles());
    TableCodec.putLongs(out, table.quantileValues());
    out.putLongColumn(table.count(), rows, 0);
    out.putDoubleColumn(table.sum(), rows);
  }

  static void getSummaries(BatchInput in, SummaryRows into) {
    int rows = in.getCount("summaries");
    into.addRows(rows);
    int quantiles = in.getEnds(into.quantileEnds(), rows, "quantiles");
    TableCodec.getLongs(in, into.quantiles(), quantiles);
    TableCodec.getLongs(in, into.quantileValues(), quantiles);
    in.getLongColumn(into.count(), rows, 0);
    in.getDoubleColumn(into.sum(), rows);
  }
}
