package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The refs of the head's series by label name and value, ascending. Guarded by the head's lock.
final class Postings {
  private static final class Refs {
    private int[] refs = new int[2];
    private int count;

    void add(int ref) {
      if (count == refs.length) {
        refs = Arrays.copyOf(refs, count * 2);
      }
      refs[count++] = ref;
    }
  }

  private final Map<String, Map<String, Refs>> names = new HashMap<>();

  /// Adds a series whose ref is greater than all before.
  void add(int ref, Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      names
          .computeIfAbsent(labels.name(i), ignored -> new HashMap<>())
          .computeIfAbsent(labels.value(i), ignored -> new Refs())
          .add(ref);
    }
  }

  /// The refs of a set of series that holds all which satisfy the matchers; the smallest that can be told from one of
  /// them.
  ///
  /// @param all the count of series, whose refs run from 0
  int[] candidates(List<Matcher> matchers, int all) {
    int best = Integer.MAX_VALUE;
    @Nullable Matcher chosen = null;
    for (Matcher matcher : matchers) {
      if (matcher.literals().isEmpty() || matcher.matchesEmpty()) {
        continue;
      }
      int size = literalSize(matcher);
      if (size < best) {
        best = size;
        chosen = matcher;
      }
    }
    if (chosen == null) {
      for (Matcher matcher : matchers) {
        if (!matcher.matchesEmpty()) {
          chosen = matcher;
          break;
        }
      }
    }
    return chosen == null ? range(all) : union(chosen);
  }

  private int literalSize(Matcher matcher) {
    Map<String, Refs> values = names.getOrDefault(matcher.name(), Map.of());
    int size = 0;
    for (String literal : matcher.literals()) {
      Refs refs = values.get(literal);
      size += refs == null ? 0 : refs.count;
    }
    return size;
  }

  private int[] union(Matcher matcher) {
    Map<String, Refs> values = names.getOrDefault(matcher.name(), Map.of());
    var lists = new ArrayList<Refs>();
    if (matcher.literals().isEmpty()) {
      values.forEach(
          (value, refs) -> {
            if (matcher.matches(value)) {
              lists.add(refs);
            }
          });
    } else {
      for (String literal : matcher.literals()) {
        Refs refs = values.get(literal);
        if (refs != null) {
          lists.add(refs);
        }
      }
    }
    int size = 0;
    for (Refs refs : lists) {
      size += refs.count;
    }
    int[] joined = new int[size];
    int at = 0;
    for (Refs refs : lists) {
      System.arraycopy(refs.refs, 0, joined, at, refs.count);
      at += refs.count;
    }
    if (lists.size() > 1) {
      Arrays.sort(joined);
    }
    return joined;
  }

  private static int[] range(int all) {
    int[] refs = new int[all];
    Arrays.setAll(refs, i -> i);
    return refs;
  }
}
