package dev.pharos.wire.workload;

/// How a series of a machine moves in the 15 s from sample to sample. A pace is given with each series.
enum Motion {
  /// Never.
  STILL,
  /// A whole-number counter with bursts; the pace is its mean increase a second.
  COUNTER,
  /// A counter of seconds in hundredths; the pace is the share of time that it counts.
  BUSY_SECONDS,
  /// A counter that moves every ten minutes or so.
  SELDOM,
  /// A gauge in pages of 4,096 bytes; the pace is how far it wanders.
  PAGES,
  /// A gauge of whole numbers that stays small.
  SMALL,
  /// A gauge of two decimals around 1.5.
  LOAD,
  /// A gauge in half degrees.
  DEGREES,
  /// The time itself, in milliseconds after the point.
  CLOCK;

  static final double STEP_SECONDS = 15;

  double next(double value, double pace, Stamps random, long nowNanos) {
    return switch (this) {
      case STILL -> value;
      case COUNTER -> {
        double burst = random.below(16) == 0 ? 1 + 2 * random.fraction() : 1;
        yield value + Math.floor(pace * STEP_SECONDS * burst * (0.7 + 0.5 * random.fraction()));
      }
      case BUSY_SECONDS ->
          Math.rint((value + pace * STEP_SECONDS * (0.75 + 0.5 * random.fraction())) * 100) / 100;
      case SELDOM -> random.below(40) == 0 ? value + 1 : value;
      case PAGES ->
          random.below(5) < 3
              ? Math.max(0, value + 4096 * Math.rint((random.fraction() - 0.5) * pace / 400_000))
              : value;
      case SMALL -> random.below(4) == 0 ? Math.max(0, value + random.below(5) - 2) : value;
      case LOAD -> {
        double drift = (1.5 - value) * 0.02;
        yield Math.rint(Math.max(0.01, value + drift + (random.fraction() - 0.5) / 5) * 100) / 100;
      }
      case DEGREES ->
          random.below(3) == 0 ? Math.clamp(value + (random.below(3) - 1) * 0.5, 20, 95) : value;
      case CLOCK -> nowNanos / 1_000_000 / 1e3;
    };
  }
}
