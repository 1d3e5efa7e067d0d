package dev.pharos.query.logql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.logql.syntax.Stage;
import java.util.Optional;
import java.util.Set;

/// The one list of pipeline stages and what runs them.
final class Steps {
  private Steps() {}

  /// @param needed the only labels that the stages behind and the result ask for; empty if that is all
  static Step compile(Stage stage, Optional<Set<String>> needed) {
    return switch (stage) {
      case Stage.LineFilter s -> LineFilterStep.of(s);
      case Stage.Json s -> new JsonStep(s.extractions(), needed);
      case Stage.Logfmt s -> new LogfmtStep(s);
      case Stage.LabelFilter s -> new LabelFilterStep(s.condition());
      case Stage.Drop s -> new DropStep(s.targets());
      case Stage.Keep s -> new KeepStep(s.targets());
      case Stage.Regexp s -> throw unsupported("the stage regexp");
      case Stage.Pattern s -> throw unsupported("the stage pattern");
      case Stage.Unpack s -> throw unsupported("the stage unpack");
      case Stage.LineFormat s -> throw unsupported("the stage line_format");
      case Stage.LabelFormat s -> throw unsupported("the stage label_format");
      case Stage.Decolorize s -> throw unsupported("the stage decolorize");
    };
  }

  private static QueryException unsupported(String construct) {
    return new QueryException(new QueryError.Unsupported(construct));
  }
}
