package dev.pharos.query.traceql.syntax;

import dev.pharos.query.syntax.TextCursor;
import java.util.List;
import java.util.Set;

/// Says which scope was meant where a query names an attribute without one, the mistake most often made in TraceQL.
final class Scopes {
  /// First parts of the keys that OpenTelemetry's conventions put on a Resource.
  private static final Set<String> RESOURCE_ROOTS =
      Set.of(
          "service",
          "k8s",
          "host",
          "cloud",
          "container",
          "deployment",
          "process",
          "telemetry",
          "os",
          "device",
          "webengine",
          "aws",
          "gcp",
          "azure",
          "heroku",
          "faas");

  /// Keys under those parts that belong to spans all the same.
  private static final Set<String> SPAN_ROOTS =
      Set.of("aws.dynamodb", "aws.s3", "aws.sqs", "faas.trigger", "faas.invocation_id");

  private Scopes() {}

  static void refuseUnscoped(String text, List<Token> tokens) {
    Token first = null;
    var mended = new StringBuilder();
    int copied = 0;
    for (Token token : tokens) {
      if (token.kind() != Token.Kind.UNSCOPED) {
        continue;
      }
      if (first == null) {
        first = token;
      }
      mended.append(text, copied, token.from()).append(scoped(token.text()));
      copied = token.to();
    }
    if (first != null) {
      mended.append(text, copied, text.length());
      throw TextCursor.error(
          "syntax error: unexpected IDENTIFIER: attribute "
              + first.text()
              + " needs a scope: write "
              + scoped(first.text())
              + " (or ."
              + first.text()
              + " for any scope), as in "
              + mended,
          first.line(),
          first.column());
    }
  }

  /// The key with the scope that the conventions give it.
  static String scoped(String key) {
    int dot = key.indexOf('.');
    String root = dot < 0 ? key : key.substring(0, dot);
    boolean ofSpan = SPAN_ROOTS.stream().anyMatch(key::startsWith);
    return (RESOURCE_ROOTS.contains(root) && !ofSpan ? "resource." : "span.") + key;
  }
}
