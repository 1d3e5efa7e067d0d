package dev.pharos.insight;

import dev.pharos.insight.change.Course;
import dev.pharos.insight.change.Departure;
import dev.pharos.store.read.Peer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells where the additional time or the additional errors of a service arise.
///
/// For each service that it calls: the time spent there for one of its own requests, now less than in its normal, by
/// the additional time of a request; for errors likewise. More than half of it, and the service waits for that one.
/// Times of calls that run side by side add up to more than they cost, so a share is at most one. Databases and brokers
/// have no spans of their own: the calls to them say how long they took, unless the normal is of another day, of which
/// such calls are not read. One thread.
final class Blame {
  private static final double LEAST_SHARE = 0.5;

  private final Landscape land;
  private final Map<String, Away.Cause> causes = new LinkedHashMap<>();

  Blame(Landscape land) {
    this.land = land;
    land.assessments()
        .forEach(
            (name, assessment) ->
                assessment
                    .course()
                    .filter(course -> assessment.departure().isPresent())
                    .ifPresent(course -> causes.put(name, cause(name, assessment, course))));
  }

  Optional<Away.Cause> of(String service) {
    return Optional.ofNullable(causes.get(service));
  }

  /// The services from this one to the last that waits for no other that departs, itself first.
  List<String> chain(String service) {
    var chain = new ArrayList<String>();
    Set<String> seen = new HashSet<>();
    String at = service;
    while (seen.add(at)) {
      chain.add(at);
      if (causes.get(at) instanceof Away.Cause.Waits waits && causes.containsKey(waits.service())) {
        at = waits.service();
      }
    }
    return chain;
  }

  /// Of the additional time or errors of `service`, how much arises at the end of its chain.
  double share(String service) {
    double share = 1;
    List<String> chain = chain(service);
    for (String at : chain.subList(0, chain.size() - 1)) {
      share *= causes.get(at) instanceof Away.Cause.Waits waits ? waits.share() : 1;
    }
    return share;
  }

  private Away.Cause cause(String name, Assessment assessment, Course<? extends Departure> course) {
    boolean errors = assessment.isByErrors();
    Measure own = measure(land.past(name), assessment.series(), course, course.since(), errors);
    Away.Cause best = new Away.Cause.Itself();
    double most = LEAST_SHARE;
    for (Map.Entry<Landscape.Edge, Series> edge : land.edges().entrySet()) {
      if (edge.getKey().client().equals(name) && !edge.getKey().server().equals(name)) {
        double share =
            own.shareOf(
                measure(land.past(edge.getKey()), edge.getValue(), course, course.since(), errors));
        if (share > most) {
          most = share;
          best = new Away.Cause.Waits(edge.getKey().server(), Math.min(1, share));
        }
      }
    }
    if (best instanceof Away.Cause.Waits) {
      return best;
    }
    // Of an earlier day as of this one, calls to peers are known for a shorter time than others.
    int since = course.since();
    if (course.days() > 0) {
      since = Math.max(since, land.timeline().column(land.activity().fromNanos()));
      own = measure(land.past(name), assessment.series(), course, since, errors);
    }
    for (Map.Entry<Peer, Activity.Outgoing> peer : land.activity().outgoing(name).entrySet()) {
      if (!peer.getKey().system().isEmpty()) {
        Series calls = land.activity().series(peer.getValue(), land.timeline());
        Past past = land.past(name, peer.getKey());
        double share = own.shareOf(measure(past, calls, course, since, errors));
        if (share > most) {
          most = share;
          best = new Away.Cause.Waits(peer.getKey().name(), Math.min(1, share));
        }
      }
    }
    return best;
  }

  /// Time or errors of a series, and its calls, in the normal and since the departure.
  private record Measure(double before, double now, double callsBefore, double callsNow) {
    /// The part of another series in what this one has more of for each of its own calls.
    double shareOf(Measure part) {
      double more = now / callsNow - before / callsBefore;
      double partMore = part.now / callsNow - part.before / callsBefore;
      return more > 0 ? partMore / more : 0;
    }
  }

  private Measure measure(
      Past past, Series series, Course<? extends Departure> course, int since, boolean errors) {
    Calls before = land.usual(course, past, series, since);
    Calls now = series.sum(since, land.timeline().dataColumns());
    return new Measure(
        errors ? before.errors() : before.durations().sumNanos(),
        errors ? now.errors() : now.durations().sumNanos(),
        before.calls(),
        now.calls());
  }
}
