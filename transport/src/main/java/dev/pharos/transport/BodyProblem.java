package dev.pharos.transport;

/// Why the content of a request or message could not be had.
public sealed interface BodyProblem {
  /// More bytes than `limitBytes`, before or after decompression.
  record TooLarge(long limitBytes) implements BodyProblem {}

  /// A `Content-Encoding` (or gRPC encoding) that is unknown or switched off.
  record UnsupportedEncoding(String encoding) implements BodyProblem {}

  /// Bytes that are not of the encoding that was claimed, or that end early.
  record Malformed(String encoding, String reason) implements BodyProblem {}

  /// One sentence for the sender: what was found and what was expected.
  default String message() {
    return switch (this) {
      case TooLarge(long limit) ->
          "request body too large: the limit is " + limit + " bytes after decompression";
      case UnsupportedEncoding(String encoding) -> "unsupported Content-Encoding: " + encoding;
      case Malformed(String encoding, String reason) ->
          "the body is not valid " + encoding + ": " + reason;
    };
  }

  /// Answers a request whose body could not be had, in the words of its protocol.
  @FunctionalInterface
  interface Handler {
    /// Plain text with 413 for a body that is too large, else 400.
    Handler PLAIN =
        (request, problem, reply) ->
            reply.sendText(problem instanceof TooLarge ? 413 : 400, problem.message() + "\n");

    /// @param request without a body
    void handle(HttpRequest request, BodyProblem problem, HttpReply reply);
  }
}
