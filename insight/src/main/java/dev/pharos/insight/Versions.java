package dev.pharos.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which versions of a service ran when.
///
/// @param language of the SDK; empty if unknown, as the current version
/// @param current the version that came last
/// @param instances told apart by name; senders without one count as one
/// @param all versions in the order in which they came
record Versions(String language, String current, int instances, List<Version> all) {
  /// @param sinceNanos when it was first seen; empty if it was there from the beginning
  record Version(String version, OptionalLong sinceNanos, int instances) {}

  /// @param fromNanos the beginning: what was there in its first step may have been there before
  static Versions of(List<Activity.Instance> instances, long fromNanos) {
    String language = "";
    Map<String, Long> first = new TreeMap<>();
    Map<String, TreeSet<String>> names = new TreeMap<>();
    var all = new TreeSet<String>();
    for (Activity.Instance instance : instances) {
      language = language.isEmpty() ? instance.sender.language() : language;
      first.merge(instance.sender.version(), instance.firstNanos(), Math::min);
      names
          .computeIfAbsent(instance.sender.version(), ignored -> new TreeSet<>())
          .add(instance.sender.instance());
      all.add(instance.sender.instance());
    }
    var versions = new ArrayList<Version>();
    first.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            entry ->
                versions.add(
                    new Version(
                        entry.getKey(),
                        entry.getValue() <= fromNanos
                            ? OptionalLong.empty()
                            : OptionalLong.of(entry.getValue()),
                        names.getOrDefault(entry.getKey(), new TreeSet<>()).size())));
    String current = versions.isEmpty() ? "" : versions.getLast().version();
    return new Versions(language, current, all.size(), List.copyOf(versions));
  }

  OptionalLong sinceNanos() {
    return all.isEmpty() ? OptionalLong.empty() : all.getLast().sinceNanos();
  }
}
