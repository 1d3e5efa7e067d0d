package dev.pharos.insight.change;

/// The likelihood ratio that tells two stretches apart, as the statistic G: twice the logarithm of how much better two
/// laws explain the counts than one does. For categories it is G of a table of two columns (Woolf, "The log likelihood
/// ratio test (the G-test)", 1957; Sokal and Rohlf, "Biometry", chapter 17), for rates that of two Poisson processes.
/// Without a difference it is distributed as chi-squared, with one degree of freedom less than there are categories.
final class Likelihood {
  private Likelihood() {}

  private static double term(double count, double of) {
    return count > 0 ? count * Math.log(count / of) : 0;
  }

  /// Of two shares: `some` of `all` before, and after.
  static double ofShares(double some1, double all1, double some2, double all2) {
    if (all1 == 0 || all2 == 0) {
      return 0;
    }
    double some = some1 + some2;
    double all = all1 + all2;
    return 2
        * (term(some1, all1)
            + term(all1 - some1, all1)
            + term(some2, all2)
            + term(all2 - some2, all2)
            - term(some, all)
            - term(all - some, all));
  }

  /// Of counts in categories before, and after.
  static double ofCounts(double[] before, double[] after) {
    double all1 = 0;
    double all2 = 0;
    for (int i = 0; i < before.length; i++) {
      all1 += before[i];
      all2 += after[i];
    }
    if (all1 == 0 || all2 == 0) {
      return 0;
    }
    double g = 0;
    for (int i = 0; i < before.length; i++) {
      g += term(before[i], all1) + term(after[i], all2) - term(before[i] + after[i], all1 + all2);
    }
    return 2 * g;
  }

  /// Of two numbers of events in `time1` and `time2`.
  static double ofRates(double events1, double time1, double events2, double time2) {
    double rate = (events1 + events2) / (time1 + time2);
    if (rate == 0) {
      return 0;
    }
    return 2
        * ((events1 > 0 ? events1 * Math.log(events1 / (rate * time1)) : 0)
            + (events2 > 0 ? events2 * Math.log(events2 / (rate * time2)) : 0));
  }
}
