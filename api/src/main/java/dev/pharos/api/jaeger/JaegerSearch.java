package dev.pharos.api.jaeger;

import dev.pharos.query.traceql.SearchRequest;
import dev.pharos.transport.HttpRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A search in Jaeger's parameters as a TraceQL query. All conditions are of one span; a tag is told by its text, as
/// Jaeger does: `500` finds the number too. What is wrong with a parameter is an [IllegalArgumentException].
final class JaegerSearch {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_500;
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern UNIT =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");

  private final HttpRequest request;

  JaegerSearch(HttpRequest request) {
    this.request = request;
  }

  /// @param fromNanos inclusive, on the start of spans
  /// @param toNanos exclusive
  SearchRequest search(long fromNanos, long toNanos) {
    List<String> conditions = new ArrayList<>();
    String service = text("service");
    if (service.isEmpty()) {
      throw new IllegalArgumentException("parameter 'service' is required");
    }
    conditions.add("resource.service.name = " + quoted(service));
    if (!text("operation").isEmpty()) {
      conditions.add("name = " + quoted(text("operation")));
    }
    tags().forEach((key, value) -> conditions.add(tag(key, value)));
    Optional<Long> min = duration("minDuration");
    Optional<Long> max = duration("maxDuration");
    if (min.isPresent() && max.isPresent() && max.get() < min.get()) {
      throw new IllegalArgumentException("'maxDuration' should be greater than 'minDuration'");
    }
    min.ifPresent(nanos -> conditions.add("duration >= " + nanos + "ns"));
    max.ifPresent(nanos -> conditions.add("duration <= " + nanos + "ns"));
    return new SearchRequest(
        "{ " + String.join(" && ", conditions) + " }", fromNanos, toNanos, limit(), 1);
  }

  private String text(String name) {
    return request.query().first(name).orElse("");
  }

  private int limit() {
    String text = text("limit");
    try {
      int limit = text.isEmpty() ? DEFAULT_LIMIT : Integer.parseInt(text);
      if (limit > 0) {
        return Math.min(limit, MAX_LIMIT);
      }
    } catch (NumberFormatException e) {
      // Told below, with what was expected.
    }
    throw new IllegalArgumentException(
        "unable to parse param 'limit': \"" + text + "\" (expected: a number above 0)");
  }

  private Optional<Long> duration(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher units = UNIT.matcher(text);
    int at = 0;
    while (at < text.length() && units.find(at) && units.start() == at) {
      nanos =
          nanos.add(
              new BigDecimal(units.group(1)).multiply(BigDecimal.valueOf(nanos(units.group(2)))));
      at = units.end();
    }
    if (at < text.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "unable to parse param '"
              + name
              + "': \""
              + text
              + "\" (expected: a duration such as 1.2ms)");
    }
    return Optional.of(nanos.longValue());
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }

  /// Of every `tag=key:value` and every `tags={"key":"value"}`.
  private Map<String, String> tags() {
    var tags = new TreeMap<String, String>();
    for (String tag : request.query().all("tag")) {
      int colon = tag.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException(
            "malformed 'tag' parameter, expecting key:value, received: " + tag);
      }
      tags.put(tag.substring(0, colon), tag.substring(colon + 1));
    }
    request.query().all("tags").forEach(json -> read(json, tags));
    return tags;
  }

  private static void read(String text, Map<String, String> tags) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      boolean map = json.nextToken() == JsonToken.START_OBJECT;
      while (map && json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        map = json.nextToken() == JsonToken.VALUE_STRING;
        if (map) {
          tags.put(key, json.getString());
        }
      }
      if (map) {
        return;
      }
    } catch (JacksonException e) {
      // Told below, with what was expected.
    }
    throw new IllegalArgumentException(
        "malformed 'tags' parameter, cannot unmarshal JSON: \""
            + text
            + "\" (expected: a map of texts)");
  }

  private static String tag(String key, String value) {
    String attribute = "." + quoted(key);
    String same = attribute + " = " + quoted(value);
    if (NUMBER.matcher(value).matches() || value.equals("true") || value.equals("false")) {
      same = "(" + same + " || " + attribute + " = " + value + ")";
    }
    return switch (key) {
      case "error" -> value.equals("true") ? "(status = error || " + same + ")" : same;
      case "span.kind" ->
          switch (value) {
            case "internal", "server", "client", "producer", "consumer" ->
                "(kind = " + value + " || " + same + ")";
            default -> same;
          };
      default -> same;
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
