package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Labels from a logfmt line (`key=value key="quoted value" bare`): of every pair, or of given keys.
///
/// Without `strict`, what is no pair is passed over; with it the line gets the error `LogfmtParserErr` and reading
/// stops. Empty values are left out unless `keepEmpty`.
final class LogfmtStep implements Step {
  private static final String ERROR = "LogfmtParserErr";

  private final boolean strict;
  private final boolean keepEmpty;
  private final List<Stage.Extraction> extractions;

  private String text = "";
  private int at;
  private String key = "";
  private String value = "";
  private String problem = "";

  LogfmtStep(Stage.Logfmt stage) {
    this.strict = stage.strict();
    this.keepEmpty = stage.keepEmpty();
    this.extractions = stage.extractions();
  }

  @Override
  public boolean apply(Line line) {
    text = new String(line.bytes(), line.from(), line.to() - line.from(), StandardCharsets.UTF_8);
    at = 0;
    while (nextPair()) {
      if (!problem.isEmpty()) {
        if (strict) {
          line.fail(ERROR, problem);
          break;
        }
        continue;
      }
      if (extractions.isEmpty()) {
        take(line, LabelNames.ofField(key));
      } else {
        for (Stage.Extraction extraction : extractions) {
          if (extraction.path().equals(key)) {
            take(line, extraction.label());
          }
        }
      }
    }
    for (Stage.Extraction extraction : extractions) {
      if (!line.has(extraction.label())) {
        line.parsed(extraction.label(), "");
      }
    }
    return true;
  }

  private void take(Line line, String label) {
    if (!label.isEmpty() && (keepEmpty || !value.isEmpty())) {
      line.parsed(label, value);
    }
  }

  /// Reads the next pair, or what stands in its place, into `key`, `value` and `problem`; false at the end.
  private boolean nextPair() {
    problem = "";
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    if (at == text.length()) {
      return false;
    }
    int start = at;
    while (at < text.length()
        && text.charAt(at) > ' '
        && text.charAt(at) != '='
        && text.charAt(at) != '"') {
      at++;
    }
    key = text.substring(start, at).replace("\ufffd", " ");
    value = "";
    if (key.isEmpty() || (at < text.length() && text.charAt(at) == '"')) {
      return failed("unexpected " + text.charAt(at) + " at " + at);
    }
    if (at == text.length() || text.charAt(at) != '=') {
      return true;
    }
    at++;
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length() && text.charAt(at) > ' ') {
      char c = text.charAt(at);
      if (c == '=' || c == '"') {
        return failed("unexpected " + c + " at " + at);
      }
      at++;
    }
    value = text.substring(from, at).replace('\ufffd', ' ');
    return true;
  }

  private boolean quoted() {
    int from = ++at;
    boolean escaped = false;
    while (at < text.length() && text.charAt(at) != '"') {
      escaped |= text.charAt(at) == '\\';
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      problem = "unterminated quoted value";
      return true;
    }
    String inner = text.substring(from, at++).replace('\ufffd', ' ');
    value = escaped ? unescape(inner) : inner;
    return true;
  }

  private static String unescape(String inner) {
    var out = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c != '\\' || i + 1 == inner.length()) {
        out.append(c);
        continue;
      }
      char escape = inner.charAt(++i);
      switch (escape) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'u' -> {
          if (i + 4 < inner.length()
              && inner.substring(i + 1, i + 5).chars().allMatch(x -> Character.digit(x, 16) >= 0)) {
            out.append((char) Integer.parseInt(inner.substring(i + 1, i + 5), 16));
            i += 4;
          } else {
            out.append("\\u");
          }
        }
        default -> out.append(escape);
      }
    }
    return out.toString();
  }

  /// Passes over the rest of what is no pair.
  private boolean failed(String what) {
    problem = what;
    while (at < text.length() && text.charAt(at) > ' ') {
      at++;
    }
    return true;
  }
}
