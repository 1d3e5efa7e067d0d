package dev.pharos.components.prometheus;

import java.util.TreeMap;

/// Everything that is there to be scraped: the last value of each series, until it has got no point for so long. Any
/// thread.
final class Families {
  private final TreeMap<String, Family> families = new TreeMap<>();
  private final long expirationMillis;

  Families(long expirationMillis) {
    this.expirationMillis = expirationMillis;
  }

  /// Sets a series, or adds to it; a point that is not later than the last one is ignored.
  ///
  /// @param labels as they are written between the braces
  /// @return false if the name belongs to a family of another type
  synchronized boolean put(
      String name,
      Family.Type type,
      String help,
      String labels,
      SampleValue value,
      boolean delta,
      long timeNanos,
      long nowMillis) {
    Family family = families.get(name);
    if (family == null || (family.type != type && expired(family, nowMillis))) {
      family = new Family(type, help);
      families.put(name, family);
    } else if (family.type != type) {
      return false;
    }
    Family.Series before = family.series.get(labels);
    if (before == null || nowMillis - before.updatedMillis() > expirationMillis) {
      family.series.put(labels, new Family.Series(value, timeNanos, nowMillis));
    } else if (before.timeNanos() <= timeNanos) {
      SampleValue now = delta ? value.plus(before.value()) : value;
      family.series.put(labels, new Family.Series(now, timeNanos, nowMillis));
    }
    return true;
  }

  /// Removes a series whose source says that it has ended.
  synchronized void remove(String name, String labels) {
    Family family = families.get(name);
    if (family != null) {
      family.series.remove(labels);
    }
  }

  private boolean expired(Family family, long nowMillis) {
    return family.series.values().stream()
        .allMatch(series -> nowMillis - series.updatedMillis() > expirationMillis);
  }

  /// Forgets what has expired and writes the rest.
  synchronized void write(Exposition out, long nowMillis) {
    families
        .values()
        .forEach(
            family ->
                family
                    .series
                    .values()
                    .removeIf(series -> nowMillis - series.updatedMillis() > expirationMillis));
    families.values().removeIf(family -> family.series.isEmpty());
    families.forEach(out::family);
    out.end();
  }
}
