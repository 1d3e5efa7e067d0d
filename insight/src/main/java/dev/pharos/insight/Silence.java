package dev.pharos.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An instance of a service that stopped sending while others of the service go on, and that none replaced.
///
/// It must have sent for two minutes, and be silent for a minute in which 15 spans of it were due, and for more
/// than twice as long as ever before. It is replaced if as many instances send as when it stopped, or if the
/// service has a version that came within ten minutes before or any time after: then instances come and go one by
/// one.
///
/// @param sinceNanos when the step ends in which its last span started
/// @param rate spans a second that it sent
/// @param share of the service's spans that were its own
public record Silence(String service, String instance, long sinceNanos, double rate, double share) {
  private static final long LEAST_ACTIVE_NANOS = 120_000_000_000L;
  private static final long LEAST_SILENT_NANOS = 60_000_000_000L;
  private static final double LEAST_DUE = 15;
  private static final int GAPS = 2;

  /// Before it stopped, within which another version is a deployment.
  private static final long DEPLOYMENT_NANOS = 600_000_000_000L;

  /// Where so many stop, instances come and go.
  private static final int MOST = 5;

  /// One instance by its name, whatever Resources it had.
  private static final class Run {
    final String name;
    final long stepNanos;
    final long[] spans;
    final Set<String> versions = new HashSet<>();
    int first;
    int last;
    int gap;
    long sum;

    Run(String name, long stepNanos, int steps) {
      this.name = name;
      this.stepNanos = stepNanos;
      this.spans = new long[steps];
    }

    void measure() {
      first = -1;
      gap = 0;
      sum = 0;
      for (int i = 0; i < spans.length; i++) {
        if (spans[i] > 0) {
          gap = first < 0 ? 0 : Math.max(gap, i - last - 1);
          first = first < 0 ? i : first;
          last = i;
          sum += spans[i];
        }
      }
    }

    double perStep() {
      return (double) sum / (last + 1 - first);
    }

    /// Steps without spans before it is silent; one alone may be under way.
    private int least() {
      return (int) Math.max(2, Math.ceilDiv(LEAST_SILENT_NANOS, stepNanos));
    }

    boolean isSilent(int end) {
      int silent = end - last - 1;
      return silent >= least() && silent > GAPS * gap;
    }

    boolean isMissed(int end) {
      return isSilent(end)
          && (last + 1 - first) * stepNanos >= LEAST_ACTIVE_NANOS
          && perStep() * (end - last - 1) >= LEAST_DUE;
    }

    boolean isAt(int step) {
      return first <= step && step <= last + least();
    }
  }

  /// Of one service; none where many instances come and go.
  static List<Silence> of(String service, Activity activity) {
    List<Run> runs = runs(service, activity);
    int end = activity.dataSteps();
    List<Run> alive = runs.stream().filter(run -> !run.isSilent(end)).toList();
    var found = new ArrayList<Silence>();
    for (Run run : runs) {
      if (run.isMissed(end) && !isReplaced(run, runs, alive)) {
        double all =
            runs.stream().filter(each -> each.isAt(run.last)).mapToDouble(Run::perStep).sum();
        found.add(
            new Silence(
                service,
                run.name,
                activity.nanos(run.last + 1),
                run.perStep() / (activity.stepNanos() / 1e9),
                run.perStep() / all));
      }
    }
    found.sort(Comparator.comparingLong(Silence::sinceNanos).thenComparing(Silence::instance));
    return found.size() > MOST ? List.of() : found;
  }

  private static List<Run> runs(String service, Activity activity) {
    Map<String, Run> byName = new TreeMap<>();
    for (Activity.Instance each : activity.instances(service)) {
      if (!each.sender.instance().isEmpty()) {
        Run run =
            byName.computeIfAbsent(
                each.sender.instance(),
                name -> new Run(name, activity.stepNanos(), each.spans.length));
        run.versions.add(each.sender.version());
        for (int i = 0; i < run.spans.length; i++) {
          run.spans[i] += each.spans[i];
        }
      }
    }
    byName.values().forEach(Run::measure);
    return List.copyOf(byName.values());
  }

  private static boolean isReplaced(Run gone, List<Run> runs, List<Run> alive) {
    long before = runs.stream().filter(run -> run.isAt(gone.last)).count();
    boolean othersStay = alive.stream().anyMatch(run -> run.first <= gone.last);
    boolean deployed =
        runs.stream()
            .anyMatch(
                run ->
                    (gone.last - run.first) * gone.stepNanos <= DEPLOYMENT_NANOS
                        && run.first > 0
                        && !gone.versions.containsAll(run.versions));
    return !othersStay || alive.size() >= before || deployed;
  }
}
