package dev.pharos.wire.workload;

import java.util.ArrayList;
import java.util.List;

/// Metric requests of machines, one point of each series a round. Values move on by 15 s at each refresh, whatever the
/// time is. One thread at a time makes requests; what they hold is not shared between them.
public final class MetricWorkload {
  /// Samples of a machine when histograms are spelt out.
  public static final int MACHINE_SAMPLES = 2001;

  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  /// What share of requests is faster than the bound: most lie between 10 and 250 ms.
  private static final double[] FASTER = {
    .04, .16, .41, .63, .81, .93, .97, .987, .995, .998, .9996
  };

  private static final int BUCKETS = BOUNDS.length + 1;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final long seed;

  /// The same seed gives the same series and values.
  public MetricWorkload(long seed) {
    this.seed = seed;
  }

  /// The requests that carry one point of each series of a machine, each with at most `items` points.
  public List<Template> requests(int machine, int items) {
    List<MachineSeries.Series> series = MachineSeries.of(new Stamps(seed * 31 + machine));
    var requests = new ArrayList<Template>();
    for (int from = 0; from < series.size(); from += items) {
      requests.add(request(machine, series.subList(from, Math.min(series.size(), from + items))));
    }
    return requests;
  }

  private Template request(int machine, List<MachineSeries.Series> series) {
    var out = new TemplateWriter();
    out.message(
        1,
        () -> {
          resource(out, machine);
          out.message(
              2,
              () -> {
                out.message(
                    1,
                    () -> {
                      out.text(1, "hostmetrics");
                      out.text(2, "0.159.0");
                    });
                metrics(out, series);
              });
        });
    return new Template(out, series.size(), 0, 0, new State(series, seed + machine));
  }

  private static void resource(TemplateWriter out, int machine) {
    out.message(
        1,
        () -> {
          String address = "10.1." + machine / 250 + "." + machine % 250 + ":9100";
          out.attribute(1, "service.name", "node");
          out.attribute(1, "service.instance.id", address);
          out.attribute(1, "host.name", "machine-" + machine);
          out.attribute(1, "deployment.environment.name", "production");
        });
  }

  private static void metrics(TemplateWriter out, List<MachineSeries.Series> series) {
    for (int i = 0; i < series.size(); ) {
      MachineSeries.Series first = series.get(i);
      int from = i;
      while (i < series.size() && series.get(i).name().equals(first.name())) {
        i++;
      }
      int to = i;
      out.message(2, () -> metric(out, first, series, from, to));
    }
  }

  private static void metric(
      TemplateWriter out,
      MachineSeries.Series first,
      List<MachineSeries.Series> series,
      int from,
      int to) {
    out.text(1, first.name());
    out.text(2, "What the machine counts as " + first.name() + ".");
    int kind = first.histogram() ? 9 : first.counter() ? 7 : 5;
    out.message(
        kind,
        () -> {
          for (int i = from; i < to; i++) {
            int number = i;
            out.message(1, () -> point(out, series.get(number), number));
          }
          if (kind != 5) {
            out.number(2, 2);
          }
          if (kind == 7) {
            out.number(3, 1);
          }
        });
  }

  private static void point(TemplateWriter out, MachineSeries.Series series, int number) {
    int labels = series.histogram() ? 9 : 7;
    for (int i = 0; i < series.labels().size(); i += 2) {
      out.attribute(labels, series.labels().get(i), series.labels().get(i + 1));
    }
    if (series.counter()) {
      out.time(2, -HOUR_NANOS);
    }
    out.time(3, 0);
    if (!series.histogram()) {
      out.fixed64Tag(4);
      out.hole(Hole.VALUE, Long.BYTES, number);
      return;
    }
    out.doubles(7, BOUNDS);
    out.packedTag(6, BUCKETS * Long.BYTES);
    // The bucket counts, then the fields of sum and count with their tags, are one hole.
    out.hole(Hole.VALUE, (BUCKETS + 2) * Long.BYTES + 2, number);
  }

  /// Where the series of one request stand.
  private static final class State implements Template.Values {
    private final List<MachineSeries.Series> series;
    private final double[] values;
    private final long[][] counts;
    private final Stamps random;

    State(List<MachineSeries.Series> series, long seed) {
      this.series = List.copyOf(series);
      values = new double[series.size()];
      counts = new long[series.size()][];
      random = new Stamps(seed);
      for (int i = 0; i < values.length; i++) {
        values[i] = series.get(i).start();
        counts[i] = new long[series.get(i).histogram() ? BUCKETS : 0];
      }
    }

    @Override
    public void fill(int number, byte[] to, int at, Stamps stamps, long nowNanos) {
      MachineSeries.Series one = series.get(number);
      if (one.histogram()) {
        observe(one, number);
        int end = at;
        long total = 0;
        for (long count : counts[number]) {
          Stamps.putLong(to, end, count);
          total += count;
          end += Long.BYTES;
        }
        to[end] = 5 << 3 | 1;
        Stamps.putDouble(to, end + 1, values[number]);
        to[end + 9] = 4 << 3 | 1;
        Stamps.putLong(to, end + 10, total);
        return;
      }
      values[number] = one.motion().next(values[number], one.pace(), random, nowNanos);
      Stamps.putDouble(to, at, values[number]);
    }

    /// A few requests stand for those of 15 s.
    private void observe(MachineSeries.Series one, int number) {
      int requests = (int) (one.pace() * Motion.STEP_SECONDS * (0.5 + random.fraction()));
      int drawn = Math.min(requests, 8);
      for (int i = 0; i < drawn; i++) {
        double quantile = random.fraction();
        int bucket = 0;
        while (bucket < FASTER.length && quantile >= FASTER[bucket]) {
          bucket++;
        }
        counts[number][bucket] += 1 + requests / 8;
      }
      double seconds = requests * (0.03 + 0.05 * random.fraction());
      values[number] = Math.rint((values[number] + seconds) * 1e6) / 1e6;
    }
  }
}
