package dev.pharos.demo;

import dev.pharos.demo.service.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words after `./pharos demo`.
///
/// @param help whether only the help is wanted
/// @param fault which comes after the healthy time, if one does
/// @param surprise whether the fault was chosen here and not by the user
/// @param rate visits per second
/// @param data where the store keeps its data, if the user says
/// @param pharos all other words, which are Pharos' own
record DemoCommandLine(
    boolean help,
    Optional<Fault> fault,
    boolean surprise,
    Duration healthy,
    double rate,
    Optional<String> data,
    List<String> pharos) {
  private static final Pattern TIME = Pattern.compile("(?=.)(?:(\\d{1,4})m)?(?:(\\d{1,6})s)?");
  private static final double MOST = 200;

  static DemoCommandLine parse(RandomGenerator random, String... words) {
    String fault = "random";
    Duration healthy = Duration.ofMinutes(3);
    double rate = 12;
    Optional<String> data = Optional.empty();
    List<String> others = new ArrayList<>();
    boolean help = false;
    for (int i = 0; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = equals < 0 ? words[i] : words[i].substring(0, equals);
      boolean own = List.of("--fault", "--healthy", "--rate", "--data").contains(name);
      if (own && equals < 0 && i + 1 == words.length) {
        throw new DemoException("option " + name + " lacks its value");
      }
      String value = !own ? "" : equals < 0 ? words[++i] : words[i].substring(equals + 1);
      switch (name) {
        case "--fault" -> fault = value;
        case "--healthy" -> healthy = time(value);
        case "--rate" -> rate = rate(value);
        case "--data" -> data = Optional.of(value);
        case "--help", "-h" -> help = true;
        default -> others.add(words[i]);
      }
    }
    return new DemoCommandLine(
        help, fault(fault, random), fault.equals("random"), healthy, rate, data, others);
  }

  private static Optional<Fault> fault(String word, RandomGenerator random) {
    return switch (word) {
      case "none" -> Optional.empty();
      case "random" -> Optional.of(Fault.values()[random.nextInt(Fault.values().length)]);
      default ->
          Optional.of(
              Fault.of(word)
                  .orElseThrow(
                      () ->
                          new DemoException(
                              "--fault "
                                  + word
                                  + " (expected: "
                                  + each(Fault::word, ", ")
                                  + ", random or none)")));
    };
  }

  private static Duration time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      throw new DemoException("--healthy " + text + " (expected: a time such as 3m, 90s or 1m30s)");
    }
    return Duration.ofMinutes(number(parts.group(1))).plusSeconds(number(parts.group(2)));
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static double rate(String text) {
    try {
      double rate = Double.parseDouble(text);
      if (rate > 0 && rate <= MOST) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DemoException(
        "--rate " + text + " (expected: visits per second, above 0 and up to " + (int) MOST + ")");
  }

  private static String each(Function<Fault, String> text, String between) {
    return Arrays.stream(Fault.values()).map(text).collect(Collectors.joining(between));
  }

  static String usage() {
    return """
    Usage: pharos demo [options]

    Runs Pharos and a small shop to watch: storefront calls two instances of orders, and those call inventory. They are plain
    Java services with a database under the unmodified OpenTelemetry Java agent, and customers come all the time. After
    some healthy minutes something goes wrong; the UI says where to look.

    Options
      --fault NAME        what goes wrong: one of those below, random (the default) or none
      --healthy TIME      how long all is well before (default: 3m)
      --rate N            visits of customers per second (default: 12)
      --data DIRECTORY    where the store keeps its data (default: ./%s, which is emptied first)
      any other option is Pharos' own: see pharos --help

    Faults, and what is to be found
    %s
    While it runs, a line such as "slow-product on" or "slow-product off" switches a fault, and "faults" tells which are on.
    Ctrl-C stops everything.
    """
        .formatted(
            DataDirectory.DEFAULT,
            each(
                fault ->
                    String.format(
                        "  %-18s%s%n  %-18sfound: %s%n",
                        fault.word(), fault.happening(), "", fault.finding()),
                ""));
  }
}
