package dev.pharos.transport.netty;

import dev.pharos.transport.Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The fields of an HTTP/2 message, without the pseudo fields; `host` is `:authority`.
record Http2Fields(Http2Headers fields) implements Headers {
  @Override
  public Optional<String> first(String name) {
    CharSequence value = fields.get(key(name));
    return value == null ? Optional.empty() : Optional.of(value.toString());
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (CharSequence value : fields.getAll(key(name))) {
      values.add(value.toString());
    }
    return values;
  }

  @Override
  public void forEach(BiConsumer<String, String> visit) {
    for (var field : fields) {
      String name = field.getKey().toString();
      if (name.equals(":authority")) {
        visit.accept("host", field.getValue().toString());
      } else if (!name.startsWith(":")) {
        visit.accept(name, field.getValue().toString());
      }
    }
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("host") ? ":authority" : lower;
  }
}
