package dev.pharos.query.promql;

/// The type of an expression, with the name that error messages give it.
public enum ValueType {
  SCALAR("scalar", "scalar"),
  STRING("string", "string"),
  VECTOR("instant vector", "vector"),
  MATRIX("range vector", "matrix");

  private final String documented;
  private final String resultType;

  ValueType(String documented, String resultType) {
    this.documented = documented;
    this.resultType = resultType;
  }

  /// The name in documentation and error messages.
  public String documented() {
    return documented;
  }

  /// The name in the HTTP API's `resultType` field.
  public String resultType() {
    return resultType;
  }
}
