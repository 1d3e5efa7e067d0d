package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepSeries;

/// `irate` and `idelta`: the change between the last two samples of a window.
final class LastPairFunctions implements WindowFunction {
  private final boolean rate;

  LastPairFunctions(boolean rate) {
    this.rate = rate;
  }

  @Override
  public void apply(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      int last = window.to(i) - 1;
      if (last - window.from(i) < 1) {
        continue;
      }
      long millis = samples.millis()[last] - samples.millis()[last - 1];
      if (millis == 0) {
        continue;
      }
      if (samples.isHistogram(last) || samples.isHistogram(last - 1)) {
        HistogramPair.apply(rate, window, samples, i, out);
        continue;
      }
      double newer = samples.values()[last];
      double older = samples.values()[last - 1];
      double change = rate && newer < older ? newer : newer - older;
      out.values()[i] = rate ? change / (millis / 1000.0) : change;
    }
  }
}
