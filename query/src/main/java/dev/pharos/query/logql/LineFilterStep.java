package dev.pharos.query.logql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.logql.syntax.Stage;
import dev.pharos.query.regex.Bytes;
import dev.pharos.query.regex.Regex;
import java.nio.charset.StandardCharsets;

/// Keeps lines by their text.
final class LineFilterStep implements Step {
  private interface Test {
    boolean matches(byte[] bytes, int from, int to);
  }

  private final Test[] tests;
  private final boolean negative;

  private LineFilterStep(Test[] tests, boolean negative) {
    this.tests = tests;
    this.negative = negative;
  }

  static LineFilterStep of(Stage.LineFilter filter) {
    var tests = new Test[filter.operands().size()];
    for (int i = 0; i < tests.length; i++) {
      tests[i] = test(filter.op(), filter.operands().get(i));
    }
    return new LineFilterStep(tests, filter.op().isNegative());
  }

  private static Test test(Stage.LineOp op, Stage.LineFilter.Operand operand) {
    if (operand.ip()) {
      throw new QueryException(new QueryError.Unsupported("the line filter ip()"));
    }
    return switch (op) {
      case CONTAINS, NOT_CONTAINS -> {
        byte[] needle = operand.text().getBytes(StandardCharsets.UTF_8);
        yield (bytes, from, to) -> Bytes.indexOf(bytes, from, to, needle) >= 0;
      }
      case MATCHES, NOT_MATCHES -> Regex.searching(operand.text())::matches;
      case PATTERN, NOT_PATTERN ->
          throw new QueryException(
              new QueryError.Unsupported("the pattern line filter " + op.symbol()));
    };
  }

  @Override
  public boolean apply(Line line) {
    for (Test test : tests) {
      if (test.matches(line.bytes(), line.from(), line.to())) {
        return !negative;
      }
    }
    return negative;
  }
}
