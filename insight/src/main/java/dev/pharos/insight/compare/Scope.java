package dev.pharos.insight.compare;

import java.util.Locale;

/// Where an attribute stands.
public enum Scope {
  /// A property that every span has: name, kind, status.
  INTRINSIC,
  SPAN,
  RESOURCE,
  /// Of any event of the span.
  EVENT;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
