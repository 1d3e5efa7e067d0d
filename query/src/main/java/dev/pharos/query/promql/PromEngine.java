package dev.pharos.query.promql;

import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.matrix.Annotations;
import dev.pharos.query.matrix.MatchException;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.store.read.SeriesReader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Evaluates PromQL over stored series with the semantics of Prometheus 3.14. Stateless; any thread.
///
/// Errors are [QueryException]: `Syntax` and `Invalid` for what is wrong with the text, `Limit`, `Execution`, `Timeout`
/// and `Cancelled` for what went wrong while it ran.
public final class PromEngine {
  private final SeriesReader reader;
  private final PromOptions options;
  private final ScanPool pool;

  public PromEngine(SeriesReader reader, PromOptions options) {
    this(reader, options, ScanPool.NONE);
  }

  /// @param pool where series are read and windows computed
  public PromEngine(SeriesReader reader, PromOptions options, ScanPool pool) {
    this.reader = reader;
    this.options = options;
    this.pool = pool;
  }

  public PromOptions options() {
    return options;
  }

  /// Evaluates at one time.
  public PromAnswer instant(QueryContext context, String query, long atMillis) {
    return instant(context, query, atMillis, options);
  }

  /// Evaluates at one time with options of this query's own.
  public PromAnswer instant(QueryContext context, String query, long atMillis, PromOptions own) {
    return run(context, query, StepGrid.at(atMillis), 0, own);
  }

  /// Evaluates at `start`, `start + step`, … up to `end`.
  public PromAnswer range(
      QueryContext context, String query, long startMillis, long endMillis, long stepMillis) {
    return range(context, query, startMillis, endMillis, stepMillis, options);
  }

  /// Evaluates at `start`, `start + step`, … up to `end` with options of this query's own.
  public PromAnswer range(
      QueryContext context,
      String query,
      long startMillis,
      long endMillis,
      long stepMillis,
      PromOptions own) {
    return run(
        context, query, StepGrid.between(startMillis, endMillis, stepMillis), stepMillis, own);
  }

  private PromAnswer run(
      QueryContext context, String query, StepGrid grid, long stepMillis, PromOptions own) {
    Expr expr = PromParser.parse(query, own.syntax());
    if (stepMillis > 0 && expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
      throw new QueryException(
          new QueryError.Invalid(
              "invalid expression type \""
                  + expr.type().documented()
                  + "\" for range query, must be Scalar or instant Vector"));
    }
    Annotations annotations = new Annotations();
    Evaluation evaluation =
        new Evaluation(
            query,
            own,
            reader,
            context,
            new Tenant(context.tenant()),
            grid,
            stepMillis,
            annotations,
            new AtomicLong(),
            new AtomicLong(),
            pool,
            Set.of());
    context.check();
    try {
      PromResult result = new Results(evaluation).of(expr);
      return new PromAnswer(
          result, annotations.warnings("PromQL warning: "), annotations.infos("PromQL info: "));
    } catch (MatchException e) {
      throw Evaluation.failure(String.valueOf(e.getMessage()));
    }
  }
}
