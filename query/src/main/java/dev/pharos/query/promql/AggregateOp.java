package dev.pharos.query.promql;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The aggregation operators.
public enum AggregateOp {
  SUM(false),
  AVG(false),
  MIN(false),
  MAX(false),
  COUNT(false),
  GROUP(false),
  STDDEV(false),
  STDVAR(false),
  TOPK(true),
  BOTTOMK(true),
  QUANTILE(true),
  COUNT_VALUES(true),
  LIMITK(true),
  LIMIT_RATIO(true);

  private final boolean parameter;

  AggregateOp(boolean parameter) {
    this.parameter = parameter;
  }

  /// Whether the operator takes a parameter before its vector.
  public boolean hasParameter() {
    return parameter;
  }

  boolean experimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /// The operator's word in a query.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AggregateOp of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Set<String> words() {
    Set<String> words = new HashSet<>();
    for (AggregateOp op : values()) {
      words.add(op.word());
    }
    return words;
  }
}
