package dev.pharos.insight;

import java.util.Locale;

/// Something that changed at one time.
///
/// @param instance what is gone of the service; empty if it is the service itself, as for all other kinds
/// @param from text of a version, number of the others (nanoseconds, share, or calls a second); empty if there was none
/// @param factor NaN where none makes sense
/// @param instances 0 if unknown
public record Change(
    long atNanos,
    Kind kind,
    String service,
    String instance,
    String from,
    String to,
    double fromNumber,
    double toNumber,
    double factor,
    int instances) {
  /// What changed.
  public enum Kind {
    VERSION,
    ERRORS,
    DURATION,
    RATE,
    NEW,
    GONE;

    /// As in answers.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Change ofVersion(long at, String service, String from, String to, int instances) {
    return new Change(
        at, Kind.VERSION, service, "", from, to, Double.NaN, Double.NaN, Double.NaN, instances);
  }

  static Change ofNumber(long at, Kind kind, String service, double from, double to) {
    double factor = from > 0 && to > 0 ? to / from : Double.NaN;
    return new Change(at, kind, service, "", "", "", from, to, factor, 0);
  }

  static Change ofSilence(Silence silence) {
    return new Change(
        silence.sinceNanos(),
        Kind.GONE,
        silence.service(),
        silence.instance(),
        "",
        "",
        silence.rate(),
        0,
        Double.NaN,
        0);
  }
}
