package dev.pharos.query.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses a vector selector without its modifiers: `name{matchers}`.
final class SelectorParser {
  private static final String CONTEXT = "label matching";
  static final String NAME_LABEL = "__name__";

  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// A selector that starts at the current token, which is a name or a left brace.
  Expr.VectorSelector selector() {
    Span start = tokens.peek().span();
    String name = "";
    if (!tokens.at(TokenKind.LEFT_BRACE)) {
      name = tokens.take().text();
    }
    List<LabelMatch> matchers = tokens.at(TokenKind.LEFT_BRACE) ? matchers() : new ArrayList<>();
    if (!name.isEmpty()) {
      matchers.add(new LabelMatch(NAME_LABEL, LabelMatch.Op.EQUAL, name));
    }
    return new Expr.VectorSelector(
        name,
        List.copyOf(matchers),
        Optional.empty(),
        Optional.empty(),
        Expr.Edges.NONE,
        Span.merge(start, tokens.last()));
  }

  private List<LabelMatch> matchers() {
    tokens.take();
    List<LabelMatch> matchers = new ArrayList<>();
    while (!tokens.at(TokenKind.RIGHT_BRACE)) {
      matchers.add(matcher());
      if (!tokens.takeIf(TokenKind.COMMA)) {
        if (!tokens.at(TokenKind.RIGHT_BRACE)) {
          throw tokens.unexpected(CONTEXT, "\",\" or \"}\"");
        }
      }
    }
    tokens.take();
    return matchers;
  }

  private LabelMatch matcher() {
    Token label = tokens.peek();
    boolean quoted = label.is(TokenKind.STRING);
    if (!quoted && !label.is(TokenKind.IDENTIFIER)) {
      throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
    }
    tokens.take();
    String name = quoted ? Quoting.unquote(label.text()) : label.text();
    if (!tokens.at(TokenKind.MATCH_OPERATOR)) {
      if (quoted && (tokens.at(TokenKind.COMMA) || tokens.at(TokenKind.RIGHT_BRACE))) {
        return new LabelMatch(NAME_LABEL, LabelMatch.Op.EQUAL, name);
      }
      throw tokens.unexpected(CONTEXT, "label matching operator");
    }
    LabelMatch.Op op = LabelMatch.Op.of(tokens.take().text());
    Token value = tokens.expect(TokenKind.STRING, CONTEXT, "string");
    String text = Quoting.unquote(value.text());
    if (op == LabelMatch.Op.REGEX || op == LabelMatch.Op.NOT_REGEX) {
      checkRegex(text, Span.merge(label.span(), value.span()));
    }
    return new LabelMatch(name, op, text);
  }

  private void checkRegex(String expression, Span span) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      String detail =
          e.getDescription() + (e.getPattern() == null ? "" : ": `" + e.getPattern() + "`");
      throw tokens.error(span, "error parsing regexp: " + detail);
    }
  }
}
