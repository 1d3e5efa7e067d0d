package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LogBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/// Makes log records of a web shop: 45 % JSON, 35 % access log, 20 % text, about 254 bytes a line, half of them with
/// random trace and span ids. The same seed gives the same records.
public final class MeterLines {
  private static final String[] PHRASES = {
    "Cache refreshed for tenant acme-corp in region eu-central-1 after invalidation message from broker kafka-3,"
        + " entries loaded ",
    "Connection pool shop-db-primary reports active connections within limits, waiting threads none,"
        + " longest checkout in ms ",
    "Retrying request to payment gateway provider after transient failure, circuit breaker remains closed,"
        + " attempt backoff ms ",
    "Scheduled job reconcile-inventory finished, warehouses north south and central scanned, corrected stock entries ",
    "Slow query detected on replica pg-replica-2 table orders index orders_created_at_idx not used, rows examined "
  };
  private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 201, 204, 304, 404};
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter APACHE =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final SplittableRandom random;
  private long now;
  private final long stepNanos;
  private String lastNeedle = "";

  /// @param now Unix nanoseconds of the first batch
  /// @param stepNanos what each batch is later than the one before it
  public MeterLines(long seed, long now, long stepNanos) {
    this.random = new SplittableRandom(seed);
    this.now = now;
    this.stepNanos = stepNanos;
  }

  /// A word of 16 hex digits that only the line made last has.
  public String lastNeedle() {
    return lastNeedle;
  }

  public LogBatch next(int count) {
    var batch = new LogBatch(count);
    Symbols symbols = batch.symbols();
    for (String service : MeterShape.SERVICES) {
      for (int instance = 0; instance < 4; instance++) {
        MeterShape.resource(symbols, batch.resources(), service, instance);
      }
    }
    MeterShape.scope(symbols, batch.scopes(), "com.example.shop.logging", "");
    for (int i = 0; i < count; i++) {
      line(batch, now + (i - count) * 1000L * (1 + 500 / count));
    }
    now += stepNanos;
    return batch;
  }

  private void line(LogBatch batch, long time) {
    Symbols symbols = batch.symbols();
    int service = random.nextInt(MeterShape.SERVICES.length);
    int x = random.nextInt(100);
    int severity = x < 4 ? 17 : x < 14 ? 13 : x < 20 ? 5 : 9;
    String level =
        severity == 17 ? "ERROR" : severity == 13 ? "WARN" : severity == 5 ? "DEBUG" : "INFO";
    String thread = "http-nio-8080-exec-" + random.nextInt(40);
    int kind = random.nextInt(100);
    String own = MeterShape.SERVICES[service].substring(5);
    String logger =
        kind < 45
            ? "com.example.shop." + own + ".RequestLogger"
            : kind < 80 ? "access" : "com.example.shop." + own + ".Worker";
    String body =
        kind < 45
            ? json(time, level, logger, severity)
            : kind < 80 ? access(time, severity) : text(time, level, thread, logger);
    int row = batch.addRow();
    batch.timeNanos()[row] = time;
    batch.observedNanos()[row] = time + 50_000;
    batch.severityNumber()[row] = (byte) severity;
    batch.severityText()[row] = symbols.intern(level);
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    batch.bodyType()[row] = ValueType.STRING;
    batch.body()[row] = symbols.add(utf8, 0, utf8.length);
    batch.resource()[row] = service * 4 + random.nextInt(4);
    AttributeRows to = batch.attributes();
    MeterShape.text(symbols, to, "logger.name", logger);
    MeterShape.text(symbols, to, "thread.name", thread);
    MeterShape.text(symbols, to, "log.file.name", MeterShape.SERVICES[service] + ".log");
    to.endParent();
    if (random.nextBoolean()) {
      batch.traceHi()[row] = random.nextLong();
      batch.traceLo()[row] = random.nextLong() | 1;
      batch.spanId()[row] = random.nextLong() | 1;
    }
  }

  private String needle() {
    lastNeedle = MeterShape.hex(random, 16);
    return lastNeedle;
  }

  private int status(int severity) {
    return severity == 17 ? 500 : STATUSES[random.nextInt(10)];
  }

  private String json(long time, String level, String logger, int severity) {
    return "{\"ts\":\""
        + ISO.format(Instant.ofEpochSecond(0, time))
        + "\",\"level\":\""
        + level.toLowerCase(Locale.ROOT)
        + "\",\"logger\":\""
        + logger
        + "\",\"msg\":\"request completed\",\"method\":\""
        + MeterShape.pick(random, MeterShape.METHODS)
        + "\",\"path\":\""
        + MeterShape.pick(random, MeterShape.PATHS)
        + MeterShape.digits(random, 6)
        + "\",\"status\":"
        + status(severity)
        + ",\"duration_ms\":"
        + (1 + random.nextInt(9))
        + MeterShape.digits(random, 2)
        + ",\"bytes\":"
        + (1 + random.nextInt(9))
        + MeterShape.digits(random, 3)
        + ",\"user_id\":\"user-"
        + MeterShape.digits(random, 6)
        + "\",\"request_id\":\""
        + needle()
        + "\"}";
  }

  private String access(long time, int severity) {
    return "10."
        + random.nextInt(4)
        + "."
        + random.nextInt(250)
        + ".1"
        + MeterShape.digits(random, 1)
        + " - user-"
        + MeterShape.digits(random, 6)
        + " ["
        + APACHE.format(Instant.ofEpochSecond(0, time))
        + "] \""
        + MeterShape.pick(random, MeterShape.METHODS)
        + " "
        + MeterShape.pick(random, MeterShape.PATHS)
        + MeterShape.digits(random, 6)
        + " HTTP/1.1\" "
        + status(severity)
        + " "
        + (1 + random.nextInt(9))
        + MeterShape.digits(random, 3)
        + " \"https://shop.example.com/"
        + MeterShape.pick(random, MeterShape.SERVICES)
        + "/"
        + MeterShape.pick(random, MeterShape.TABLES)
        + "?page="
        + random.nextInt(90)
        + "\" \""
        + MeterShape.pick(random, MeterShape.AGENTS)
        + "\" 0."
        + MeterShape.digits(random, 3)
        + " "
        + needle();
  }

  private String text(long time, String level, String thread, String logger) {
    return ISO.format(Instant.ofEpochSecond(0, time))
        + " "
        + String.format("%-5s", level)
        + " ["
        + thread
        + "] "
        + logger
        + " - "
        + MeterShape.pick(random, PHRASES)
        + MeterShape.digits(random, 4)
        + ", order "
        + MeterShape.digits(random, 7)
        + ", request "
        + needle();
  }
}
