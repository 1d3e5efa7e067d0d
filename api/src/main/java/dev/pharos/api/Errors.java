package dev.pharos.api;

import dev.pharos.query.QueryError;
import dev.pharos.transport.HttpReply;

/// How an API tells what went wrong. Any thread.
public interface Errors {
  /// A query has no answer.
  void query(HttpReply reply, QueryError error);

  /// A parameter of the request cannot be used.
  void parameter(HttpReply reply, String message);

  /// Sends a message with its status code.
  @FunctionalInterface
  interface Message {
    void send(HttpReply reply, int status, String message);
  }

  /// Errors of APIs whose status code says everything but the message: 400 for what was asked, 500 where the data made
  /// a query fail, 504 after the timeout, 499 for clients that are gone.
  static Errors byStatus(Message form) {
    return new Errors() {
      @Override
      public void query(HttpReply reply, QueryError error) {
        form.send(reply, status(error), error.message());
      }

      @Override
      public void parameter(HttpReply reply, String message) {
        form.send(reply, 400, message);
      }
    };
  }

  private static int status(QueryError error) {
    return switch (error) {
      case QueryError.Syntax s -> 400;
      case QueryError.Invalid i -> 400;
      case QueryError.Unsupported u -> 400;
      case QueryError.Limit l -> 400;
      case QueryError.Execution e -> 500;
      case QueryError.Timeout t -> 504;
      case QueryError.Cancelled c -> 499;
    };
  }
}
