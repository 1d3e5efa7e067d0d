package dev.pharos.app;

import dev.pharos.observe.LogTap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The process's own log: one line a record on standard error, `time level logger message`. A stack trace follows only
/// records that carry a fault of Pharos.
final class LogLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  /// Held here, since the log manager forgets loggers, and their levels, that nobody holds.
  private static final Logger NETTY = Logger.getLogger("io.netty");

  /// Sends everything from `level` on to standard error, and to the tap that the process observes itself by.
  static void install(Level level, LogTap tap) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setFormatter(new LogLines());
    handler.setLevel(level);
    Logger root = Logger.getLogger("");
    root.setLevel(level);
    root.addHandler(handler);
    root.addHandler(new Tapping(tap));
    NETTY.setLevel(Level.WARNING);
  }

  @Override
  public String format(LogRecord line) {
    var text = new StringBuilder(160);
    text.append(TIME.format(Instant.ofEpochMilli(line.getMillis()))).append(' ');
    text.append(level(line.getLevel())).append(' ');
    String name = String.valueOf(line.getLoggerName());
    text.append(name.substring(name.lastIndexOf('.') + 1))
        .append("  ")
        .append(formatMessage(line))
        .append('\n');
    return text.append(stackTrace(line)).toString();
  }

  private static String stackTrace(LogRecord line) {
    if (line.getThrown() == null) {
      return "";
    }
    var trace = new StringWriter();
    line.getThrown().printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static String level(Level level) {
    int value = level.intValue();
    return value >= Level.SEVERE.intValue()
        ? "ERROR"
        : value >= Level.WARNING.intValue()
            ? "WARN "
            : value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  /// Keeps lines for Pharos's own telemetry.
  private static final class Tapping extends Handler {
    private final LogTap tap;

    Tapping(LogTap tap) {
      this.tap = tap;
    }

    @Override
    public void publish(LogRecord line) {
      if (isLoggable(line)) {
        Instant time = line.getInstant();
        tap.add(
            new LogTap.Line(
                time.getEpochSecond() * 1_000_000_000L + time.getNano(),
                severity(line.getLevel()),
                LogLines.level(line.getLevel()).strip(),
                String.valueOf(line.getLoggerName()),
                new LogLines().formatMessage(line),
                stackTrace(line)));
      }
    }

    /// SeverityNumber of OpenTelemetry's log data model: the first of each range.
    private static int severity(Level level) {
      int value = level.intValue();
      return value >= Level.SEVERE.intValue()
          ? 17
          : value >= Level.WARNING.intValue() ? 13 : value >= Level.INFO.intValue() ? 9 : 5;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
