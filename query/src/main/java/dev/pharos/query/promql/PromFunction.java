package dev.pharos.query.promql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The functions of PromQL with their signatures.
///
/// `variadic` is the number of times the last argument may be left out or repeated: 0 none, -1 without bound.
public enum PromFunction {
  ABS("v"),
  ABSENT("v"),
  ABSENT_OVER_TIME("m"),
  ACOS("v"),
  ACOSH("v"),
  ASIN("v"),
  ASINH("v"),
  ATAN("v"),
  ATANH("v"),
  AVG_OVER_TIME("m"),
  CEIL("v"),
  CHANGES("m"),
  CLAMP("vss"),
  CLAMP_MAX("vs"),
  CLAMP_MIN("vs"),
  COS("v"),
  COSH("v"),
  COUNT_OVER_TIME("m"),
  DAY_OF_MONTH("v", 1),
  DAY_OF_WEEK("v", 1),
  DAY_OF_YEAR("v", 1),
  DAYS_IN_MONTH("v", 1),
  DEG("v"),
  DELTA("m"),
  DERIV("m"),
  DOUBLE_EXPONENTIAL_SMOOTHING("mss", 0, ValueType.VECTOR, true),
  END("", 0, ValueType.SCALAR, true),
  EXP("v"),
  FIRST_OVER_TIME("m"),
  FLOOR("v"),
  HISTOGRAM_AVG("v"),
  HISTOGRAM_COUNT("v"),
  HISTOGRAM_FRACTION("ssv"),
  HISTOGRAM_QUANTILE("sv"),
  HISTOGRAM_QUANTILES("vtss", 9, ValueType.VECTOR, true),
  HISTOGRAM_STDDEV("v"),
  HISTOGRAM_STDVAR("v"),
  HISTOGRAM_SUM("v"),
  HOUR("v", 1),
  IDELTA("m"),
  INCREASE("m"),
  INFO("vv", 1, ValueType.VECTOR, true),
  IRATE("m"),
  LABEL_JOIN("vttt", -1),
  LABEL_REPLACE("vtttt"),
  LAST_OVER_TIME("m"),
  LN("v"),
  LOG10("v"),
  LOG2("v"),
  MAD_OVER_TIME("m", 0, ValueType.VECTOR, true),
  MAX_OF("ss", 0, ValueType.SCALAR, true),
  MAX_OVER_TIME("m"),
  MIN_OF("ss", 0, ValueType.SCALAR, true),
  MIN_OVER_TIME("m"),
  MINUTE("v", 1),
  MONTH("v", 1),
  PI("", 0, ValueType.SCALAR, false),
  PREDICT_LINEAR("ms"),
  PRESENT_OVER_TIME("m"),
  QUANTILE_OVER_TIME("sm"),
  RAD("v"),
  RANGE("", 0, ValueType.SCALAR, true),
  RATE("m"),
  RESETS("m"),
  ROUND("vs", 1),
  SCALAR("v", 0, ValueType.SCALAR, false),
  SGN("v"),
  SIN("v"),
  SINH("v"),
  SORT("v"),
  SORT_BY_LABEL("vt", -1, ValueType.VECTOR, true),
  SORT_BY_LABEL_DESC("vt", -1, ValueType.VECTOR, true),
  SORT_DESC("v"),
  SQRT("v"),
  START("", 0, ValueType.SCALAR, true),
  START_TIMESTAMP("v", 0, ValueType.VECTOR, true),
  STDDEV_OVER_TIME("m"),
  STDVAR_OVER_TIME("m"),
  STEP("", 0, ValueType.SCALAR, true),
  SUM_OVER_TIME("m"),
  TAN("v"),
  TANH("v"),
  TIME("", 0, ValueType.SCALAR, false),
  TIMESTAMP("v"),
  TS_OF_FIRST_OVER_TIME("m", 0, ValueType.VECTOR, true),
  TS_OF_LAST_OVER_TIME("m", 0, ValueType.VECTOR, true),
  TS_OF_MAX_OVER_TIME("m", 0, ValueType.VECTOR, true),
  TS_OF_MIN_OVER_TIME("m", 0, ValueType.VECTOR, true),
  VECTOR("s"),
  YEAR("v", 1);

  private static final Map<String, PromFunction> BY_WORD = new HashMap<>();

  static {
    for (PromFunction function : values()) {
      BY_WORD.put(function.word(), function);
    }
  }

  private final List<ValueType> arguments;
  private final int variadic;
  private final ValueType returns;
  private final boolean experimental;

  PromFunction(String arguments) {
    this(arguments, 0, ValueType.VECTOR, false);
  }

  PromFunction(String arguments, int variadic) {
    this(arguments, variadic, ValueType.VECTOR, false);
  }

  PromFunction(String arguments, int variadic, ValueType returns, boolean experimental) {
    this.arguments = arguments.chars().mapToObj(PromFunction::type).toList();
    this.variadic = variadic;
    this.returns = returns;
    this.experimental = experimental;
  }

  private static ValueType type(int letter) {
    return switch (letter) {
      case 's' -> ValueType.SCALAR;
      case 't' -> ValueType.STRING;
      case 'm' -> ValueType.MATRIX;
      default -> ValueType.VECTOR;
    };
  }

  /// The types of the arguments, the last one standing for its repetitions.
  public List<ValueType> arguments() {
    return arguments;
  }

  public int variadic() {
    return variadic;
  }

  public ValueType returns() {
    return returns;
  }

  public boolean experimental() {
    return experimental;
  }

  /// The function's name in a query.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The function called `word`, if there is one.
  public static Optional<PromFunction> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
