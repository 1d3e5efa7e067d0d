package dev.pharos.wire.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Log requests of the ticketing site: 45 % JSON lines, 35 % access log, 20 % text, about 254 bytes a body; half of the
/// records carry ids. A large request mixes all instances, as a gateway does; one of fewer than 200 records is of one
/// instance. One thread at a time.
public final class LogWorkload {
  private static final int GATEWAY_ITEMS = 200;
  private static final List<String> EVENTS =
      List.of(
          "Reloaded timetable of operator northern-lines from object store after change notification"
              + " by coordinator node-4, trips replaced ",
          "Seat map of train set ICE-TD-605 was rebuilt because two reservations overlapped in coach"
              + " seven, seats reassigned ",
          "Giving up lease on shard fares-eu-12 since the heartbeat of this replica was late twice in a row,"
              + " lateness in ms ",
          "Nightly settlement with acquirer cardlink finished without differences, captured refunded and"
              + " voided charges ",
          "Query planner chose a sequential scan on reservations because statistics of the partition are"
              + " stale, rows read ");
  private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 200, 201, 304, 404};

  private final Stamps random;

  /// The same seed gives the same requests.
  public LogWorkload(long seed) {
    random = new Stamps(seed);
  }

  private enum Level {
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17);

    private final int number;

    Level(int number) {
      this.number = number;
    }
  }

  private record Line(
      int index, int source, Level level, Text body, String logger, String thread, long fromNow) {}

  /// A request of `count` records, in order of time within the last milliseconds before now.
  public Template request(int count) {
    int sources = Site.SERVICES.size() * Site.INSTANCES;
    int only = random.below(sources);
    var lines = new ArrayList<Line>(count);
    for (int i = 0; i < count; i++) {
      lines.add(line(i, count, count < GATEWAY_ITEMS ? only : random.below(sources)));
    }
    var out = new TemplateWriter();
    for (int source = 0; source < sources; source++) {
      int own = source;
      List<Line> mine = lines.stream().filter(line -> line.source == own).toList();
      if (!mine.isEmpty()) {
        out.message(1, () -> group(out, own, mine));
      }
    }
    return new Template(out, count, count, count, (series, to, at, stamps, now) -> {});
  }

  private Line line(int index, int count, int source) {
    int dice = random.below(100);
    Level level =
        dice < 4 ? Level.ERROR : dice < 14 ? Level.WARN : dice < 20 ? Level.DEBUG : Level.INFO;
    String owner = Site.SERVICES.get(source / Site.INSTANCES).substring("rail-".length());
    String thread = "reactor-http-epoll-" + (10 + random.below(40));
    long fromNow = (index - count) * 1000L * (1 + 500 / count);
    int form = random.below(100);
    if (form < 45) {
      String logger = "io.railway." + owner + ".RequestLog";
      return new Line(index, source, level, json(level, logger, fromNow), logger, thread, fromNow);
    }
    if (form < 80) {
      return new Line(index, source, level, access(level, fromNow), "access", thread, fromNow);
    }
    String logger = "io.railway." + owner + ".Housekeeping";
    return new Line(
        index, source, level, text(level, logger, thread, fromNow), logger, thread, fromNow);
  }

  private int status(Level level) {
    return level == Level.ERROR ? 500 : STATUSES[random.below(STATUSES.length)];
  }

  private Text json(Level level, String logger, long fromNow) {
    return Text.of("{\"time\":\"")
        .isoTime(fromNow)
        .then("\",\"severity\":\"" + level.name().toLowerCase(Locale.ROOT))
        .then("\",\"logger\":\"" + logger + "\",\"message\":\"request served\",\"verb\":\"")
        .then(Site.pick(random, Site.METHODS) + "\",\"target\":\"")
        .then(Site.pick(random, Site.ROUTES)[1])
        .digits(6)
        .then("\",\"status\":" + status(level) + ",\"took_ms\":" + (1 + random.below(9)))
        .digits(2)
        .then(",\"sent_bytes\":" + (1 + random.below(9)))
        .digits(3)
        .then(",\"passenger\":\"p-")
        .digits(7)
        .then("\",\"request_id\":\"")
        .hex(16)
        .then("\"}");
  }

  private Text access(Level level, long fromNow) {
    return Text.of("10." + random.below(4) + "." + random.below(250) + ".1")
        .digits(1)
        .then(" - p-")
        .digits(7)
        .then(" [")
        .accessTime(fromNow)
        .then("] \"" + Site.pick(random, Site.METHODS) + " " + Site.pick(random, Site.ROUTES)[1])
        .digits(6)
        .then(" HTTP/1.1\" " + status(level) + " " + (1 + random.below(9)))
        .digits(3)
        .then(" \"https://www.railway.example/" + Site.pick(random, Site.SERVICES))
        .then("/planner?page=" + random.below(90) + "\" \"" + Site.pick(random, Site.AGENTS))
        .then("\" 0.")
        .digits(3)
        .then(" ")
        .hex(16);
  }

  private Text text(Level level, String logger, String thread, long fromNow) {
    return Text.of("")
        .isoTime(fromNow)
        .then(" " + level + " [" + thread + "] " + logger + " - " + Site.pick(random, EVENTS))
        .digits(4)
        .then(", booking ")
        .digits(7)
        .then(", request ")
        .hex(16);
  }

  private void group(TemplateWriter out, int source, List<Line> lines) {
    int service = source / Site.INSTANCES;
    Site.resource(out, service, source % Site.INSTANCES);
    out.message(
        2,
        () -> {
          out.message(1, () -> out.text(1, "io.railway.logging"));
          for (Line line : lines) {
            out.message(2, () -> record(out, service, line));
          }
        });
  }

  private void record(TemplateWriter out, int service, Line line) {
    out.time(1, line.fromNow);
    out.number(2, line.level.number);
    out.text(3, line.level.name());
    out.message(5, () -> out.text(1, line.body));
    out.attribute(6, "logger.name", line.logger);
    out.attribute(6, "thread.name", line.thread);
    out.attribute(6, "log.file.path", "/var/log/rail/" + Site.SERVICES.get(service) + ".log");
    if (random.below(2) == 0) {
      out.id(9, Hole.TRACE_ID, line.index);
      out.id(10, Hole.SPAN_ID, line.index);
    }
    out.time(11, line.fromNow + 40_000);
  }
}
