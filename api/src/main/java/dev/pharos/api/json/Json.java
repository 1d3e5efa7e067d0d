package dev.pharos.api.json;

import dev.pharos.transport.Body;
import dev.pharos.transport.HttpReply;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes JSON answers. Any thread.
public final class Json {
  /// The content type of every JSON answer.
  public static final String CONTENT_TYPE = "application/json";

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// The bytes of the JSON value that `write` generates.
  public static Body body(Consumer<JsonGenerator> write) {
    var bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write.accept(json);
    }
    return Body.of(bytes.toByteArray());
  }

  public static void send(HttpReply reply, int status, Consumer<JsonGenerator> write) {
    reply.send(status, CONTENT_TYPE, body(write));
  }
}
