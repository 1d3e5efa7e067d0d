package dev.pharos.query.matrix;

/// A sum with Neumaier's compensation, bit for bit as Prometheus computes it: the compensation is 0 once the sum is
/// infinite, and nothing is fused.
public final class KahanSum {
  private double sum;
  private double compensation;

  public KahanSum() {}

  public KahanSum(double sum, double compensation) {
    this.sum = sum;
    this.compensation = compensation;
  }

  public void add(double value) {
    double total = sum + value;
    compensation += compensationOf(sum, value, total);
    if (Double.isInfinite(total)) {
      compensation = 0;
    }
    sum = total;
  }

  /// What is lost in `total = sum + value`.
  static double compensationOf(double sum, double value, double total) {
    return Math.abs(sum) >= Math.abs(value) ? (sum - total) + value : (value - total) + sum;
  }

  public double sum() {
    return sum;
  }

  public double compensation() {
    return compensation;
  }

  /// Sum and compensation in one; an infinite sum stays what it is.
  public double value() {
    return sum + compensation;
  }
}
