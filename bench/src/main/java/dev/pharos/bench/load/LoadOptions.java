package dev.pharos.bench.load;

import dev.pharos.model.Signal;
import dev.pharos.transport.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What to send where, how fast and how long.
///
/// @param connections to the server; with HTTP/1.1 a connection carries one request, so there are `inFlight` times as
///     many
/// @param items a request: spans, log records, data points
/// @param rate items a second; 0 for flat out
/// @param warm seconds sent before measuring
/// @param seconds measured, at most
/// @param total items after which to stop, warm-up included; 0 for none
/// @param settle seconds to wait afterwards, in which the server's CPU time is counted on
/// @param pid of the server; 0 if its CPU time is not wanted
/// @param machines whose metrics are sent
/// @param back how far before now metrics begin; then points come in steps up to now, and the run ends. Zero for points
///     of now
/// @param step between the points of a series that begins before now
/// @param ids a file for trace ids that were accepted, one a line
record LoadOptions(
    Signal signal,
    boolean grpc,
    boolean gzip,
    String host,
    int port,
    int connections,
    int inFlight,
    int items,
    double rate,
    double warm,
    double seconds,
    long total,
    double settle,
    long pid,
    long seed,
    int machines,
    Duration back,
    Duration step,
    Optional<Path> ids) {
  static final String USAGE =
      """
      pharos-bench load [--key value ...]   sends OTLP to a server on this machine and reports what came of it
        --signal traces|logs|metrics   (traces)
        --proto grpc|http              (grpc)
        --to HOST:PORT                 loopback only (127.0.0.1:4317, or :4318 with http)
        --gzip true|false              each request compressed anew (false)
        --items N                      spans, log records or data points a request (500)
        --conns N                      connections (2)
        --inflight N                   requests in flight on each; HTTP/1.1 opens a connection for each (4)
        --rate N                       items a second, 0 for flat out; with a rate, latency counts from when a request
                                       was due (0)
        --warm S, --seconds S          sent before measuring, measured at most (3, 10)
        --total N                      stop after so many items, warm-up included; 0 for no such limit (0)
        --settle S                     wait afterwards, the server's CPU time counted on (0)
        --pid PID                      the server, whose CPU time and memory to report
        --seed N                       of the requests' content (1)
        --machines N                   whose metrics are sent, 2,001 series each (5)
        --back HOURS                   metrics in steps from so long ago up to now, then stop; 0: of now (0)
        --step S                       between the points of a series with --back (15)
        --ids FILE                     trace ids that were accepted, one a line
      """;

  /// Reads `--key value` pairs.
  ///
  /// @throws IllegalArgumentException if a key is unknown, a value does not fit, or the server is not on this machine
  static LoadOptions parse(String[] args) {
    var given = new Arguments(args);
    boolean grpc = given.choice("proto", "grpc", "http").equals("grpc");
    Address to = Address.parse(given.text("to", grpc ? "127.0.0.1:4317" : "127.0.0.1:4318"));
    requireLoopback(to.host());
    var options =
        new LoadOptions(
            Signal.valueOf(
                given.choice("signal", "traces", "logs", "metrics").toUpperCase(Locale.ROOT)),
            grpc,
            given.choice("gzip", "false", "true").equals("true"),
            to.host(),
            to.port(),
            (int) given.number("conns", 2, 1, 1000),
            (int) given.number("inflight", 4, 1, 1000),
            (int) given.number("items", 500, 1, 100_000),
            given.number("rate", 0, 0, 1e9),
            given.number("warm", 3, 0, 3600),
            given.number("seconds", 10, 0.1, 36_000),
            (long) given.number("total", 0, 0, 1e12),
            given.number("settle", 0, 0, 3600),
            (long) given.number("pid", 0, 0, 1e9),
            (long) given.number("seed", 1, 0, 1e15),
            (int) given.number("machines", 5, 1, 60_000),
            Duration.ofSeconds((long) (given.number("back", 0, 0, 24 * 365) * 3600)),
            Duration.ofSeconds((long) given.number("step", 15, 1, 86_400)),
            Optional.of(given.text("ids", "")).filter(name -> !name.isEmpty()).map(Path::of));
    given.requireAllKnown();
    return options;
  }

  private static void requireLoopback(String host) {
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "--to: \""
                + host
                + "\" (expected: a loopback address; this tool loads no other machine)");
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--to: \"" + host + "\" has no address", e);
    }
  }
}
