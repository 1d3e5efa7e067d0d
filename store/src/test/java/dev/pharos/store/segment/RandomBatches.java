package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Makes batches with everything that a batch can hold: every type of value, duplicate keys, empty texts, invalid
/// UTF-8, events, links, missing times, traces shared by batches.
public final class RandomBatches {
  /// All times lie within an hour from here.
  public static final long BASE = 1_790_000_000_000_000_000L;

  static final String[] KEYS = {
    "a", "b", "service.name", "http.status_code", "empty", "k.long.name", "x", ""
  };
  static final String[] TEXTS = {
    "", "GET", "POST", "alpha", "user-1", "user-22", "日本", "x y z", "0012"
  };

  private final SplittableRandom random;

  public RandomBatches(long seed) {
    random = new SplittableRandom(seed);
  }

  public SpanBatch spans(int count) {
    var batch = new SpanBatch(count);
    Symbols symbols = batch.symbols();
    int resources = fillResources(batch.resources(), symbols);
    int scopes = fillScopes(batch.scopes(), symbols);
    long traceHi = 0;
    long traceLo = 1;
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) == 0) {
        traceHi = random.nextInt(4) == 0 ? 0 : random.nextInt(5) - 2;
        traceLo = random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(50) + 1;
      }
      int row = batch.addRow();
      batch.traceHi()[row] = traceHi;
      batch.traceLo()[row] = traceLo;
      batch.spanId()[row] = random.nextInt(6) == 0 ? random.nextInt(1, 5) : random.nextLong() | 1;
      int back = random.nextInt(1, 8);
      batch.parentSpanId()[row] =
          random.nextInt(3) == 0
              ? 0
              : random.nextBoolean() && row >= back
                  ? batch.spanId()[row - back]
                  : random.nextLong();
      batch.startNanos()[row] = time();
      batch.endNanos()[row] = batch.startNanos()[row] + random.nextLong(-1000, 1_000_000_000L);
      batch.name()[row] = text(symbols);
      batch.kind()[row] = (byte) random.nextInt(6);
      batch.statusCode()[row] = (byte) random.nextInt(3);
      batch.statusMessage()[row] = rarely() ? text(symbols) : 0;
      batch.traceState()[row] = rarely() ? text(symbols) : 0;
      batch.flags()[row] = rarely() ? random.nextInt() : 1;
      batch.droppedAttributes()[row] = rarely() ? random.nextInt() : 0;
      batch.droppedEvents()[row] = rarely() ? 3 : 0;
      batch.droppedLinks()[row] = rarely() ? 4 : 0;
      batch.resource()[row] = random.nextInt(resources);
      batch.scope()[row] = random.nextInt(scopes);
      attributes(symbols, batch.attributes());
      for (int e = random.nextInt(4) - 2; e > 0; e--) {
        int event = batch.events().addRow();
        batch.events().timeNanos()[event] = time();
        batch.events().name()[event] = text(symbols);
        batch.events().droppedAttributes()[event] = rarely() ? 7 : 0;
        attributes(symbols, batch.events().attributes());
      }
      batch.eventEnds()[row] = batch.events().rows();
      for (int l = random.nextInt(4) - 2; l > 0; l--) {
        int link = batch.links().addRow();
        batch.links().traceHi()[link] = random.nextLong();
        batch.links().traceLo()[link] = random.nextLong();
        batch.links().spanId()[link] = rarely() ? 0 : random.nextLong();
        batch.links().traceState()[link] = rarely() ? text(symbols) : 0;
        batch.links().flags()[link] = random.nextInt(3);
        batch.links().droppedAttributes()[link] = rarely() ? 9 : 0;
        attributes(symbols, batch.links().attributes());
      }
      batch.linkEnds()[row] = batch.links().rows();
    }
    return batch;
  }

  public LogBatch logs(int count) {
    var batch = new LogBatch(count);
    Symbols symbols = batch.symbols();
    int resources = fillResources(batch.resources(), symbols);
    int scopes = fillScopes(batch.scopes(), symbols);
    for (int i = 0; i < count; i++) {
      int row = batch.addRow();
      batch.observedNanos()[row] = random.nextInt(3) == 0 ? 0 : time();
      batch.timeNanos()[row] = batch.observedNanos()[row] != 0 && rarely() ? 0 : time();
      batch.severityNumber()[row] = (byte) random.nextInt(25);
      batch.severityText()[row] = rarely() ? text(symbols) : symbols.intern("INFO");
      body(batch, row);
      batch.eventName()[row] = rarely() ? text(symbols) : 0;
      if (random.nextBoolean()) {
        batch.traceHi()[row] = random.nextInt(3);
        batch.traceLo()[row] = random.nextInt(40) + 1;
        batch.spanId()[row] = random.nextLong();
      }
      batch.flags()[row] = rarely() ? random.nextInt() : 0;
      batch.droppedAttributes()[row] = rarely() ? 5 : 0;
      batch.resource()[row] = random.nextInt(resources);
      batch.scope()[row] = random.nextInt(scopes);
      attributes(symbols, batch.attributes());
    }
    return batch;
  }

  private void body(LogBatch batch, int row) {
    Symbols symbols = batch.symbols();
    byte type = random.nextInt(5) == 0 ? (byte) random.nextInt(8) : ValueType.STRING;
    batch.bodyType()[row] = type;
    if (!ValueType.isSymbol(type)) {
      batch.body()[row] = number(type);
      return;
    }
    byte[] utf8 = line().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(30) == 0) {
      utf8 = new byte[random.nextInt(40)];
      random.nextBytes(utf8);
    }
    batch.body()[row] = symbols.add(utf8, 0, utf8.length);
  }

  private String line() {
    String id = MeterShape.hex(random, 16);
    return switch (random.nextInt(6)) {
      case 0 ->
          "user "
              + random.nextInt(100)
              + " logged in from 10.0."
              + random.nextInt(9)
              + "."
              + random.nextInt(300);
      case 1 ->
          "{\"id\":\""
              + id
              + "\",\"n\":"
              + random.nextInt(5000)
              + ",\"t\":\""
              + TEXTS[random.nextInt(TEXTS.length)]
              + "\"}";
      case 2 ->
          "2026-11-21T10:0"
              + random.nextInt(10)
              + ":00."
              + MeterShape.digits(random, 6)
              + "Z order-"
              + id
              + " done";
      case 3 -> MeterShape.digits(random, random.nextInt(1, 25));
      case 4 -> "";
      default ->
          TEXTS[random.nextInt(TEXTS.length)]
              + " "
              + "z".repeat(random.nextInt(20))
              + "\t"
              + id.toUpperCase();
    };
  }

  private int fillResources(ResourceTable table, Symbols symbols) {
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      attributes(symbols, table.attributes());
      table.add(rarely() ? 2 : 0, rarely() ? text(symbols) : 0, rarely() ? text(symbols) : 0);
    }
    return count;
  }

  private int fillScopes(ScopeTable table, Symbols symbols) {
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      attributes(symbols, table.attributes());
      table.add(text(symbols), text(symbols), rarely() ? 1 : 0, rarely() ? text(symbols) : 0);
    }
    return count;
  }

  private void attributes(Symbols symbols, AttributeRows to) {
    for (int n = random.nextInt(5); n > 0; n--) {
      String key = rarely() ? "rare." + random.nextInt(500) : KEYS[random.nextInt(KEYS.length)];
      byte type = random.nextInt(3) == 0 ? (byte) random.nextInt(8) : ValueType.STRING;
      to.add(symbols.intern(key), type, ValueType.isSymbol(type) ? text(symbols) : number(type));
    }
    to.endParent();
  }

  private long number(byte type) {
    return switch (type) {
      case ValueType.EMPTY -> 0;
      case ValueType.BOOL -> random.nextInt(2);
      case ValueType.DOUBLE ->
          Double.doubleToRawLongBits(
              random.nextInt(8) == 0
                  ? Double.NaN
                  : random.nextBoolean() ? random.nextInt(1000) / 100.0 : random.nextDouble());
      default -> random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(100);
    };
  }

  private int text(Symbols symbols) {
    return rarely()
        ? symbols.intern("t" + random.nextInt(1000))
        : symbols.intern(TEXTS[random.nextInt(TEXTS.length)]);
  }

  private long time() {
    return BASE + random.nextLong(3_600_000_000_000L);
  }

  private boolean rarely() {
    return random.nextInt(10) == 0;
  }
}
