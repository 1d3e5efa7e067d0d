package dev.pharos.insight;

import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.SummaryReader;
import dev.pharos.store.read.TraceReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Answers what services do, and where to look first. Any thread.
public final class Insight {
  private final SummaryReader summaries;
  private final Evidence evidence;
  private final Externals externals;

  /// @param pool where blocks are read
  public Insight(SummaryReader summaries, TraceReader traces, ScanPool pool) {
    this.summaries = summaries;
    this.evidence = new Evidence(traces, pool);
    this.externals = new Externals(traces);
  }

  /// All services, and what is wrong first.
  public Overview overview(QueryContext context, Grid grid) {
    var land = new Landscape(context, summaries, grid);
    var blame = new Blame(land);
    var falls = new Falls(land);
    LogCounts logs = land.logs();
    context.check();
    var pages = new Pages(new Tenant(context.tenant()), land, blame, falls, externals);
    var names = new TreeSet<String>();
    land.services()
        .forEach(
            (name, series) -> {
              if (land.inRange(series).sum().calls() > 0 || land.assessment(name).isGone()) {
                names.add(name);
              }
            });
    names.addAll(logs.services().keySet());
    for (Activity.Instance instance : land.activity().instances()) {
      if (instance.isIn(grid.startNanos(), grid.endNanos())) {
        names.add(instance.sender.service());
      }
    }
    var states = new ArrayList<ServiceState>();
    names.forEach(name -> states.add(pages.state(name, logs)));
    states.sort(
        Comparator.<ServiceState>comparingDouble(state -> -state.away().score())
            .thenComparingDouble(state -> -state.figures().rate())
            .thenComparing(ServiceState::name));
    List<Finding> findings = new Findings(context, land, blame, falls, evidence).all();
    return new Overview(
        grid,
        land.baseline(),
        states,
        findings,
        Changes.of(land, Optional.empty()),
        totals(land, logs),
        land.cost());
  }

  private static Overview.Totals totals(Landscape land, LogCounts logs) {
    Grid grid = land.grid();
    var calls = new long[grid.columns()];
    var errors = new long[grid.columns()];
    for (Series each : land.services().values()) {
      Series series = land.inRange(each);
      for (int i = 0; i < series.columns(); i++) {
        calls[i / grid.units()] += series.calls()[i];
        errors[i / grid.units()] += series.errors()[i];
      }
    }
    return new Overview.Totals(calls, errors, logs.total().all(), logs.total().error);
  }

  /// One service; empty if nothing is known of it in the range.
  public Optional<ServicePage> service(QueryContext context, Grid grid, String name) {
    var land = new Landscape(context, summaries, grid);
    var page = pages(context, land).service(name);
    boolean known =
        page.service().figures().rate() > 0
            || page.service().logs() > 0
            || !page.instances().isEmpty()
            || page.service().away().isAway();
    return known ? Optional.of(page) : Optional.empty();
  }

  /// Who calls whom.
  public ServiceMap map(QueryContext context, Grid grid) {
    var land = new Landscape(context, summaries, grid);
    return pages(context, land).map();
  }

  private Pages pages(QueryContext context, Landscape land) {
    return new Pages(
        new Tenant(context.tenant()), land, new Blame(land), new Falls(land), externals);
  }

  /// @param changes newest first
  public record ChangeList(List<Change> changes, Cost cost) {}

  /// What changed in all services, or in one.
  public ChangeList changes(QueryContext context, Grid grid, Optional<String> service) {
    var land = new Landscape(context, summaries, grid);
    return new ChangeList(Changes.of(land, service), land.cost());
  }
}
