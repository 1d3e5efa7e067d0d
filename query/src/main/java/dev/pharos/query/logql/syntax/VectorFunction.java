package dev.pharos.query.logql.syntax;

import java.util.Locale;

/// An aggregation across series.
public enum VectorFunction {
  SUM,
  AVG,
  MIN,
  MAX,
  COUNT,
  STDDEV,
  STDVAR,
  TOPK,
  BOTTOMK,
  APPROX_TOPK,
  SORT,
  SORT_DESC;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takesNumber() {
    return this == TOPK || this == BOTTOMK || this == APPROX_TOPK;
  }

  boolean sorts() {
    return this == SORT || this == SORT_DESC;
  }
}
