package dev.pharos.demo.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// A service of the shop as a process: `Service NAME VERSION INSTANCE`. It writes `listening PORT` once it answers,
/// then its log; it reads [Control] lines and writes `obeyed` after each, and ends when its standard input does, so
/// that it never outlives who started it.
public final class Service {
  /// What comes before the port on standard output.
  public static final String LISTENING = "listening ";

  /// What follows on standard output when a [Control] line is obeyed.
  public static final String OBEYED = "obeyed";

  private static final long LAST_WORDS_SECONDS = 2;

  private Service() {}

  public static void main(String... words) throws Exception {
    writeLinesTo(System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(Service::endSoon));
    Trade trade = trade(words[0], words[1], words[2]);
    var server = Server.start(words[0], trade.endpoints());
    System.out.println(LISTENING + server.port());
    obey(trade);
    server.close();
    System.exit(0);
  }

  private static Trade trade(String name, String version, String instance) throws SQLException {
    return switch (name) {
      case "storefront" -> new Storefront();
      case "orders" -> new Orders(instance.equals(Catalogue.DYING_INSTANCE));
      case "inventory" -> new Inventory(version);
      default ->
          throw new IllegalArgumentException(
              "service " + name + " (expected: storefront, orders or inventory)");
    };
  }

  private static void obey(Trade trade) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      switch (Control.parse(line)) {
        case Control.Peers peers -> trade.meet(peers);
        case Control.Turn turn -> trade.turn(turn);
      }
      System.out.println(OBEYED);
    }
  }

  /// An agent may wait long for a receiver that is gone.
  private static void endSoon() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(LAST_WORDS_SECONDS));
              Runtime.getRuntime().halt(0);
            });
  }

  private static void writeLinesTo(PrintStream out) throws IOException {
    LogManager.getLogManager().reset();
    var handler =
        new StreamHandler(
            out,
            new Formatter() {
              @Override
              public String format(LogRecord line) {
                return formatMessage(line) + "\n";
              }
            }) {
          @Override
          public synchronized void publish(LogRecord line) {
            super.publish(line);
            flush();
          }
        };
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(handler);
  }
}
