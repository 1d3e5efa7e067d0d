package dev.pharos.api.prometheus;

import dev.pharos.api.Errors;
import dev.pharos.api.json.Json;
import dev.pharos.query.QueryError;
import dev.pharos.transport.HttpReply;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// Prometheus' envelope around answers and errors.
final class PromReply {
  static final Errors ERRORS =
      new Errors() {
        @Override
        public void query(HttpReply reply, QueryError error) {
          PromReply.error(reply, error);
        }

        @Override
        public void parameter(HttpReply reply, String message) {
          PromReply.error(reply, 400, "bad_data", message);
        }
      };

  private PromReply() {}

  /// @param data writes the value of `data`
  static void success(HttpReply reply, Consumer<JsonGenerator> data) {
    success(reply, List.of(), List.of(), data);
  }

  static void success(
      HttpReply reply, List<String> warnings, List<String> infos, Consumer<JsonGenerator> data) {
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "success");
          json.writeName("data");
          data.accept(json);
          texts(json, "warnings", warnings);
          texts(json, "infos", infos);
          json.writeEndObject();
        });
  }

  private static void texts(JsonGenerator json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      json.writeArrayPropertyStart(name);
      texts.forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private static void error(HttpReply reply, int status, String type, String message) {
    Json.send(
        reply,
        status,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "error");
          json.writeStringProperty("errorType", type);
          json.writeStringProperty("error", message);
          json.writeEndObject();
        });
  }

  private static void error(HttpReply reply, QueryError error) {
    switch (error) {
      case QueryError.Syntax syntax ->
          error(reply, 400, "bad_data", "invalid parameter \"query\": " + syntax.message());
      case QueryError.Invalid invalid ->
          error(reply, 400, "bad_data", "invalid parameter \"query\": " + invalid.message());
      case QueryError.Unsupported unsupported ->
          error(reply, 400, "bad_data", unsupported.message());
      case QueryError.Limit limit -> error(reply, 422, "execution", limit.message());
      case QueryError.Execution execution -> error(reply, 422, "execution", execution.message());
      case QueryError.Timeout timeout -> error(reply, 503, "timeout", timeout.message());
      case QueryError.Cancelled cancelled -> error(reply, 499, "canceled", cancelled.message());
    }
  }
}
