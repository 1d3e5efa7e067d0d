package dev.pharos.api.pharos;

import dev.pharos.api.ApiServer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Made-up traffic of three services in a row, `gate` → `desk` → `vault`, and a database that only vault calls, with a
/// fault of the test's choice from a time on.
final class Harbour {
  static final List<String> PORTS = List.of("lisbon", "porto", "faro", "sines", "aveiro");

  private static final long SECOND = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  private final SplittableRandom random;
  private long startSeconds;
  private final List<SentSpan> spans = new ArrayList<>();
  private long ids;

  /// What is wrong.
  enum Fault {
    NONE,
    /// Vault takes long by itself for one port.
    SLOW_PORT,
    /// Desk fails at one of its two instances.
    FAILING_INSTANCE,
    /// Desk fails for one port.
    FAILING_PORT,
    /// Vault has a new version, whose statement is slow.
    SLOW_STATEMENT
  }

  Harbour(long seed, long startSeconds) {
    this.random = new SplittableRandom(seed);
    this.startSeconds = startSeconds;
  }

  /// What runs next begins at this time.
  Harbour at(long seconds) {
    startSeconds = seconds;
    return this;
  }

  List<SentSpan> spans() {
    return spans;
  }

  /// @param rate requests a second
  /// @param faultAt seconds from the start on
  Harbour run(int seconds, int rate, Fault fault, int faultAt) {
    for (int i = 0; i < seconds * rate; i++) {
      long at = startSeconds * SECOND + random.nextLong(seconds * SECOND);
      boolean on = at >= (startSeconds + faultAt) * SECOND;
      request(at, on ? fault : Fault.NONE);
    }
    return this;
  }

  /// What a server with this traffic answers, by path.
  Map<String, JsonNode> answers(Path directory, long start, long end, String... paths) {
    var answers = new TreeMap<String, JsonNode>();
    var shuffled = new ArrayList<>(spans);
    Collections.shuffle(shuffled, new Random(3));
    try (var stored = new StoredTelemetry(directory)) {
      for (int from = 0; from < shuffled.size(); from += 2_000) {
        stored.spans(
            SentSpan.otlp(shuffled.subList(from, Math.min(shuffled.size(), from + 2_000))));
      }
      var api =
          new InsightApi(
              stored.summaries(),
              stored.traces(),
              ScanPool.NONE,
              ApiServer.TENANTS,
              ApiServer.slots());
      try (var server = new ApiServer(api.routes("/pharos"))) {
        for (String path : paths) {
          var answer =
              server.get("/pharos/api/v1/" + path, "start", Long.toString(start), "end", "" + end);
          if (answer.status() != 200) {
            throw new AssertionError(path + ": " + answer.text());
          }
          answers.put(path, answer.json());
        }
      }
    }
    return answers;
  }

  private void request(long at, Fault fault) {
    long trace = ++ids << 8 | 1;
    String port = PORTS.get(random.nextInt(PORTS.size()));
    int desk = 1 + random.nextInt(2);
    Map<String, String> attributes =
        Map.of("cargo.port", port, "cargo.size", "" + random.nextInt(3));
    boolean fails =
        fault == Fault.FAILING_INSTANCE && desk == 2 && random.nextInt(10) < 8
            || fault == Fault.FAILING_PORT && port.equals("faro");
    long statement = fault == Fault.SLOW_STATEMENT ? millis(60) : millis(2);
    long own = fault == Fault.SLOW_PORT && port.equals("faro") ? millis(700) : millis(3);
    boolean renewed = fault == Fault.SLOW_STATEMENT;
    long vault = statement + own;
    long deskNanos = vault + millis(4);
    long gate = deskNanos + millis(3);
    var gateSender = sender("gate", "1", "gate-1");
    var deskSender = sender("desk", "7", "desk-" + desk);
    var vaultSender = sender("vault", renewed ? "2.1" : "2.0", renewed ? "vault-b" : "vault-a");
    long root =
        add(gateSender, trace, 0, "GET /cargo", SentSpan.SERVER, fails, at, gate, attributes);
    long toDesk =
        add(
            gateSender,
            trace,
            root,
            "GET",
            SentSpan.CLIENT,
            fails,
            at + MS,
            deskNanos + MS,
            Map.of("server.address", "desk"));
    long atDesk =
        add(
            deskSender,
            trace,
            toDesk,
            "GET /slot",
            SentSpan.SERVER,
            fails,
            at + MS,
            deskNanos,
            attributes);
    if (fails) {
      return;
    }
    long toVault =
        add(
            deskSender,
            trace,
            atDesk,
            "GET",
            SentSpan.CLIENT,
            false,
            at + 2 * MS,
            vault + MS,
            Map.of("server.address", "vault"));
    long atVault =
        add(
            vaultSender,
            trace,
            toVault,
            "GET /coin",
            SentSpan.SERVER,
            false,
            at + 2 * MS,
            vault,
            attributes);
    add(
        vaultSender,
        trace,
        atVault,
        "SELECT coin",
        SentSpan.CLIENT,
        false,
        at + 2 * MS,
        statement,
        Map.of("db.system", "ledgerdb"));
  }

  private long millis(double median) {
    return (long) (median * MS * Math.exp(0.3 * random.nextGaussian()));
  }

  private static Map<String, String> sender(String service, String version, String instance) {
    return Map.of(
        "service.name", service, "service.version", version, "service.instance.id", instance);
  }

  private long add(
      Map<String, String> resource,
      long trace,
      long parent,
      String name,
      int kind,
      boolean error,
      long start,
      long nanos,
      Map<String, String> attributes) {
    long id = ++ids << 20 | 7;
    spans.add(
        new SentSpan(resource, trace, id, parent, name, kind, error, start, nanos, attributes));
    return id;
  }
}
