package dev.pharos.api.pharos;

import dev.pharos.api.Errors;
import dev.pharos.api.json.Json;
import dev.pharos.query.QueryError;
import dev.pharos.transport.HttpReply;
import tools.jackson.core.JsonGenerator;

/// Errors as `{"error", "position"}`: 400 for what was asked, 422 where it cannot be answered, 503 after the timeout,
/// 499 for clients that are gone. The position, in the text of a query, is there if it is known.
final class PharosErrors implements Errors {
  @Override
  public void query(HttpReply reply, QueryError error) {
    switch (error) {
      case QueryError.Syntax s -> send(reply, 400, s.message(), json -> position(json, s));
      case QueryError.Invalid i -> send(reply, 400, i.message());
      case QueryError.Unsupported u -> send(reply, 400, u.message());
      case QueryError.Limit l -> send(reply, 422, l.message());
      case QueryError.Execution e -> send(reply, 422, e.message());
      case QueryError.Timeout t -> send(reply, 503, t.message());
      case QueryError.Cancelled c -> send(reply, 499, c.message());
    }
  }

  private static void position(JsonGenerator json, QueryError.Syntax syntax) {
    json.writeObjectPropertyStart("position");
    json.writeNumberProperty("line", syntax.line());
    json.writeNumberProperty("column", syntax.column());
    json.writeEndObject();
  }

  @Override
  public void parameter(HttpReply reply, String message) {
    send(reply, 400, message);
  }

  static void send(HttpReply reply, int status, String message) {
    send(reply, status, message, json -> {});
  }

  private static void send(
      HttpReply reply,
      int status,
      String message,
      java.util.function.Consumer<JsonGenerator> more) {
    Json.send(
        reply,
        status,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("error", message);
          more.accept(json);
          json.writeEndObject();
        });
  }
}
