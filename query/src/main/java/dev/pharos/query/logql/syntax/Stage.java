package dev.pharos.query.logql.syntax;

import java.util.List;

/// One step of a log pipeline.
public sealed interface Stage {
  /// Keeps lines by their text. With several operands, `|=` wants any of them and `!=` none.
  record LineFilter(LineOp op, List<Operand> operands) implements Stage {
    /// @param ip whether the text is a pattern of addresses instead
    public record Operand(boolean ip, String text) {}
  }

  /// Labels from a JSON line: of every member, or of the paths given.
  record Json(List<Extraction> extractions) implements Stage {}

  /// Labels from a logfmt line: of every pair, or of the keys given.
  record Logfmt(boolean strict, boolean keepEmpty, List<Extraction> extractions) implements Stage {}

  record Regexp(String expression) implements Stage {}

  record Pattern(String expression) implements Stage {}

  record Unpack() implements Stage {}

  record LabelFilter(LabelCondition condition) implements Stage {}

  record LineFormat(String template) implements Stage {}

  record LabelFormat(List<Format> formats) implements Stage {
    /// @param rename whether `value` names the label to move, otherwise it is a template
    public record Format(String target, boolean rename, String value) {}
  }

  record Drop(List<Target> targets) implements Stage {}

  record Keep(List<Target> targets) implements Stage {}

  record Decolorize() implements Stage {}

  /// The label that takes what stands at a path.
  record Extraction(String label, String path) {}

  /// A label that `drop` or `keep` is about, in any case or only where it matches.
  sealed interface Target {
    record Name(String label) implements Target {}

    record Matching(Matcher matcher) implements Target {}
  }

  /// What a line filter asks of the text.
  enum LineOp {
    CONTAINS("|="),
    NOT_CONTAINS("!="),
    MATCHES("|~"),
    NOT_MATCHES("!~"),
    PATTERN("|>"),
    NOT_PATTERN("!>");

    private final String symbol;

    LineOp(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean isNegative() {
      return this == NOT_CONTAINS || this == NOT_MATCHES || this == NOT_PATTERN;
    }
  }
}
