package dev.pharos.transport.netty;

import dev.pharos.transport.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The fields of an HTTP/1.1 message.
record Http1Fields(HttpHeaders fields) implements Headers {
  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  @Override
  public List<String> all(String name) {
    return fields.getAll(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> visit) {
    for (var field : fields) {
      visit.accept(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
    }
  }
}
