package dev.pharos.store.metrics;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.LongRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// 128-bit keys of all that decides which series a point feeds: Resource, metric, point attributes, and the bounds or
/// quantiles of its distribution. Equal keys mean equal series but for a collision, whose odds are those of a good hash
/// of 128 bits; the order of attributes does not count. The attributes `trace_id` and `span_id` of a point are left
/// out.
///
/// Each text of a batch is hashed once, by folded 128-bit products as in wyhash, with two states. One thread; reused.
final class PointKeys {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long K1 = 0x9E3779B97F4A7C15L;
  private static final long K2 = 0xD6E8FEB86659FD93L;
  private static final long K3 = 0xA0761D6478BD642FL;
  private static final long K4 = 0xE7037ED1A0B428DBL;

  private final long seed;
  private final long traceHi;
  private final long spanHi;
  private Symbols symbols = new Symbols(0, 0);
  private long[] symbolHi = new long[256];
  private long[] symbolLo = new long[256];
  private long hi;
  private long lo;
  private boolean traced;

  /// @param seed of all hashes
  PointKeys(long seed) {
    this.seed = seed;
    byte[] trace = "trace_id".getBytes(StandardCharsets.UTF_8);
    byte[] span = "span_id".getBytes(StandardCharsets.UTF_8);
    traceHi = hash(trace, 0, trace.length, K1);
    spanHi = hash(span, 0, span.length, K1);
  }

  /// Starts with the texts of another batch.
  void reset(Symbols of) {
    symbols = of;
    int count = of.count();
    if (symbolHi.length < count) {
      symbolHi = new long[count + (count >> 1)];
      symbolLo = new long[symbolHi.length];
    } else {
      Arrays.fill(symbolHi, 0, count, 0);
    }
  }

  long hi() {
    return hi;
  }

  long lo() {
    return lo;
  }

  /// Whether the last point had a `trace_id` or `span_id` among its attributes.
  boolean traced() {
    return traced;
  }

  /// Whether this symbol is `trace_id` or `span_id`.
  boolean isTraceKey(int symbol) {
    hashSymbol(symbol);
    return symbolHi[symbol] == traceHi || symbolHi[symbol] == spanHi;
  }

  /// The key of one parent's attributes.
  void attributes(AttributeRows rows, int parent) {
    hi = K1;
    lo = K2;
    traced = false;
    add(rows, parent, false);
  }

  /// The key of a metric of a Resource: its names, kind and description.
  void metric(MetricBatch batch, int metric, long resourceHi, long resourceLo) {
    hi = resourceHi;
    lo = resourceLo;
    chain(batch.name()[metric]);
    chain(batch.unit()[metric]);
    chain(batch.description()[metric]);
    number(batch.kind()[metric] << 1 | batch.monotonic()[metric]);
  }

  /// The key of a point of that metric.
  void point(MetricBatch batch, int metric, int point, long metricHi, long metricLo) {
    hi = metricHi;
    lo = metricLo;
    traced = false;
    add(batch.points().attributes(), point, true);
    int row = batch.points().detail()[point];
    if (batch.kind()[metric] == MetricBatch.HISTOGRAM) {
      HistogramRows histograms = batch.histograms();
      longs(
          histograms.bounds(),
          row == 0 ? 0 : histograms.boundEnds()[row - 1],
          histograms.boundEnds()[row]);
      number(histograms.has()[row] & HistogramRows.HAS_SUM);
    } else if (batch.kind()[metric] == MetricBatch.SUMMARY) {
      int[] ends = batch.summaries().quantileEnds();
      longs(batch.summaries().quantiles(), row == 0 ? 0 : ends[row - 1], ends[row]);
    }
  }

  private void add(AttributeRows rows, int parent, boolean withoutTrace) {
    long sumHi = 0;
    long sumLo = 0;
    for (int i = rows.from(parent), to = rows.to(parent); i < to; i++) {
      int key = rows.key(i);
      hashSymbol(key);
      if (withoutTrace && (symbolHi[key] == traceHi || symbolHi[key] == spanHi)) {
        traced = true;
        continue;
      }
      byte type = rows.type(i);
      long value = rows.value(i);
      long valueHi = value;
      long valueLo = value;
      if (ValueType.isSymbol(type)) {
        hashSymbol((int) value);
        valueHi = symbolHi[(int) value];
        valueLo = symbolLo[(int) value];
      }
      sumHi += fold(fold(symbolHi[key] + type, K3) ^ valueHi, K1);
      sumLo += fold(fold(symbolLo[key] + type, K4) ^ valueLo, K2);
    }
    hi = fold(hi ^ sumHi, K3);
    lo = fold(lo ^ sumLo, K4);
  }

  private void chain(int symbol) {
    hashSymbol(symbol);
    hi = fold(hi ^ symbolHi[symbol], K1) + 1;
    lo = fold(lo ^ symbolLo[symbol], K2) + 1;
  }

  private void number(long value) {
    hi = fold(hi ^ value, K1) + 1;
    lo = fold(lo ^ value, K2) + 1;
  }

  private void longs(LongRows rows, int from, int to) {
    for (int i = from; i < to; i++) {
      number(rows.get(i));
    }
    number(to - from);
  }

  private void hashSymbol(int symbol) {
    if (symbolHi[symbol] == 0) {
      int from = symbols.offset(symbol);
      int length = symbols.length(symbol);
      long first = hash(symbols.bytes(), from, length, K1);
      symbolHi[symbol] = first;
      symbolLo[symbol] = hash(symbols.bytes(), from, length, K2);
    }
  }

  /// Never 0, which marks texts that are not hashed yet.
  private long hash(byte[] bytes, int from, int length, long k) {
    long state = seed ^ k ^ length * K3;
    int end = from + length;
    int at = from;
    for (; at + 8 <= end; at += 8) {
      state = fold(state ^ (long) LONG.get(bytes, at), k);
    }
    long tail = 0;
    for (int i = at; i < end; i++) {
      tail = tail << 8 | bytes[i] & 0xff;
    }
    state = fold(fold(state ^ tail, k) ^ K4, k);
    return state == 0 ? 1 : state;
  }

  private static long fold(long x, long k) {
    return x * k ^ Math.unsignedMultiplyHigh(x, k);
  }
}
