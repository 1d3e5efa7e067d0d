package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Overlaps.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts terms together that nearly the same spans have: of the spans that have either, 95 % have both, inside as well
/// as outside, where a difference that no more than half a percent of the spans outside make is none. One thread.
final class Folding {
  private static final double SAME = 0.95;
  private static final double UNSEEN = 0.005;

  /// Only so many candidates are compared with each other.
  private static final int MAX = 60;

  private final List<Candidate> candidates;
  private final long outside;
  private final Comparator<Candidate> naming;
  private final List<Pair> pairs = new ArrayList<>();

  /// @param candidates in the order of the ranking
  /// @param outside all spans outside
  /// @param naming which of several that say the same is named
  Folding(List<Candidate> candidates, long outside, Comparator<Candidate> naming) {
    this.candidates = candidates;
    this.outside = outside;
    this.naming = naming;
    int count = Math.min(MAX, candidates.size());
    for (int right = 1; right < count; right++) {
      for (int left = 0; left < right; left++) {
        Candidate a = candidates.get(left);
        Candidate b = candidates.get(right);
        // The most they can have in common is the lesser of both.
        if (isSame(a, b, Math.min(a.inside(), b.inside()), Math.min(a.outside(), b.outside()))) {
          pairs.add(new Pair(left, right));
        }
      }
    }
  }

  private boolean isSame(Candidate a, Candidate b, long bothInside, long bothOutside) {
    long eitherInside = a.inside() + b.inside() - bothInside;
    long eitherOutside = a.outside() + b.outside() - bothOutside;
    return bothInside >= SAME * eitherInside
        && (bothOutside >= SAME * eitherOutside || eitherOutside - bothOutside <= UNSEEN * outside);
  }

  /// The pairs that may say the same, of which the common spans must be counted.
  List<Pair> pairs() {
    return pairs;
  }

  List<TermRows> terms() {
    return candidates.stream().map(Candidate::term).map(TermRows::new).toList();
  }

  /// Groups in the order of their first members; in each, the one to be named comes first.
  List<List<Candidate>> groups(Overlaps overlaps) {
    var leaders = new int[candidates.size()];
    for (int i = 0; i < leaders.length; i++) {
      leaders[i] = i;
    }
    for (int i = 0; i < pairs.size(); i++) {
      int left = pairs.get(i).left();
      int right = pairs.get(i).right();
      // Pairs come by their right member: a leader's place is final when it is looked at.
      if (leaders[left] == left
          && leaders[right] == right
          && isSame(
              candidates.get(left),
              candidates.get(right),
              overlaps.inside(i),
              overlaps.outside(i))) {
        leaders[right] = left;
      }
    }
    var groups = new ArrayList<List<Candidate>>();
    for (int leader = 0; leader < leaders.length; leader++) {
      if (leaders[leader] == leader) {
        groups.add(group(leaders, leader));
      }
    }
    return groups;
  }

  private List<Candidate> group(int[] leaders, int leader) {
    var group = new ArrayList<Candidate>();
    for (int i = leader; i < leaders.length; i++) {
      if (leaders[i] == leader) {
        group.add(candidates.get(i));
      }
    }
    group.sort(naming);
    return group;
  }
}
