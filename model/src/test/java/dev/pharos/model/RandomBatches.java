package dev.pharos.model;

import java.util.Random;

/// Makes random batches for tests: every column, every kind of value, repeated and odd texts. Built as decoders build.
/// One thread.
public final class RandomBatches {
  private static final String[] WORDS = {
    "", "a", "http.method", "GET", "service.name", "checkout", "grüße", "x y", "\u0000", "日本"
  };

  private final Random random;
  private final long baseNanos;
  private final long spreadNanos;

  /// @param baseNanos the least time of rows
  /// @param spreadNanos rows' times lie below `baseNanos + spreadNanos`
  public RandomBatches(long seed, long baseNanos, long spreadNanos) {
    this.random = new Random(seed);
    this.baseNanos = baseNanos;
    this.spreadNanos = spreadNanos;
  }

  public RandomBatches(long seed) {
    this(seed, 1_700_000_000_000_000_000L, 3_600_000_000_000L);
  }

  public SpanBatch spans(int rows) {
    var batch = new SpanBatch(random.nextInt(1 + rows));
    tables(batch.symbols(), batch.resources(), batch.scopes());
    for (int i = 0; i < rows; i++) {
      int row = batch.addRow();
      batch.traceHi()[row] = random.nextLong();
      batch.traceLo()[row] = random.nextInt(4);
      batch.spanId()[row] = random.nextLong() | 1;
      batch.parentSpanId()[row] = random.nextBoolean() ? 0 : random.nextLong();
      batch.startNanos()[row] = time();
      batch.endNanos()[row] =
          random.nextInt(9) == 0
              ? random.nextLong()
              : batch.startNanos()[row] + random.nextInt(1 << 30);
      batch.name()[row] = symbol(batch.symbols());
      batch.kind()[row] = (byte) random.nextInt(6);
      batch.statusCode()[row] = (byte) random.nextInt(3);
      batch.statusMessage()[row] = rare() ? symbol(batch.symbols()) : 0;
      batch.traceState()[row] = rare() ? symbol(batch.symbols()) : 0;
      batch.flags()[row] = rare() ? random.nextInt() : 0;
      batch.droppedAttributes()[row] = rare() ? random.nextInt() : 0;
      batch.droppedEvents()[row] = rare() ? random.nextInt(9) : 0;
      batch.droppedLinks()[row] = rare() ? random.nextInt(9) : 0;
      batch.resource()[row] = random.nextInt(batch.resources().size());
      batch.scope()[row] = random.nextInt(batch.scopes().size());
      attributes(batch.symbols(), batch.attributes());
      for (int e = random.nextInt(3); e > 0; e--) {
        event(batch.symbols(), batch.events());
      }
      for (int l = random.nextInt(2); l > 0; l--) {
        link(batch.symbols(), batch.links());
      }
      batch.eventEnds()[row] = batch.events().rows();
      batch.linkEnds()[row] = batch.links().rows();
    }
    return batch;
  }

  public LogBatch logs(int rows) {
    var batch = new LogBatch(random.nextInt(1 + rows));
    tables(batch.symbols(), batch.resources(), batch.scopes());
    for (int i = 0; i < rows; i++) {
      int row = batch.addRow();
      batch.timeNanos()[row] = random.nextInt(5) == 0 ? 0 : time();
      batch.observedNanos()[row] = time();
      batch.severityNumber()[row] = (byte) random.nextInt(25);
      batch.severityText()[row] = symbol(batch.symbols());
      batch.eventName()[row] = rare() ? symbol(batch.symbols()) : 0;
      boolean traced = random.nextBoolean();
      batch.traceHi()[row] = traced ? random.nextLong() : 0;
      batch.traceLo()[row] = traced ? random.nextLong() : 0;
      batch.spanId()[row] = traced ? random.nextLong() : 0;
      batch.flags()[row] = rare() ? random.nextInt() : 0;
      batch.droppedAttributes()[row] = rare() ? random.nextInt() : 0;
      batch.resource()[row] = random.nextInt(batch.resources().size());
      batch.scope()[row] = random.nextInt(batch.scopes().size());
      attributes(batch.symbols(), batch.attributes());
      byte type = random.nextInt(4) == 0 ? (byte) random.nextInt(8) : ValueType.STRING;
      batch.bodyType()[row] = type;
      byte[] text =
          ("line " + random.nextInt(1000) + " of " + word())
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      batch.body()[row] =
          ValueType.isSymbol(type)
              ? batch.symbols().add(text, 0, text.length)
              : value(batch.symbols(), type);
    }
    return batch;
  }

  public MetricBatch metrics(int rows) {
    var batch = new MetricBatch(random.nextInt(1 + rows));
    tables(batch.symbols(), batch.resources(), batch.scopes());
    for (int i = 0; i < rows; i++) {
      int row = batch.addRow();
      byte kind = (byte) random.nextInt(6);
      batch.name()[row] = symbol(batch.symbols());
      batch.description()[row] = symbol(batch.symbols());
      batch.unit()[row] = symbol(batch.symbols());
      batch.kind()[row] = kind;
      batch.temporality()[row] = (byte) random.nextInt(3);
      batch.monotonic()[row] = (byte) random.nextInt(2);
      batch.resource()[row] = random.nextInt(batch.resources().size());
      batch.scope()[row] = random.nextInt(batch.scopes().size());
      attributes(batch.symbols(), batch.metadata());
      for (int p = kind == MetricBatch.NONE ? 0 : random.nextInt(4); p > 0; p--) {
        point(batch, kind);
      }
      batch.pointEnds()[row] = batch.points().rows();
    }
    return batch;
  }

  private void point(MetricBatch batch, byte kind) {
    PointRows points = batch.points();
    int row = points.addRow();
    points.startNanos()[row] = rare() ? 0 : time();
    points.timeNanos()[row] = time();
    points.flags()[row] = random.nextInt(2);
    points.detail()[row] =
        switch (kind) {
          case MetricBatch.HISTOGRAM -> histogram(batch.histograms());
          case MetricBatch.EXPONENTIAL_HISTOGRAM -> exponential(batch.exponentials());
          case MetricBatch.SUMMARY -> summary(batch.summaries());
          default -> -1;
        };
    if (points.detail()[row] == -1) {
      byte type = new byte[] {ValueType.EMPTY, ValueType.INT, ValueType.DOUBLE}[random.nextInt(3)];
      points.valueType()[row] = type;
      points.value()[row] = value(batch.symbols(), type);
    }
    attributes(batch.symbols(), points.attributes());
    for (int e = rare() ? 2 : 0; e > 0; e--) {
      ExemplarRows exemplars = points.exemplars();
      int made = exemplars.addRow();
      exemplars.timeNanos()[made] = time();
      exemplars.valueType()[made] = ValueType.DOUBLE;
      exemplars.value()[made] = Double.doubleToRawLongBits(random.nextGaussian());
      exemplars.traceHi()[made] = random.nextLong();
      exemplars.traceLo()[made] = random.nextLong();
      exemplars.spanId()[made] = random.nextLong();
      attributes(batch.symbols(), exemplars.attributes());
    }
    points.exemplarEnds()[row] = points.exemplars().rows();
  }

  private int histogram(HistogramRows table) {
    int row = table.addRow();
    table.count()[row] = random.nextInt(1000);
    table.sum()[row] = random.nextGaussian();
    table.min()[row] = random.nextGaussian();
    table.max()[row] = random.nextGaussian();
    table.has()[row] = (byte) random.nextInt(8);
    for (int i = random.nextInt(5); i > 0; i--) {
      table.buckets().add(random.nextInt(100));
      table.bounds().addDouble(random.nextGaussian());
    }
    table.bucketEnds()[row] = table.buckets().size();
    table.boundEnds()[row] = table.bounds().size();
    return row;
  }

  private int exponential(ExponentialRows table) {
    int row = table.addRow();
    table.count()[row] = random.nextInt(1000);
    table.sum()[row] = random.nextGaussian();
    table.min()[row] = random.nextGaussian();
    table.max()[row] = random.nextGaussian();
    table.has()[row] = (byte) random.nextInt(8);
    table.scale()[row] = random.nextInt(20) - 10;
    table.zeroCount()[row] = random.nextInt(10);
    table.zeroThreshold()[row] = random.nextDouble();
    table.positiveOffset()[row] = random.nextInt(20) - 10;
    table.negativeOffset()[row] = random.nextInt(20) - 10;
    for (int i = random.nextInt(5); i > 0; i--) {
      table.positive().add(random.nextInt(100));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      table.negative().add(random.nextInt(100));
    }
    table.positiveEnds()[row] = table.positive().size();
    table.negativeEnds()[row] = table.negative().size();
    return row;
  }

  private int summary(SummaryRows table) {
    int row = table.addRow();
    table.count()[row] = random.nextInt(1000);
    table.sum()[row] = random.nextGaussian();
    for (int i = random.nextInt(3); i > 0; i--) {
      table.quantiles().addDouble(random.nextDouble());
      table.quantileValues().addDouble(random.nextGaussian());
    }
    table.quantileEnds()[row] = table.quantiles().size();
    return row;
  }

  private void event(Symbols symbols, EventRows events) {
    int row = events.addRow();
    events.timeNanos()[row] = time();
    events.name()[row] = symbol(symbols);
    events.droppedAttributes()[row] = rare() ? random.nextInt() : 0;
    attributes(symbols, events.attributes());
  }

  private void link(Symbols symbols, LinkRows links) {
    int row = links.addRow();
    links.traceHi()[row] = random.nextLong();
    links.traceLo()[row] = random.nextLong();
    links.spanId()[row] = random.nextLong();
    links.traceState()[row] = rare() ? symbol(symbols) : 0;
    links.flags()[row] = rare() ? random.nextInt() : 0;
    links.droppedAttributes()[row] = rare() ? random.nextInt() : 0;
    attributes(symbols, links.attributes());
  }

  private void tables(Symbols symbols, ResourceTable resources, ScopeTable scopes) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      attributes(symbols, resources.attributes());
      resources.add(rare() ? random.nextInt(5) : 0, symbol(symbols), rare() ? symbol(symbols) : 0);
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      attributes(symbols, scopes.attributes());
      scopes.add(symbol(symbols), symbol(symbols), rare() ? random.nextInt(5) : 0, symbol(symbols));
    }
  }

  private void attributes(Symbols symbols, AttributeRows attributes) {
    for (int i = random.nextInt(5); i > 0; i--) {
      byte type = (byte) random.nextInt(8);
      attributes.add(symbol(symbols), type, value(symbols, type));
    }
    attributes.endParent();
  }

  private long value(Symbols symbols, byte type) {
    return switch (type) {
      case ValueType.EMPTY -> 0;
      case ValueType.BOOL -> random.nextInt(2);
      case ValueType.INT -> random.nextBoolean() ? random.nextInt(500) : random.nextLong();
      case ValueType.DOUBLE -> Double.doubleToRawLongBits(random.nextGaussian());
      default -> symbol(symbols);
    };
  }

  private int symbol(Symbols symbols) {
    return symbols.intern(word());
  }

  private String word() {
    return random.nextInt(3) == 0
        ? "w" + random.nextInt(100_000)
        : WORDS[random.nextInt(WORDS.length)];
  }

  private long time() {
    return baseNanos + (long) (random.nextDouble() * spreadNanos);
  }

  private boolean rare() {
    return random.nextInt(8) == 0;
  }
}
