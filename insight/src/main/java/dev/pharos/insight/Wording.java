package dev.pharos.insight;

import dev.pharos.insight.compare.Ranking;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Puts a finding into words. Times are UTC.
final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long MINUTE_NANOS = 60_000_000_000L;

  /// A share of calls that is as good as all.
  private static final double ALL = 0.995;

  /// A share of the other calls that is as good as none.
  private static final double NONE = 0.05;

  private static final Set<String> PLACES =
      Set.of("region", "zone", "availability_zone", "cluster", "datacenter", "namespace");

  private Wording() {}

  static String sentence(Finding finding) {
    String subject = finding.service();
    String verb =
        switch (finding.what()) {
          case DURATION ->
              finding.cause() instanceof Away.Cause.Waits waits
                  ? "waits for " + waits.service()
                  : "is slow";
          case ERRORS ->
              finding.cause() instanceof Away.Cause.Waits waits
                  ? "fails at " + waits.service()
                  : "fails";
          case RATE -> "gets fewer requests";
          case GONE -> "is gone";
        };
    return subject
        + " "
        + verb
        + finding.attribute().map(Wording::where).orElse("")
        + ": "
        + label(finding)
        + value(finding, finding.from())
        + " → "
        + value(finding, finding.to());
  }

  private static String where(Ranking.Row row) {
    String key = row.term().attribute().key();
    String place = key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf('_')) + 1);
    return PLACES.contains(place)
        ? " in " + row.term().text()
        : " where " + condition(key, row.term().text());
  }

  private static String label(Finding finding) {
    return switch (finding.what()) {
      case DURATION -> "p" + Math.round(finding.quantile() * 100) + " ";
      case ERRORS -> "errors ";
      case RATE, GONE -> "";
    };
  }

  private static String value(Finding finding, double value) {
    return switch (finding.what()) {
      case DURATION -> duration(value);
      case ERRORS -> share(value);
      case RATE, GONE -> rate(value);
    };
  }

  static String evidence(Finding finding) {
    var text = new StringBuilder("Since ").append(TIME.format(instant(finding.sinceNanos())));
    if (finding.earlier()) {
      text.append(" or before");
    }
    if (finding.days() > 0) {
      text.append(", beside the same hours ").append(daysAgo(finding.days()));
    }
    finding.version().ifPresent(version -> text.append(after(finding, version)));
    text.append(". ");
    if (finding.count() > 0) {
      text.append(count(finding.count()))
          .append(finding.what() == Away.Kind.ERRORS ? " failed calls" : " slow calls");
      finding.attribute().ifPresent(row -> text.append(having(row)));
      text.append('.');
    }
    finding.explains().ifPresent(explains -> text.append(explains(finding, explains)));
    finding.silence().ifPresent(silence -> text.append(silent(silence)));
    return text.toString().strip();
  }

  private static String daysAgo(int days) {
    return switch (days) {
      case 1 -> "yesterday";
      case 7 -> "a week ago";
      default -> days + " days ago";
    };
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochMilli(nanos / 1_000_000);
  }

  private static String after(Finding finding, Finding.NewVersion version) {
    long minutes = Math.round((finding.sinceNanos() - version.atNanos()) / (double) MINUTE_NANOS);
    String name = finding.service() + " " + version.to();
    return switch ((int) Math.max(0, minutes)) {
      case 0 -> ", with " + name;
      case 1 -> ", 1 minute after " + name;
      default -> ", " + minutes + " minutes after " + name;
    };
  }

  private static String having(Ranking.Row row) {
    String text =
        (row.inside() >= ALL ? ", all have " : ", " + share(row.inside()) + " have ")
            + condition(row.term().attribute().key(), row.term().text());
    return row.outside() <= NONE
        ? text + ", others are normal"
        : text + ", of the others " + share(row.outside());
  }

  /// @param value of the attribute, or a bound of its numbers, `> 20`
  static String condition(String key, String value) {
    return value.startsWith("> ") || value.startsWith("≤ ") ? key + " " + value : key + "=" + value;
  }

  private static String explains(Finding finding, Finding.Explains explains) {
    return " Explains "
        + share(explains.share())
        + (finding.what() == Away.Kind.ERRORS ? " of the errors in " : " of the delay in ")
        + list(explains.services())
        + ".";
  }

  private static String silent(Silence silence) {
    return " "
        + silence.instance()
        + " of "
        + silence.service()
        + " sends nothing since "
        + TIME.format(instant(silence.sinceNanos()))
        + ".";
  }

  private static String list(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /// Three significant figures.
  static String duration(double nanos) {
    if (nanos < 999.5e3) {
      return figures(nanos / 1e3) + " µs";
    }
    if (nanos < 999.5e6) {
      return figures(nanos / 1e6) + " ms";
    }
    return nanos < 60e9 ? figures(nanos / 1e9) + " s" : figures(nanos / 60e9) + " min";
  }

  private static String figures(double value) {
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return decimals == 1 ? text.replaceAll("\\.0$", "") : text;
  }

  static String share(double share) {
    double percent = share * 100;
    if (percent == 0) {
      return "0 %";
    }
    int decimals = percent < 0.1 ? 2 : percent < 10 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %%", percent).replace(".0 %", " %");
  }

  static String rate(double rate) {
    if (rate > 0 && rate < 0.1) {
      double minutely = rate * 60;
      String text = figures(minutely < 0.1 ? minutely * 60 : minutely);
      return text.replaceAll("\\.?0+$", "") + (minutely < 0.1 ? "/h" : "/min");
    }
    return rate == 0 ? "0/s" : String.format(Locale.ROOT, rate < 10 ? "%.1f/s" : "%.0f/s", rate);
  }

  static String count(long count) {
    if (count < 100_000) {
      return String.format(Locale.ROOT, "%,d", count);
    }
    return count < 1_000_000
        ? Math.round(count / 1e3) + " k"
        : String.format(Locale.ROOT, "%.1f M", count / 1e6);
  }
}
