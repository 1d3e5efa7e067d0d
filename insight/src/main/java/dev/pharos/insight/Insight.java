package dev.pharos.insight;

import dev.pharos.insight.digest.Digests;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.ServiceRequests;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// Answers what services do, and where to look first. Any thread.
public final class Insight {
  private static final long SECOND = 1_000_000_000L;

  /// What is looked at for versions and instances, up to the end of the range.
  private static final long ACTIVITY_NANOS = 3_600 * SECOND;

  private final SummaryReader summaries;
  private final Digests digests;

  /// @param memory of queries, a part of which keeps digests
  public Insight(SummaryReader summaries, TraceReader traces, ScanPool pool, Account memory) {
    this.summaries = summaries;
    this.digests = new Digests(traces, pool, memory);
  }

  public Overview overview(QueryContext context, Grid grid) {
    var tenant = new Tenant(context.tenant());
    var cost = new Cost();
    Map<String, Series> services = services(tenant, grid);
    context.check();
    var logs = new LogCounts(summaries.logs(grid.columns(tenant)), grid.columns());
    Activity activity = activity(context, grid, cost);
    var names = new TreeSet<>(services.keySet());
    names.addAll(logs.services().keySet());
    activity.instances().forEach(instance -> names.add(instance.sender.service()));
    double seconds = seconds(grid, services);
    var states = new ArrayList<ServiceState>();
    for (String name : names) {
      Series series = services.getOrDefault(name, Series.empty(grid.columns() * grid.units()));
      states.add(state(name, series, seconds, grid, logs, activity));
    }
    states.sort(
        Comparator.<ServiceState>comparingDouble(state -> -state.away().score())
            .thenComparingDouble(state -> -state.figures().rate())
            .thenComparing(ServiceState::name));
    return new Overview(grid, Baseline.NONE, states, totals(services, grid, logs), cost);
  }

  private Map<String, Series> services(Tenant tenant, Grid grid) {
    var services = new LinkedHashMap<String, Series>();
    for (ServiceRequests requests : summaries.services(grid.units(tenant))) {
      if (!requests.other()) {
        services.put(requests.service(), Series.of(requests.requests()));
      }
    }
    return services;
  }

  private Activity activity(QueryContext context, Grid grid, Cost cost) {
    long step = Activity.STEP_NANOS;
    long from = Math.max(grid.startNanos(), grid.endNanos() - ACTIVITY_NANOS);
    return Activity.read(digests, context, from, grid.endNanos(), cost);
  }

  /// From the first request of any service to the range's end: a process that has just started has no rates before.
  private static double seconds(Grid grid, Map<String, Series> services) {
    int first = services.values().stream().mapToInt(Series::first).min().orElse(0);
    return (grid.endNanos() - grid.startNanos() - first * grid.unitNanos()) / (double) SECOND;
  }

  private static ServiceState state(
      String name, Series series, double seconds, Grid grid, LogCounts logs, Activity activity) {
    LogCounts.Levels levels = logs.of(name);
    Versions versions = Versions.of(activity.instances(name), activity.completeFromNanos());
    return new ServiceState(
        name,
        versions.language(),
        versions.current(),
        versions.sinceNanos(),
        versions.instances(),
        Figures.of(series.sum(), seconds),
        java.util.Optional.empty(),
        Away.NO,
        LogCounts.sum(levels.all()),
        LogCounts.sum(levels.error),
        Chart.of(series, grid));
  }

  private static Overview.Totals totals(Map<String, Series> services, Grid grid, LogCounts logs) {
    var calls = new long[grid.columns()];
    var errors = new long[grid.columns()];
    for (Series series : services.values()) {
      for (int i = 0; i < series.columns(); i++) {
        calls[i / grid.units()] += series.calls()[i];
        errors[i / grid.units()] += series.errors()[i];
      }
    }
    return new Overview.Totals(calls, errors, logs.total().all(), logs.total().error);
  }
}
